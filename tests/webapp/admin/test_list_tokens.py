"""Everybody's own tokens of the API."""

import datetime as dt

from sqlalchemy import func, select

from webapp.models import ApiToken
from webapp.operations.tokens import token_digest


def made(browser, label="Báo cáo hằng tuần", days="30"):
    browser.get("/account/tokens")
    return browser.submit("main form[action='/account/tokens']", label=label, days=days)


def test_visitor_is_asked_to_sign_in(browser):
    assert browser.get("/account/tokens").heading == "Đăng nhập"


def test_a_new_token_is_shown_once_and_stored_as_a_digest(signed_in, office, stored):
    browser = signed_in("officer")
    plain = made(browser).one(".new-token input")["value"]
    stored = stored(select(ApiToken))
    assert stored.digest == token_digest(plain)
    assert stored.expires_at - stored.created_at == dt.timedelta(days=30)
    again = browser.get("/account/tokens")
    assert not again.all(".new-token")
    assert plain not in again.answer.get_data(as_text=True)
    assert "Báo cáo hằng tuần" in again.text


def test_a_token_may_be_good_until_it_is_revoked(signed_in, office, stored):
    browser = signed_in("stranger")
    made(browser, days="0")
    assert stored(select(ApiToken.expires_at)) is None
    page = browser.submit("main table form")
    assert "đã thu hồi" in page.one(".data-table tbody").get_text()
    assert not page.all("main table form")
    assert stored(select(ApiToken.revoked_at)) is not None


def test_it_must_be_said_what_it_is_for(signed_in, office, stored):
    browser = signed_in("officer")
    browser.get("/account/tokens")
    page = browser.submit("main form[action='/account/tokens']", status=422, label="  ", days="30")
    assert "từ 1 đến 120 ký tự" in page.one("#label-fault").get_text()
    assert page.one("#days option[selected]")["value"] == "30"
    assert stored(select(func.count()).select_from(ApiToken)) == 0


def test_a_span_that_is_not_offered_falls_back(signed_in, office, stored):
    browser = signed_in("officer")
    made(browser, days="99999")
    token = stored(select(ApiToken))
    assert token.expires_at - token.created_at == dt.timedelta(days=90)


def test_nobody_revokes_those_of_others(signed_in, office, stored):
    made(signed_in("officer"))
    token = stored(select(ApiToken.id))
    browser = signed_in("colleague")
    assert not browser.get("/account/tokens").all(".data-table")
    browser.post(f"/account/tokens/{token}/revoke", status=404)
    assert stored(select(ApiToken.revoked_at)) is None


def test_the_account_page_leads_there(signed_in, office):
    assert signed_in("officer").get("/account").one("main a[href='/account/tokens']")
