"""People as the administration enters and changes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.admin.forms import email_form, person_form, role_form
from webapp.admin.sheets import Sheet, fill_sheet
from webapp.extensions import db
from webapp.operations import accounts, people
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.passwords import hash_password, one_time_password
from webapp.queries.administered import administers_all
from webapp.queries.administration import administered_units
from webapp.queries.handovers import transfers_of
from webapp.queries.person_page import PersonPage, person_page
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.filling import Answer, Typed
from webapp.ui.roles import role_name
from workflows.forms import Fault

ROLE_FIELDS = frozenset({"role", "unit"})


@dataclass(frozen=True)
class Question:
    """An act on an account that asks first: what it is called, what comes of it, its button."""

    title: str
    consequence: str
    button: str


def person_or_404(public_id: str) -> PersonPage:
    """A person of the units administered."""
    return person_page(db.session(), standing(), public_id, today()) or abort(404)


def shown_person(public_id: str, password: str = "") -> str:
    """The page of a person; a new password is on it this once and is stored nowhere but as a hash."""
    return render_template(
        "admin/show_person.html",
        page=person_or_404(public_id),
        transfers=transfers_of(db.session(), public_id),
        password=password,
        day=today(),
    )


def new_person() -> Answer:
    """The form for a new person; entered, their page with the password to hand over."""
    units = administered_units(db.session(), standing())
    sheet = Sheet(
        title=_("Add a person"),
        lead=_("The next page shows a one-time password to hand over."),
        button=_("Add the person"),
        back=url_for("admin.list_people"),
        back_label=_("People"),
    )
    schema = person_form(units, role_needed=not administers_all(standing()))
    return fill_sheet(sheet, schema, {"from_date": today().isoformat()}, _enter)


def _enter(typed: Typed) -> Answer:
    role = _first_role(typed)
    password = one_time_password()
    new = people.NewPerson(typed["name"], typed["username"], hash_password(password), typed.get("email"))
    actor, now = actor_and_now()
    try:
        public_id = people.add_person(new, role, actor=actor, now=now)
    except NotNow as refusal:
        raise InvalidForm([Fault("/username", refusal.code)]) from refusal
    return shown_person(public_id, password)


def _first_role(typed: Typed) -> people.NewRole | None:
    """The role when one is asked for; half of one is a fault."""
    if not ROLE_FIELDS & typed.keys():
        return None
    missing = [name for name in ("role", "unit", "from_date") if name not in typed]
    if missing:
        raise InvalidForm([Fault(f"/{name}", "required") for name in missing])
    return people.NewRole(typed["role"], typed["unit"], dt.date.fromisoformat(typed["from_date"]))


def new_role(public_id: str) -> Answer:
    """The form that gives a role."""
    page = person_or_404(public_id)
    units = administered_units(db.session(), standing())
    sheet = about(page, _("Give a role"), _("Give the role"))
    return fill_sheet(
        sheet, role_form(units), {"from_date": today().isoformat()}, lambda typed: _give(page, typed)
    )


def _give(page: PersonPage, typed: Typed) -> Answer:
    actor, now = actor_and_now()
    day = dt.date.fromisoformat(typed["from_date"])
    people.give_role(page.public_id, typed["role"], typed["unit"], day, actor=actor, now=now)
    flash(
        _("%(name)s has been given the role “%(role)s”.", name=page.name, role=role_name(typed["role"])),
        "success",
    )
    return redirect(url_for("admin.show_person", public_id=page.public_id))


def changed_email(public_id: str) -> Answer:
    """The form that changes the e-mail address."""
    page = person_or_404(public_id)
    sheet = about(page, _("E-mail address"), _("Keep the address"))

    def change(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        accounts.change_email(public_id, typed.get("email"), actor=actor, now=now)
        flash(_("The e-mail address is kept."), "success")
        return redirect(url_for("admin.show_person", public_id=public_id))

    return fill_sheet(sheet, email_form(), {"email": page.email} if page.email else {}, change)


def renewing() -> Question:
    """The question before a new one-time password."""
    return Question(
        _("Set a new one-time password"),
        _(
            "The present password is thrown away and this person is signed out everywhere. The next page shows the new"
            " password this once, to hand over."
        ),
        _("Set the new password"),
    )


def asked_first(public_id: str, question: Question) -> str:
    """The page that names the person and asks; 404 for an account that is not for this administrator to act on."""
    page = person_or_404(public_id)
    if not page.account or page.own or not page.username or not page.active:
        abort(404)
    return render_template("admin/confirm_account.html", page=page, question=question)


def handed_over(public_id: str, act: Callable[..., None]) -> str:
    """Let an act set a new one-time password, and show it this once."""
    person_or_404(public_id)
    password = one_time_password()
    actor, now = actor_and_now()
    act(public_id, password, actor=actor, now=now)
    return shown_person(public_id, password)


def about(page: PersonPage, title: str, button: str, lead: str = "") -> Sheet:
    """The words around a form about a person."""
    back = url_for("admin.show_person", public_id=page.public_id)
    return Sheet(title=title, lead=lead, button=button, back=back, back_label=page.name)
