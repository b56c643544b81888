"""Replay of a council session: who voted when, and of a secret vote neither a choice nor a partial result."""

import datetime as dt

import pytest

from tests.pages import Browser
from tests.seated import council, database
from tests.sittings import CODES
from webapp.operations.sessions import void_vote

__all__ = ["council", "database"]

COUNCIL = "waiting"
CHOICES = ("agree", "disagree", "abstain", "Đồng ý", "Không đồng ý", "Không có ý kiến")


@pytest.fixture
def browser(app, council):
    browser = Browser(app)
    browser.sign_in_as(council.person("auditor"))
    return browser


@pytest.fixture
def session(council):
    """Code of a secret session in which three of four have voted, all otherwise."""
    council.rule(ballot="secret")
    code = council.sit(CODES)
    for username, vote in (("chair", "agree"), ("member1", "disagree"), ("member2", "abstain")):
        council.move(minutes=3)
        votes = {each.replace("-", "_"): vote for each in CODES}
        council.vote(username, code, **votes | ({"HS_2019_0005": "none"} if username == "member2" else {}))
    return code


def pages(browser, code):
    """The replay at every step, as a page and as scripts get it."""
    steps = len(browser.get(f"/audit/cases/{code}").all("[data-step]"))
    for number in range(1, steps + 1):
        yield browser.get(f"/audit/cases/{code}?step={number}")


def test_no_page_tells_a_choice_or_a_partial_result(browser, session):
    votes = 0
    for page in pages(browser, session):
        main = page.one("[data-panel]").get_text(" ") + page.one("[data-steps]").get_text(" ")
        assert not [choice for choice in CHOICES if choice in main]
        votes += "Nội dung ở bước này được giữ kín." in main
    assert votes == 3


def test_the_path_is_the_same_whatever_was_voted(browser, session):
    path = browser.client.get(f"/cases/{session}/path.json").text
    assert not [choice for choice in CHOICES if choice in path]
    strides = browser.client.get(f"/cases/{session}/path.json").get_json()["strides"]
    casts = [stride for stride in strides if stride["moves"][0][1] == "cast_vote"]
    assert len(casts) == 3
    assert len({str([move[:3] for move in stride["moves"]]) for stride in casts}) == 1


def test_who_voted_and_when_is_told(browser, session):
    listed = browser.get(f"/audit/cases/{session}").one("[data-steps]").get_text(" ")
    assert listed.count("hoàn thành “Bỏ phiếu”") == 3


def test_the_result_of_a_secret_vote_is_told_when_it_is_counted(browser, council, session):
    council.move(minutes=3)
    council.vote("authority", session)
    page = browser.get(f"/audit/cases/{session}")
    assert "kết quả kiểm phiếu" in page.one("[data-steps]").get_text(" ")
    for page in pages(browser, session):
        assert not [choice for choice in CHOICES[:3] if choice in page.one("[data-panel]").get_text(" ")]


def test_of_a_vote_cast_again_nothing_is_said_about_the_one_before(browser, council, session):
    void_vote(session, "Nhầm danh sách", actor=council.actor("chair"), now=council.now)
    meets = (council.at + dt.timedelta(days=3)).isoformat()
    council.do("secretary", "reconvene", session, meets_at=meets, place="Hội trường", mode="in_person")
    council.work()
    council.move(days=3)
    council.open(session)
    council.vote("chair", session, **{each.replace("-", "_"): "disagree" for each in CODES})
    panel = browser.get(f"/audit/cases/{session}").one("[data-panel]").get_text(" ")
    assert "Nội dung ở bước này được giữ kín." in panel
    assert "so với lần trước" not in panel
