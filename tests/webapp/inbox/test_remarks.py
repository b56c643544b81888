"""The exchange on a case: who reads which remarks, who is told, what is left of one that was taken back."""

import pytest
from sqlalchemy import select

from tests.offices import scene
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Mail, Notice, Person, Remark
from webapp.operations.accounts import change_email
from webapp.operations.acting import SYSTEM
from webapp.operations.remarks import write_remark


@scene
def received(office):
    """A nomination of An Cư lies with the district, signed by its chairman."""
    office.open_campaign()
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    return code


@pytest.fixture
def written(office, received):
    """A specialist's internal remark; returns its public id."""
    return write(
        office, "specialist", received, "internal", "Thiếu xác nhận của thôn. Nhờ @dang van truong phong xem."
    )


def write(office, username, code, side, text, key="one", mentioned=()):
    return write_remark(code, side, text, key, mentioned, actor=office.actor(username), now=office.now)


def shown(browser, code):
    return browser.get(f"/nominations/{code}").all("#exchange .remark .prose")


def test_internal_remarks_are_read_by_those_who_decide_and_by_nobody_else(signed_in, received, written):
    for username in ("head", "secretary", "authority"):
        assert [row.get_text() for row in shown(signed_in(username), received)], username
    for username in ("officer", "colleague", "commune_chair"):
        browser = signed_in(username)
        assert not shown(browser, received)
        assert "Thiếu xác nhận" not in browser.page.text
        assert "ý kiến nội bộ" not in browser.page.text, "its history does not tell of it either"
    auditor = signed_in("auditor").get(f"/nominations/{received}")
    assert not auditor.all("#exchange")
    assert "ý kiến nội bộ" in signed_in("head").get(f"/nominations/{received}").text


def test_shared_remarks_are_read_by_both_sides(signed_in, office, received, written):
    write(office, "specialist", received, "shared", "Đề nghị xã gửi bản chính.")
    [own] = shown(signed_in("officer"), received)
    assert own.get_text() == "Đề nghị xã gửi bản chính."
    assert len(shown(signed_in("head"), received)) == 2


def test_whoever_registered_reads_none(signed_in, office):
    office.open_campaign()
    code = office.register("registrant", filled_by="registrant")
    write(office, "specialist", code, "shared", "Chưa rõ địa chỉ.")
    page = signed_in("registrant").get(f"/registrations/{code}")
    assert not page.all("#exchange")
    assert "địa chỉ." not in page.text


def test_a_mention_without_marks_tells_by_notice_and_mail(signed_in, office, received, app):
    head = office.person("head")
    change_email(head.public_id, "head@example.org", actor=SYSTEM, now=office.now)
    write(office, "specialist", received, "internal", "Nhờ @dang van truong phong và @bui van cong an xem.")
    told = office.read(
        select(Person.username)
        .join(Notice, Notice.person_id == Person.id)
        .where(Notice.template == "mentioned")
    )
    assert told == ["head"], "of two names only who may read it is told"
    [mail] = office.read(select(Mail).where(Mail.template == "mentioned"))
    assert "Nhờ" not in mail.body
    notice = signed_in("head").get("/notices").one(".notice-list li:first-child").get_text()
    assert "nhắc đến" in notice


def test_writing_on_the_page_with_whom_to_tell_chosen_from_the_list(signed_in, office, received):
    browser = signed_in("specialist")
    page = browser.get(f"/nominations/{received}")
    options = {each.get_text(): each.get("data-side") for each in page.all("#remark-people option")}
    assert any(text.startswith("Đặng Văn Trưởng Phòng") and side is None for text, side in options.items())
    assert any(text.startswith("Lê Văn Cán Bộ") and side == "shared" for text, side in options.items())
    assert not any("Bùi Văn Công An" in text or "Trịnh Văn Thanh Tra" in text for text in options)
    head = office.person("head").public_id
    browser.submit("form.remark-form", side="internal", text="Đã gọi điện cho xã.", mention=[head])
    [remark] = browser.page.all("#exchange .remark")
    assert "Đặng Văn Trưởng Phòng" in remark.get_text()
    assert remark.select_one(".remark-told")


def test_the_same_form_sent_twice_writes_once(office, received, written):
    again = write(
        office, "specialist", received, "internal", "Thiếu xác nhận của thôn. Nhờ @dang van truong phong xem."
    )
    assert again == written
    assert len(office.read(select(Remark))) == 1


@pytest.mark.parametrize(
    ("username", "side"), [("officer", "internal"), ("police", "shared"), ("auditor", "shared")]
)
def test_nobody_writes_to_a_side_that_is_not_theirs(signed_in, office, received, username, side):
    browser = signed_in(username)
    browser.get("/account")
    browser.post(f"/cases/{received}/remarks", {"side": side, "text": "x", "key": "k"}, status=404)
    assert not office.read(select(Remark))


def test_taken_back_its_words_are_gone_and_the_log_still_holds(signed_in, office, received, written):
    signed_in("head").get(f"/nominations/{received}")
    assert not signed_in("head").page.all("form[action^='/remarks/']"), "only whoever wrote it takes it back"
    browser = signed_in("specialist")
    browser.get(f"/nominations/{received}")
    page = browser.submit("form[action^='/remarks/']")
    assert "Đã rút lại" in page.one("#exchange .remark").get_text()
    db.session.rollback()
    events = eventlog.read_stream(db.session(), eventlog.case_stream(received))
    [event] = [each for each in events if each.type == "remark_written"]
    assert event.erased
    assert event.private is None
    assert "Thiếu" not in str([row.content for row in eventlog.stored(db.session(), event.stream)])


def test_nobody_takes_back_the_remark_of_somebody_else(signed_in, office, received, written):
    browser = signed_in("head")
    browser.get("/account")
    browser.post(f"/remarks/{written}/withdraw", status=404)
    assert office.read(select(Remark))[0].text


def test_an_ended_case_is_read_and_no_more_written_on(signed_in, office, received, written):
    from webapp.operations.interventions import stop_case

    stop_case(received, "Đối tượng xin rút.", actor=office.actor("officer"), now=office.now)
    page = signed_in("head").get(f"/nominations/{received}")
    assert page.all("#exchange .remark")
    assert not page.all("form.remark-form")


def test_long_and_empty_remarks_are_refused_in_words(signed_in, received):
    browser = signed_in("specialist")
    browser.get(f"/nominations/{received}")
    page = browser.submit("form.remark-form", text="a" * 4001)
    assert "từ 1 đến 4.000" in page.one(".flash-warning").get_text()
