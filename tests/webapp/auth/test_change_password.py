"""Changing the own password."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.pages import Browser, Page
from tests.people import PASSWORD
from webapp.extensions import db
from webapp.models import Person
from webapp.models.event import Event

NEW = "rừng tràm Trà Sư"


def change(browser: Browser, status: int = 200, **fields: str) -> Page:
    browser.get("/account")
    given = {"current_password": PASSWORD, "new_password": NEW, "repeated_password": NEW} | fields
    return browser.submit("#password form", status, **given)


def test_it_ends_the_other_sessions_and_not_this_one(app: Flask, browser: Browser, officer: Person) -> None:
    elsewhere = Browser(app)
    elsewhere.sign_in("officer", PASSWORD)
    browser.sign_in("officer", PASSWORD)
    page = change(browser)
    assert "Đã đổi mật khẩu." in page.one("#flashes").text
    assert page.heading == "Tài khoản và cài đặt"
    assert browser.client.get("/trial/signed_in").status_code == 200
    assert elsewhere.client.get("/trial/signed_in").status_code == 302
    elsewhere.sign_in("officer", PASSWORD, status=422)
    elsewhere.sign_in("officer", NEW)


def test_it_is_noted_without_the_password(browser: Browser, officer: Person) -> None:
    browser.sign_in_as(officer)
    change(browser)
    db.session.rollback()  # what requests have written meanwhile
    event = db.session.scalars(select(Event).where(Event.type == "password_set")).one()
    assert event.actor == officer.public_id
    assert NEW not in event.body


@pytest.mark.parametrize(
    ("fields", "field", "text"),
    [
        ({"current_password": "wrong"}, "current_password", "Mật khẩu không đúng."),
        ({"current_password": ""}, "current_password", "Hãy nhập “Mật khẩu hiện tại”."),
        ({"new_password": "bảy chữ"}, "new_password", "cần ít nhất 8 ký tự"),
        ({"repeated_password": "something else"}, "repeated_password", "không giống nhau"),
        ({"new_password": PASSWORD, "repeated_password": PASSWORD}, "new_password", "đang dùng"),
    ],
)
def test_a_fault_changes_nothing(
    browser: Browser, officer: Person, fields: dict[str, str], field: str, text: str
) -> None:
    browser.sign_in_as(officer)
    page = change(browser, 422, **fields)
    assert text in page.one(f"#f-{field}-fault").get_text()
    assert not any(box.get("value") for box in page.all("#password input[type=password]"))
    Browser(browser.client.application).sign_in("officer", PASSWORD)


def test_a_found_session_cannot_be_used_to_guess(browser: Browser, officer: Person) -> None:
    browser.sign_in_as(officer)
    for _attempt in range(10):
        change(browser, 422, current_password="wrong")
    change(browser, 429)


def test_a_visitor_is_asked_to_sign_in(browser: Browser) -> None:
    browser.get("/sign-in")
    assert browser.post("/account", {"new_password": NEW}).heading == "Đăng nhập"
