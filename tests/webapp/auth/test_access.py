"""Every route declares a rule, and the guard keeps to it."""

import datetime as dt

import pytest
from flask.views import MethodView
from sqlalchemy import select

from tests.conftest import application
from tests.pages import Browser
from webapp.config import Settings
from webapp.extensions import db
from webapp.models import Person, RoleHolding
from webapp.models.event import Event
from webapp.ui.access import Rule, permission, public, rule_of, signed_in
from webapp.ui.permissions import FORMER, INSPECTOR, PERMISSIONS
from webapp.ui.roles import ROLE_NAMES


def status(browser: Browser, path: str) -> int:
    return browser.client.get(path).status_code


def test_every_route_declares_a_rule(settings: Settings) -> None:
    app = application(settings)
    bare = [
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if rule_of(app.view_functions[rule.endpoint], method) is None
    ]
    assert bare == []


def test_every_permission_is_given_to_known_roles() -> None:
    assert {role for roles in PERMISSIONS.values() for role in roles} <= ROLE_NAMES.keys() | {
        INSPECTOR,
        FORMER,
    }
    assert all(PERMISSIONS.values())


def test_a_stranger_reaches_public_pages_only(browser: Browser) -> None:
    assert [status(browser, f"/trial/{name}") for name in ("public", "signed_in", "audit")] == [200, 302, 302]


def test_a_role_opens_what_its_permissions_say(browser: Browser, officer: Person) -> None:
    browser.sign_in_as(officer)
    assert [status(browser, f"/trial/{name}") for name in ("public", "signed_in", "audit")] == [200, 200, 403]


def test_the_right_role_gets_in(browser: Browser, auditor: Person) -> None:
    browser.sign_in_as(auditor)
    assert status(browser, "/trial/audit") == 200


def test_a_role_of_another_time_opens_nothing(browser: Browser, auditor: Person) -> None:
    db.session.query(RoleHolding).filter_by(person_id=auditor.id).one().to_date = dt.date(2019, 1, 1)
    db.session.commit()
    browser.sign_in_as(auditor)
    assert status(browser, "/trial/audit") == 403


def test_a_route_without_a_rule_is_not_there(browser: Browser, auditor: Person) -> None:
    browser.sign_in_as(auditor)
    assert status(browser, "/trial/ruleless") == 404


def test_a_refusal_is_explained_and_noted_once(browser: Browser, officer: Person) -> None:
    browser.sign_in_as(officer)
    for _time in range(2):
        page = browser.get("/trial/audit", status=403)
    assert page.heading == "Không có quyền truy cập"
    db.session.rollback()  # what requests have written meanwhile
    (event,) = db.session.scalars(select(Event).where(Event.type == "act_refused"))
    assert event.actor == officer.public_id


@pytest.mark.parametrize(("address", "status"), [("/trial/conflict", 409), ("/trial/back", 200)])
def test_an_act_that_is_refused_as_things_stand_is_noted(
    browser: Browser, officer: Person, address: str, status: int
) -> None:
    browser.sign_in_as(officer)
    browser.get(address)
    browser.submit(status=status, reason="Lần nữa")
    db.session.rollback()
    (event,) = db.session.scalars(select(Event).where(Event.type == "act_refused"))
    assert f'"method":"POST","path":"{address}","rule":"ended_already"' in event.body


def test_an_unknown_permission_is_a_fault_of_the_code() -> None:
    with pytest.raises(ValueError, match="unknown permission"):
        permission("fly")


def test_classes_of_views_declare_their_rule_for_all_or_each_method() -> None:
    @signed_in
    class Tasks(MethodView):
        def get(self) -> str:
            return ""

        @permission("administer")
        def post(self) -> str:
            return ""

    class Open(MethodView):
        @public
        def get(self) -> str:
            return ""

        def post(self) -> str:
            return ""

    tasks, opened = Tasks.as_view("tasks"), Open.as_view("open")
    assert rule_of(tasks, "GET") == Rule("signed_in")
    assert rule_of(tasks, "POST") == Rule("permission", "administer")
    assert rule_of(opened, "HEAD") == Rule("public")
    assert rule_of(opened, "POST") is None
