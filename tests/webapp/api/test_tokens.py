"""Who may call the API at all."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.pages import Browser
from tests.webapp.api.program import START, token
from webapp.extensions import db
from webapp.models import ApiToken
from webapp.operations.accounts import change_password, set_password
from webapp.operations.tokens import revoke_token, token_digest


def called(app, bearer, scheme="Bearer"):
    headers = {"Authorization": f"{scheme} {bearer}"} if bearer else {}
    return app.test_client().get(f"{START}/me", headers=headers)


def stored(plain):
    db.session.rollback()
    return db.session.scalar(select(ApiToken).where(ApiToken.digest == token_digest(plain)))


def test_a_token_opens_the_api_for_its_person(app, office):
    answer = called(app, token(office, "officer"))
    assert answer.status_code == 200
    assert answer.get_json()["username"] == "officer"


@pytest.mark.parametrize("bearer", ["", "unknown", "Bearer", "\u00e9", "x" * 5000])
def test_no_token_or_an_unknown_one_is_refused(app, office, bearer):
    answer = called(app, bearer)
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.get_json()["code"] == "unauthorized"


def test_another_scheme_is_refused(app, office):
    assert called(app, token(office, "officer"), "Basic").status_code == 401


def test_a_token_works_only_in_its_time(app, office, monkeypatch):
    plain = token(office, "officer", days=3)
    assert called(app, plain).status_code == 200
    later = stored(plain).expires_at + dt.timedelta(seconds=1)
    monkeypatch.setattr("webapp.clock.wall", lambda: later)
    assert called(app, plain).status_code == 401


def test_a_revoked_token_is_refused(app, office):
    plain = token(office, "officer")
    revoke_token(stored(plain).id, actor=office.actor("officer"), now=office.now)
    assert called(app, plain).status_code == 401


def test_a_token_of_a_closed_account_is_refused(app, office):
    plain = token(office, "officer")
    office.person("officer").active = False
    db.session.commit()
    assert called(app, plain).status_code == 401


def test_a_session_does_not_open_the_api(app, office):
    browser = Browser(app)
    browser.sign_in_as(office.person("officer"))
    assert browser.client.get(f"{START}/me").status_code == 401
    assert browser.client.post(f"{START}/nominations", json={}).status_code == 401


def test_a_token_beside_the_session_of_somebody_else_is_refused(app, office):
    browser = Browser(app)
    browser.sign_in_as(office.person("officer"))
    headers = {"Authorization": f"Bearer {token(office, 'specialist')}"}
    assert browser.client.get(f"{START}/me", headers=headers).status_code == 401


def test_a_token_opens_no_page(app, office):
    headers = {"Authorization": f"Bearer {token(office, 'officer')}"}
    assert app.test_client().get("/", headers=headers).status_code == 302


def test_the_command_prints_a_token_that_is_stored_as_a_hash(app, office):
    done = app.test_cli_runner().invoke(args=["token", "create", "officer", "--days", "3"])
    assert done.exit_code == 0, done.output
    plain = done.output.strip().splitlines()[-1]
    assert called(app, plain).get_json()["username"] == "officer"
    row = stored(plain)
    assert row.expires_at - row.created_at == dt.timedelta(days=3)
    assert plain not in repr(row.__dict__)


def test_the_command_names_an_unknown_user(app, office):
    done = app.test_cli_runner().invoke(args=["token", "create", "nobody"])
    assert done.exit_code == 1
    assert "nobody" in done.output


def test_the_command_makes_no_token_for_a_password_somebody_else_knows(app, office):
    officer, create = office.person("officer"), ["token", "create", "officer"]
    set_password(officer.public_id, "mot-lan-4711", actor=office.actor("admin"), now=office.now)
    refused = app.test_cli_runner().invoke(args=create)
    assert refused.exit_code == 1
    assert "one-time password" in refused.output
    assert office.read(select(ApiToken)) == []
    change_password("mot-lan-4711", "rieng-cua-toi-1", actor=office.actor("officer"), now=office.now)
    made = app.test_cli_runner().invoke(args=create)
    assert called(app, made.output.strip().splitlines()[-1]).status_code == 200
