"""An expired sign-in loses nothing typed, and shows it to nobody else."""

import json
import os
import time
from pathlib import Path

from flask import Flask

from tests.pages import Browser, Page
from tests.people import PASSWORD
from webapp.models import Person
from webapp.ui.kept_forms import MINUTES


def send_after_expiry(browser: Browser, person: Person, path: str, **fields: str) -> Page:
    """Open a form, let the session expire, send the form."""
    browser.sign_in_as(person)
    browser.get(path)
    form = {**browser.page.form(), **fields}
    browser.client.delete_cookie("thidua")
    return browser.post(path, form, headers={"Referer": f"http://localhost{path}"})


def sign_in_again(browser: Browser, username: str) -> Page:
    return browser.submit("form[action='/sign-in']", username=username, password=PASSWORD)


def kept_files(app: Flask) -> list[Path]:
    return list((app.config["SETTINGS"].data_dir / "kept_forms").iterdir())


def test_the_form_is_offered_filled_after_signing_in_again(browser: Browser, officer: Person) -> None:
    page = send_after_expiry(browser, officer, "/trial/own", reason="thiếu xác nhận của ấp")
    assert page.heading == "Đăng nhập"
    assert "Nội dung vừa nhập được giữ lại." in page.one("#flashes").text
    page = sign_in_again(browser, "officer")
    assert page.one("#reason")["value"] == "thiếu xác nhận của ấp"
    assert page.one("#done").text == ""
    assert page.all(".notice-kept") == []


def test_it_is_filled_in_once(browser: Browser, officer: Person, app: Flask) -> None:
    send_after_expiry(browser, officer, "/trial/own", reason="x")
    sign_in_again(browser, "officer")
    assert browser.get("/trial/own").one("#reason")["value"] == ""
    assert kept_files(app) == []


def test_a_page_that_does_not_fill_it_in_offers_to_send_it(browser: Browser, officer: Person) -> None:
    send_after_expiry(browser, officer, "/trial/plain", reason="thiếu xác nhận")
    page = sign_in_again(browser, "officer")
    assert "Biểu mẫu chưa được xử lý." in page.one(".notice-kept").text
    page = browser.submit(".notice-kept form[action='/trial/plain']")
    assert page.one("#done").text == "thiếu xác nhận"


def test_it_can_be_thrown_away(browser: Browser, officer: Person, app: Flask) -> None:
    send_after_expiry(browser, officer, "/trial/plain", reason="x")
    sign_in_again(browser, "officer")
    page = browser.post("/kept-form/drop", headers={"Referer": "http://localhost/trial/plain"})
    assert page.all(".notice-kept") == []
    assert kept_files(app) == []


def test_a_password_in_the_form_is_not_kept(browser: Browser, officer: Person) -> None:
    send_after_expiry(browser, officer, "/trial/plain", reason="x", **{"signature-password": "secret"})
    sign_in_again(browser, "officer")
    assert [field["name"] for field in browser.page.all(".notice-kept input[name*=password]")] == []


def test_somebody_else_at_the_same_computer_does_not_see_it(
    browser: Browser, officer: Person, auditor: Person
) -> None:
    send_after_expiry(browser, officer, "/trial/own", reason="thiếu xác nhận")
    page = sign_in_again(browser, "auditor")
    assert page.one("#reason")["value"] == ""
    assert page.all(".notice-kept") == []


def test_the_disk_holds_nothing_readable(browser: Browser, officer: Person, app: Flask) -> None:
    send_after_expiry(browser, officer, "/trial/own", reason="reason-in-clear")
    (file,) = kept_files(app)
    assert b"reason-in-clear" not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600


def test_after_half_an_hour_it_is_gone(browser: Browser, officer: Person, app: Flask) -> None:
    send_after_expiry(browser, officer, "/trial/own", reason="x")
    (file,) = kept_files(app)
    old = time.time() - MINUTES * 60 - 1
    os.utime(file, (old, old))
    assert sign_in_again(browser, "officer").one("#reason")["value"] == ""


def test_a_form_from_another_site_is_not_kept(browser: Browser, officer: Person, app: Flask) -> None:
    browser.get("/sign-in")
    answer = browser.client.post(
        "/trial/own", data={"reason": "forged"}, headers={"Origin": "https://evil.example"}
    )
    assert answer.location == "/sign-in?next=/trial/own"
    assert kept_files(app) == []


def test_a_page_asked_for_without_a_session_is_reached_after_signing_in(
    browser: Browser, officer: Person
) -> None:
    assert browser.get("/trial/plain").heading == "Đăng nhập"
    assert sign_in_again(browser, "officer").heading == "Biểu mẫu"


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(browser: Browser) -> None:
    answer = browser.client.get("/trial/plain?page=2", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/trial/plain?page%3D2"


def test_secrets_are_kept_nowhere_and_offered_to_nobody(browser: Browser, officer: Person) -> None:
    typed = {f"signature-{name}": "bi-mat-1234" for name in _secrets()}
    assert {"signature-password", "signature-pin"} <= set(typed)
    send_after_expiry(browser, officer, "/trial/plain", reason="x", secret="bi-mat-1234", **typed)
    page = sign_in_again(browser, "officer")
    assert [each["value"] for each in page.all(".notice-kept input[name='reason']")] == ["x"]
    assert "bi-mat-1234" not in str(page.soup)


def _secrets() -> set[str]:
    """What the fields of forms are called that open an account or a key."""
    parts = (
        json.loads(path.read_text()).get("properties", {}) for path in Path("forms/common").glob("*.json")
    )
    return {name for fields in parts for name, each in fields.items() if each.get("x-secret")}
