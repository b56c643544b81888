"""Random samples: drawn on record, and drawn again by whoever asks."""

import hashlib

import pytest
from sqlalchemy import select

from tests.offices import scene
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Case
from workflows.sampling import digest_of, drawn


@scene
def many(office):
    office.open_campaign()
    return [office.register(nominee_name=f"Nguyễn Văn {name}") for name in "ABCDEF"]


def codes(page):
    return [row.td.get_text(strip=True) for row in page.all("tbody tr")]


def recorded():
    db.session.rollback()
    return [event.fields for event in eventlog.read_stream(db.session(), "inspection")]


def test_a_sample_is_what_the_seed_says(browser, many):
    browser.get("/audit/samples")
    page = browser.submit("main form", size="3", process="registration")
    [draw] = recorded()
    ranked = sorted(many, key=lambda code: hashlib.sha256(f"{draw['seed']}\n{code}".encode()).hexdigest())
    assert codes(page) == ranked[:3]
    assert (draw["size"], draw["of"], draw["last"]) == (3, 6, many[-1])
    assert draw["digest"] == hashlib.sha256("".join(f"{code}\n" for code in many).encode()).hexdigest()
    assert "rút lại từ đúng các hồ sơ ấy" in page.text
    assert hashlib.sha256(f"{draw['seed']}\n{ranked[0]}".encode()).hexdigest() in page.text


def test_it_stays_the_same_when_more_cases_are_opened(browser, office, many):
    browser.get("/audit/samples")
    before = browser.submit("main form", size="4")
    [draw] = recorded()
    office.register(nominee_name="Lê Thị Mới")
    again = browser.get(f"/audit/samples/{draw['seed']}")
    assert codes(again) == codes(before)
    assert "rút lại từ đúng các hồ sơ ấy" in again.text
    assert "4 trong 7 hồ sơ" in browser.get("/audit/samples").text


def test_whoever_sees_other_cases_is_told(browser, office, many):
    browser.get("/audit/samples")
    browser.submit("main form", size="4")
    [draw] = recorded()
    db.session.execute(Case.__table__.update().where(Case.code == many[0]).values(code="DK-2019-0099"))
    db.session.commit()
    assert "khác các hồ sơ lúc rút" in browser.get(f"/audit/samples/{draw['seed']}").text


def test_more_than_there_are_is_all(browser, many):
    browser.get("/audit/samples")
    page = browser.submit("main form", size="500")
    assert sorted(codes(page)) == sorted(db.session.scalars(select(Case.code)))


@pytest.mark.parametrize("size", ["", "0", "501", "x"])
def test_a_size_is_asked_for(browser, many, size):
    browser.get("/audit/samples")
    assert browser.submit("main form", 422, size=size).all("#error-summary")
    assert recorded() == []


def test_nothing_is_drawn_from_no_cases(browser, many):
    browser.get("/audit/samples")
    page = browser.submit("main form", 422, process="award_issuance")
    assert "Không có hồ sơ nào như vậy" in page.text


def test_only_auditors_draw(browser, office, many):
    browser.sign_in_as(office.person("specialist"))
    browser.get("/audit/samples", status=403)
    browser.post("/audit/samples", {"size": "3"}, 403)
    assert recorded() == []


def test_a_seed_that_was_never_drawn_has_no_page(browser, many):
    browser.get("/audit/samples/0123456789abcdef", status=404)


def test_every_code_is_drawn_as_often_as_the_others():
    known = [f"HS-2019-{number:04}" for number in range(20)]
    often = [code for seed in range(2_000) for code in drawn(known, str(seed), 5)]
    assert all(400 < often.count(code) < 600 for code in known)


def test_the_digest_does_not_depend_on_the_order():
    assert digest_of(["b", "a"]) == digest_of(["a", "b"]) != digest_of(["ab"])
