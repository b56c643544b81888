"""People who sign in, and pages under each access rule."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest
from flask import Blueprint, Flask, flash, redirect, render_template_string, request

from tests.conftest import in_use, new_application
from tests.factories import HASHED
from tests.pages import Browser
from webapp.config import Settings
from webapp.extensions import db
from webapp.models import Person, Unit
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.people import NewPerson, add_person, give_role
from webapp.operations.refusals import NotNow
from webapp.ui.access import permission, public, signed_in
from webapp.ui.kept_forms import take_form
from webapp.ui.refusal_texts import refusal_text

NOW = Now(dt.datetime(2019, 12, 10, 2, tzinfo=dt.UTC), dt.datetime(2019, 12, 10, 2, tzinfo=dt.UTC))
FORM = """{% extends "base.html" %}{% block title %}Biểu mẫu{% endblock %}{% block main %}<h1>Biểu mẫu</h1>
<p id="done">{{ done }}</p>
<form method="post" enctype="multipart/form-data" action="{{ action }}">{{ form_token() }}
<label for="reason">Lý do</label><input id="reason" name="reason" value="{{ reason }}">
<label for="password">Mật khẩu</label><input id="password" name="signature-password" type="password">
</form>{% endblock %}"""


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    with in_use(trial(settings)) as app:
        yield app


@lru_cache(4)
def trial(settings: Settings) -> Flask:
    """The application with a page under each rule, one without, and forms."""
    blueprint = Blueprint("trial", __name__)

    def form_page() -> str:
        taken = take_form("/trial/own")
        reason = (taken or {}).get("reason", "")
        done = request.form.get("reason", "")
        return render_template_string(FORM, action=request.path, reason=reason, done=done)

    def plain_form_page() -> str:
        return render_template_string(
            FORM, action=request.path, reason="", done=request.form.get("reason", "")
        )

    def not_now() -> str:
        if request.method == "POST":
            raise NotNow("ended_already")
        return plain_form_page()

    def back_again() -> Any:
        if request.method == "POST":
            flash(refusal_text(NotNow("ended_already")))
            return redirect("/trial/own")
        return plain_form_page()

    rules = {"public": public, "signed_in": signed_in, "audit": permission("see_audit")}
    for name, rule in rules.items():
        blueprint.add_url_rule(f"/trial/{name}", name, rule(lambda: "ok"))
    blueprint.add_url_rule("/trial/conflict", "conflict", signed_in(not_now), methods=["GET", "POST"])
    blueprint.add_url_rule("/trial/back", "back", signed_in(back_again), methods=["GET", "POST"])
    blueprint.add_url_rule("/trial/ruleless", "ruleless", lambda: "ok")
    blueprint.add_url_rule("/trial/own", "own", signed_in(form_page), methods=["GET", "POST"])
    blueprint.add_url_rule("/trial/plain", "plain", signed_in(plain_form_page), methods=["GET", "POST"])
    app = new_application(settings)
    app.register_blueprint(blueprint)
    return app


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def officer(app: Flask) -> Person:
    """An officer of a commune, with a password."""
    return enter("officer", "Nguyễn Thị Mẫu", "officer")


@pytest.fixture
def auditor(app: Flask) -> Person:
    """An inspector, with a password."""
    return enter("auditor", "Lý Văn Soát", "auditor")


def enter(username: str, name: str, role: str) -> Person:
    """Enter a person with an account and a role in the one unit there is."""
    unit = db.session.query(Unit).filter_by(code="an-cu").one_or_none()
    if unit is None:
        names = {"name": "Xã An Cư", "sort_key": "an cu", "search_key": "an cu"}
        db.session.add(Unit(code="an-cu", level="commune", kind="committee", **names))
        db.session.commit()
    new = NewPerson(name, username, HASHED, fictitious=True)
    public_id = add_person(new, actor=SYSTEM, now=NOW)
    give_role(public_id, role, "an-cu", dt.date(2018, 1, 1), actor=SYSTEM, now=NOW)
    return db.session.query(Person).filter_by(username=username).one()
