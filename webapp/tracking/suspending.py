"""The form that suspends a nomination: who ordered it, on which paper, why, and when it is looked at again."""

from __future__ import annotations

import datetime as dt

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from webapp.extensions import db
from webapp.models import Suspension
from webapp.operations.suspensions import Order, suspend
from webapp.tracking.intervening import case_for
from webapp.ui.acting import actor_and_now
from webapp.ui.case_states import SUSPENSIONS
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from workflows.forms import Schema


def suspended(code: str) -> Answer:
    """Show the form, or suspend the nomination as it says."""
    case = case_for("freeze", code)

    def show(form: Form) -> str:
        return render_template("tracking/suspend_nomination.html", case=case, form=form)

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        suspend(code, _order(typed), actor=actor, now=now)
        flash(_("Suspended."), "success")
        return redirect(url_for("tracking.show_nomination", code=code))

    return fill(_schema(), {}, show, act)


def open_suspension(case_id: int) -> Suspension | None:
    """The order by which a case is suspended now, if it was given as one."""
    found: Suspension | None = db.session.scalar(
        select(Suspension).where(Suspension.case_id == case_id, Suspension.resumed_at.is_(None))
    )
    return found


def _order(typed: Typed) -> Order:
    return Order(
        kind=typed["kind"],
        ordered_by=typed["ordered_by"],
        paper_number=typed["paper_number"],
        paper_date=dt.date.fromisoformat(typed["paper_date"]),
        review_by=dt.date.fromisoformat(typed["review_by"]),
        reason=typed["reason"],
    )


def _schema() -> Schema:
    kinds = [{"const": code, "title": str(name)} for code, name in SUSPENSIONS.items()]
    properties = {
        "kind": {"type": "string", "title": _("Because of"), "oneOf": kinds},
        "ordered_by": {
            "type": "string",
            "maxLength": 300,
            "title": _("Ordered by"),
            "description": _("Name and position, or the body."),
        },
        "paper_number": {"type": "string", "maxLength": 120, "title": _("Number of the paper")},
        "paper_date": {"type": "string", "format": "date", "title": _("Date of the paper")},
        "review_by": {
            "type": "string",
            "format": "date",
            "title": _("To be reviewed by"),
            "description": _("On this day the specialist and the secretary are reminded."),
        },
        "reason": {"type": "string", "maxLength": 2000, "x-widget": "textarea", "title": _("Reason")},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
