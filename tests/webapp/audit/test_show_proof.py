"""The page of the proof: a verification now, the line of checkpoints, the self-tests."""

import dataclasses
import json

import pytest

from webapp import eventlog
from webapp.audit import proving
from webapp.extensions import db
from webapp.operations.acting import SYSTEM
from webapp.operations.audit import make_checkpoint
from webapp.operations.log_verifications import carry_verification
from webapp.operations.self_tests import run_self_test
from webapp.queries import checkpoints as checkpoints_read
from webapp.queries.checkpoints import NIGHT, fingerprint


@pytest.fixture
def sealed(office, walked):
    make_checkpoint(actor=SYSTEM, now=office.now, occasion=NIGHT)
    return f"case/{walked}"


def checkpoints():
    db.session.rollback()
    return eventlog.checkpoints(db.session())


def verified(browser, office):
    """What the page says once the worker has verified the record."""
    browser.get("/audit/proof")
    browser.submit(".proof-now form")
    db.session.rollback()
    carry_verification(lambda: office.now, lambda: None)
    return browser.get("/audit/proof")


def test_it_says_that_everything_holds(browser, office, sealed):
    page = verified(browser, office)
    assert "Mọi nội dung đều khớp" in page.text
    assert "1 điểm kiểm tra" in page.text
    assert f"theo yêu cầu của {office.person('auditor').name}" in page.text


def test_it_names_what_does_not_hold_and_where(browser, office, sealed, forge):
    forge("UPDATE event SET actor = 'x' WHERE stream = :stream AND number = 1", stream=sealed)
    page = verified(browser, office)
    told = [" ".join(item.text.split()) for item in page.all(".verdict li")]
    code = sealed.removeprefix("case/")
    assert f"Hồ sơ {code}, sự kiện số 1: người thực hiện bị sửa, không khớp nội dung đã niêm phong." in told
    assert "event_no_update: mất một chốt bảo vệ của cơ sở dữ liệu." in told


def test_the_line_shows_why_each_was_made_and_that_it_holds(browser, sealed, office):
    make_checkpoint(actor=SYSTEM, now=office.now)
    first, second = checkpoints()
    page = browser.get("/audit/proof")
    links = page.all(".chain-link")
    assert ["theo yêu cầu" in links[0].text, "hằng đêm" in links[1].text] == [True, True]
    assert "1 mới" in links[0].text
    assert fingerprint(second.body) in links[0].text
    assert fingerprint(first.body) in links[0].text, "of the one before"
    assert "đây là điểm đầu tiên" in links[1].text
    assert page.all(".chain-broken") == []


def test_a_checkpoint_that_was_changed_or_taken_from_the_folder_is_marked(
    browser, sealed, office, settings, forge
):
    make_checkpoint(actor=SYSTEM, now=office.now)
    next((settings.data_dir / "checkpoints").glob("000002*")).unlink()
    forge("UPDATE checkpoint SET signature = '00' WHERE id = 1")
    links = browser.get("/audit/proof").all(".chain-link")
    assert "không có trong thư mục" in links[0].text
    assert "chữ ký hoặc mắt xích sai" in links[1].text


def test_one_is_signed_on_demand_once_for_each_page(browser, sealed):
    page = browser.get("/audit/proof")
    fields = page.form(".proof-head form")
    said = browser.post("/audit/proof/checkpoint", fields)
    assert "Đã ký điểm kiểm tra" in said.soup.text
    assert (
        "Từ khi mở trang này đã có điểm kiểm tra mới"
        in browser.post("/audit/proof/checkpoint", fields).soup.text
    )
    assert len(checkpoints()) == 2


def test_the_first_one_can_be_signed_on_demand(browser, walked):
    assert "Chưa có điểm kiểm tra nào" in browser.get("/audit/proof").text
    browser.submit(".proof-head form")
    assert len(checkpoints()) == 1


def test_nothing_is_signed_without_the_page(browser, walked):
    browser.get("/audit/proof")
    browser.post("/audit/proof/checkpoint", {"after": "x"})
    assert checkpoints() == []


def test_it_says_how_much_is_not_signed_yet(browser, sealed):
    """Always at least the event that says that the checkpoint was made, and the sign-in of who looks."""
    said = browser.get("/audit/proof").one(".chain-open").text
    signed = json.loads(checkpoints()[0].body)["events"]
    events = sum(number for _stream, number, _head in eventlog.streams(db.session()))
    assert f"{events - signed} sự kiện chưa được ký" in said


