"""The form that changes the own password."""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask_babel import gettext as _

from webapp.auth.loading import has_given_password, renew_session
from webapp.operations.accounts import change_password
from webapp.operations.refusals import InvalidForm
from webapp.passwords import LONGEST, SHORTEST
from webapp.ui.access import person
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from workflows.forms import Fault, Schema


def account_page() -> Answer:
    """The own account with the form; sent, the password is changed and this session goes on."""
    return fill(_schema(), {}, _shown, _change)


def _shown(form: Form) -> str:
    later = [held for held in person().holdings if held.from_date > today()]
    return render_template("auth/show_account.html", form=form, given=has_given_password(), later=later)


def _change(typed: Typed) -> Answer:
    current, new = typed["current_password"], typed["new_password"]
    if new != typed["repeated_password"]:
        raise InvalidForm([Fault("/repeated_password", "not_repeated")])
    if new == current:
        raise InvalidForm([Fault("/new_password", "same_password")])
    target = "/" if has_given_password() else "/account"
    actor, now = actor_and_now()
    change_password(current, new, actor=actor, now=now)
    renew_session(person())
    flash(_("Your password has been changed. You are signed out everywhere else."), "success")
    return redirect(target)


def _schema() -> Schema:
    current = _secret(_("Current password"), "current-password") | {"minLength": 1}
    new = _secret(_("New password"), "new-password") | {"minLength": SHORTEST}
    new["description"] = _("At least %(least)s characters.", least=SHORTEST)
    repeated = _secret(_("New password again"), "new-password")
    fields = {"current_password": current, "new_password": new, "repeated_password": repeated}
    return {"type": "object", "properties": fields, "required": list(fields)}


def _secret(title: str, purpose: str) -> dict[str, object]:
    return {
        "type": "string",
        "x-secret": True,
        "x-autocomplete": purpose,
        "title": title,
        "maxLength": LONGEST,
    }
