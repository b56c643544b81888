"""The form that proposes a nomination for an award of a higher level."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from webapp.extensions import db
from webapp.i18n import content
from webapp.models import Nomination
from webapp.operations.escalations import escalate
from webapp.operations.refusals import Forbidden
from webapp.queries.escalations import may_escalate, other_levels_awards
from webapp.queries.instances import visible_case
from webapp.queries.nomination_choices import Choice
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from workflows.forms import Schema


def escalated(code: str) -> Answer:
    """Show the form, or propose what it says. 404 for who may not know of it, 403 for who may not act on it now."""
    case = visible_case(db.session(), standing(), code) or abort(404)
    if not may_escalate(db.session(), standing(), case):
        raise Forbidden
    nomination = db.session.scalars(select(Nomination).where(Nomination.case_id == case.id)).one()
    offered = other_levels_awards(db.session(), case, nomination)

    def show(form: Form) -> str:
        return render_template("tracking/escalate_nomination.html", case=case, form=form)

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        escalate(code, typed["award"], typed["reason"], actor=actor, now=now)
        flash(_("The award proposed has been changed."), "success")
        return redirect(url_for("tracking.show_nomination", code=code))

    return fill(_schema(offered), {}, show, act)


def _schema(offered: Sequence[Choice]) -> Schema:
    choices = [{"const": code, "title": content(name)} for code, name in offered]
    properties = {
        "award": {
            "type": "string",
            "title": _("Award"),
            "description": _(
                "The council votes on the proposal; who decides on the award is the higher level."
            ),
            **({"oneOf": choices} if choices else {"enum": []}),
        },
        "reason": {"type": "string", "maxLength": 2000, "x-widget": "textarea", "title": _("Reason")},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