def test_the_line_has_pages(browser, office, sealed, monkeypatch):
    monkeypatch.setattr(proving, "PER_PAGE", 2)
    for _turn in range(2):
        make_checkpoint(actor=SYSTEM, now=office.now)
    assert len(browser.get("/audit/proof").all(".chain-link")) == 2
    assert len(browser.get("/audit/proof?page=2").all(".chain-link")) == 1
    assert len(browser.get("/audit/proof?page=99").all(".chain-link")) == 1


def test_self_tests_stand_there_with_every_way(browser, office, sealed):
    run_self_test(actor=SYSTEM, now=office.now)
    [test] = browser.get("/audit/proof").all(".self-test")
    assert "phát hiện 12 trên 12 cách" in test.text
    assert len(test.select("li")) == 12


def test_a_second_folder_has_them_too(app, browser, office, walked, settings, tmp_path):
    there = tmp_path / "elsewhere"
    app.config["SETTINGS"] = dataclasses.replace(settings, checkpoint_dir=there)
    make_checkpoint(actor=SYSTEM, now=office.now)
    own = sorted((settings.data_dir / "checkpoints").iterdir())
    assert [path.read_text() for path in sorted(there.iterdir())] == [path.read_text() for path in own]
    assert "có trong thư mục thứ hai" in browser.get("/audit/proof").text
    own[0].unlink()
    next(there.iterdir()).write_text("{}")
    assert "2 chỗ không khớp" in verified(browser, office).text


def test_a_second_folder_that_is_away_stops_nothing(app, office, walked, settings, tmp_path, caplog):
    (tmp_path / "file").touch()
    app.config["SETTINGS"] = dataclasses.replace(settings, checkpoint_dir=tmp_path / "file" / "below")
    make_checkpoint(actor=SYSTEM, now=office.now)
    assert "CHECKPOINT_DIR" in caplog.text
    app.config["SETTINGS"] = dataclasses.replace(settings, checkpoint_dir=tmp_path / "back")
    make_checkpoint(actor=SYSTEM, now=office.now)
    assert len(list((tmp_path / "back").iterdir())) == 2


def test_administrators_see_it_and_others_do_not(browser, office, sealed):
    browser.sign_in_as(office.person("admin"))
    tabs = browser.get("/audit/proof").all(".tab-bar a")
    assert [tab.get_text(strip=True) for tab in tabs] == ["Cuộc kiểm tra", "Bằng chứng"]
    for username in ("specialist", "secretary"):
        browser.sign_in_as(office.person(username))
        browser.get("/audit/proof", status=403)
        browser.post("/audit/proof/checkpoint", {"after": "1"}, 403)
    assert len(checkpoints()) == 1


def test_a_checkpoint_of_old_without_a_reason_is_shown(browser, sealed, forge):
    """Those that were signed before reasons were noted."""
    forge("UPDATE checkpoint SET body = replace(body, 'why', 'whom')")
    assert "không ghi lý do" in browser.get("/audit/proof").text


@pytest.mark.parametrize(
    "body", ["[]", "x", '{"events": "many", "streams": [], "why": ["x"], "previous": 5}']
)
def test_a_checkpoint_that_is_none_does_not_take_the_page_away(browser, sealed, forge, body):
    forge("UPDATE checkpoint SET body = :body", body=body)
    [link] = browser.get("/audit/proof").all(".chain-link")
    assert "chữ ký hoặc mắt xích sai" in link.text


def test_roots_are_computed_of_the_checkpoints_of_a_page_alone(browser, office, sealed, monkeypatch):
    """Each is over all streams: of years of nights they would take minutes."""
    for _turn in range(4):
        make_checkpoint(actor=SYSTEM, now=office.now)
    monkeypatch.setattr(proving, "PER_PAGE", 2)
    computed = []
    known = checkpoints_read.root_of
    monkeypatch.setattr(checkpoints_read, "root_of", lambda heads: computed.append(1) or known(heads))
    links = browser.get("/audit/proof?page=2").all(".chain-link")
    assert [link.select(".chain-broken") for link in links] == [[], []]
    assert len(computed) == 2
