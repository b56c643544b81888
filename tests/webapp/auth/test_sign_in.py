"""Signing in and out: what a person sees, and what happens to the session."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.pages import Browser
from tests.people import PASSWORD
from tests.webapp.auth.conftest import NOW, enter
from webapp import demo_cards
from webapp.config import Settings
from webapp.extensions import db
from webapp.models import EndedSession, Person, RoleHolding
from webapp.models.event import Event
from webapp.operations.accounts import end_session, set_password
from webapp.operations.acting import SYSTEM, Actor
from webapp.operations.sweeps import sweep_sessions


def is_signed_in(browser: Browser) -> bool:
    return browser.client.get("/trial/signed_in").status_code == 200


def noted(kind: str) -> list[Event]:
    db.session.rollback()  # what requests have written meanwhile
    return list(db.session.scalars(select(Event).where(Event.type == kind)))


def test_the_page_asks_for_name_and_password(browser: Browser) -> None:
    page = browser.get("/sign-in")
    assert page.heading == "Đăng nhập"
    assert page.one("#password")["autocomplete"] == "current-password"


def test_the_right_password_signs_in(browser: Browser, officer: Person) -> None:
    browser.client.get("/sign-in?next=/trial/plain")
    browser.get("/sign-in?next=/trial/plain")
    page = browser.submit("form[action='/sign-in']", username="officer", password=PASSWORD)
    assert page.heading == "Biểu mẫu"
    assert "Nguyễn Thị Mẫu" in page.one(".person-menu").text
    assert len(noted("signed_in")) == 1


@pytest.mark.parametrize(
    ("role", "heading"),
    [("officer", "Việc cần xử lý"), ("auditor", "Thanh tra, kiểm tra"), ("admin", "Quản trị")],
)
def test_everybody_begins_where_the_work_of_their_role_lies(
    browser: Browser, role: str, heading: str
) -> None:
    enter(role, "Nguyễn Thị Mẫu", role)
    assert browser.sign_in(role, PASSWORD).heading == heading


@pytest.mark.parametrize(
    ("username", "password"), [("officer", "wrong"), ("nobody", PASSWORD), ("", ""), ("officer", "")]
)
def test_a_wrong_pair_gets_one_answer(
    browser: Browser, officer: Person, username: str, password: str
) -> None:
    page = browser.sign_in(username, password, status=422)
    assert page.one(".form-fault").text.strip() == "Tên đăng nhập hoặc mật khẩu không đúng."
    assert page.one("#username")["value"] == username
    assert not page.one("#password").get("value")
    assert not is_signed_in(browser)


def test_a_failure_is_noted_without_the_name(browser: Browser, officer: Person) -> None:
    browser.sign_in("officer", "wrong", status=422)
    (event,) = noted("sign_in_failed")
    assert "officer" not in event.body


def test_a_closed_account_cannot_sign_in(browser: Browser, officer: Person) -> None:
    officer.active = False
    db.session.commit()
    browser.sign_in("officer", PASSWORD, status=422)
    assert not is_signed_in(browser)


def test_the_session_is_another_one_after_signing_in(browser: Browser, officer: Person) -> None:
    browser.get("/sign-in")
    with browser.client.session_transaction() as session:
        session["planted"] = "by somebody else"
        token = session["csrf_token"]
    browser.client.get("/sign-in")
    browser.sign_in("officer", PASSWORD)
    with browser.client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != token


def test_after_ten_failures_the_name_is_closed_for_a_while(browser: Browser, officer: Person) -> None:
    for _attempt in range(10):
        browser.sign_in("officer", "wrong", status=422)
    page = browser.sign_in("officer", PASSWORD, status=429)
    assert page.heading == "Thử quá nhiều lần"
    browser.sign_in("other", "wrong", status=422)


def test_signing_out_ends_the_session(browser: Browser, officer: Person) -> None:
    browser.sign_in_as(officer)
    assert is_signed_in(browser)
    browser.get("/account")
    page = browser.post("/sign-out")
    assert page.heading == "Đăng nhập"
    assert "Đã đăng xuất." in page.one("#flashes").text
    assert not is_signed_in(browser)


def test_copy_of_a_cookie_opens_nothing_after_signing_out(browser: Browser, officer: Person) -> None:
    browser.sign_in("officer", PASSWORD)
    cookie = browser.client.get_cookie("thidua")
    assert cookie is not None
    browser.get("/account")
    browser.post("/sign-out")
    for _request in range(2):
        browser.client.set_cookie("thidua", cookie.value)
        assert not is_signed_in(browser)
    assert len(noted("signed_out")) == 1
    browser.sign_in("officer", PASSWORD)
    assert is_signed_in(browser)


def test_ended_sessions_are_forgotten_when_their_cookies_have_expired(app: Flask, officer: Person) -> None:
    end_session("a" * 64, actor=Actor.of(officer), now=NOW)
    for days, left in ((1, 1), (3, 0)):
        sweep_sessions(NOW.wall + dt.timedelta(days=days))
        assert db.session.scalar(select(func.count()).select_from(EndedSession)) == left


def test_signing_out_needs_a_form(browser: Browser, officer: Person) -> None:
    browser.sign_in_as(officer)
    assert browser.client.get("/sign-out").status_code == 405
    assert browser.client.post("/sign-out").status_code == 400
    assert is_signed_in(browser)


def test_a_new_password_ends_the_other_sessions(browser: Browser, officer: Person) -> None:
    browser.sign_in_as(officer)
    set_password(officer.public_id, "another one", actor=SYSTEM, now=NOW)
    assert not is_signed_in(browser)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(browser: Browser, officer: Person, target: str) -> None:
    browser.get("/sign-in")
    token = browser.page.form("form[action='/sign-in']")["csrf_token"]
    fields = {"username": "officer", "password": PASSWORD, "next": target, "csrf_token": token}
    assert browser.client.post("/sign-in", data=fields).location == "/"


def test_a_reader_chooses_english_and_keeps_it_over_the_sign_in(browser: Browser, officer: Person) -> None:
    browser.get("/sign-in")
    page = browser.post("/language", {"language": "en"}, headers={"Referer": "http://localhost/sign-in"})
    assert page.heading == "Sign in"
    browser.sign_in("officer", PASSWORD)
    assert browser.get("/account").heading == "Account and settings"


def test_another_language_than_ours_is_refused(browser: Browser) -> None:
    browser.get("/sign-in")
    assert browser.post("/language", {"language": "xx"}, status=400).heading == "Yêu cầu không hợp lệ"


def test_a_person_finds_roles_and_settings_under_account(browser: Browser, officer: Person) -> None:
    browser.sign_in_as(officer)
    page = browser.get("/account")
    assert "Công chức phụ trách TĐKT" in page.text
    assert "Xã An Cư" in page.text
    page = browser.submit("form[action='/account/shortcuts']", shortcuts=None)
    assert page.one("body")["data-shortcuts"] == "off"


def test_a_role_that_begins_later_is_under_account(browser: Browser, officer: Person) -> None:
    held = db.session.scalars(select(RoleHolding).where(RoleHolding.person_id == officer.id)).one()
    held.from_date = dt.date(2999, 1, 1)
    db.session.commit()
    browser.sign_in_as(officer)
    page = browser.get("/account")
    assert "Hiện không giữ vai trò nào" in page.text
    assert "Công chức phụ trách TĐKT, Xã An Cư, từ " in page.text
    assert "Hãy liên hệ quản trị viên" not in page.text


class TestDemo:
    CARD = demo_cards.RoleCard("officer", "Nguyễn Thị Mẫu", "Công chức phụ trách TĐKT", "Xã An Cư", 7)

    @pytest.fixture
    def settings(self, database) -> Settings:
        return Settings(data_dir=database.data_dir, database_url=database.url, demo=True, testing=True)

    @pytest.fixture
    def browser(self, app: Flask, monkeypatch) -> Browser:
        monkeypatch.setattr(demo_cards, "hooks", [lambda: [self.CARD]])
        return Browser(app)

    def test_one_press_steps_into_a_role(self, browser: Browser, officer: Person) -> None:
        page = browser.get("/sign-in?next=/trial/plain")
        assert "7 việc chờ" in page.one(".role-card").text
        page = browser.submit(".role-cards form")
        assert page.heading == "Biểu mẫu"
        assert is_signed_in(browser)

    def test_only_people_of_the_cards_can_be_stepped_into(self, browser: Browser, auditor: Person) -> None:
        browser.get("/sign-in")
        browser.post("/sign-in/as/auditor", status=404)
        assert not is_signed_in(browser)


def test_outside_a_demo_nobody_steps_into_a_role(browser: Browser, officer: Person, monkeypatch) -> None:
    monkeypatch.setattr(demo_cards, "hooks", [lambda: [TestDemo.CARD]])
    page = browser.get("/sign-in")
    assert page.all(".role-card") == []
    browser.post("/sign-in/as/officer", status=404)
    assert not is_signed_in(browser)
