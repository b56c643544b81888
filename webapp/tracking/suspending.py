"""The form that suspends a nomination: who ordered it, on which paper, why, and when it is looked at again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from webapp.extensions import db
from webapp.operations.papers import LIMIT, PaperRefused, Upload
from webapp.operations.refusals import InvalidForm
from webapp.operations.suspensions import Order, add_order, move_review, refuse_days, suspend
from webapp.queries.suspensions import ORDER_PAPER, open_suspension
from webapp.tracking.intervening import case_for
from webapp.ui.acting import actor_and_now
from webapp.ui.case_states import SUSPENSIONS
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.form_data import FILE
from workflows.forms import Fault, Schema
from workflows.values import local_day


def suspended(code: str) -> Answer:
    """Show the form, or suspend the nomination as it says."""
    case = case_for("freeze", code)

    def show(form: Form) -> str:
        return render_template("tracking/suspend_nomination.html", case=case, form=form)

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        refuse_days(_order(typed), local_day(now.at))  # before the file is kept for good
        file = request.files.get(f"paper-{FILE}")
        paper = _handed_in(code, file) if file and file.filename else None
        suspend(code, replace(_order(typed), paper=paper), actor=actor, now=now)
        flash(_("Suspended."), "success")
        return redirect(url_for("tracking.show_nomination", code=code))

    return fill(_form(), {}, show, act)


def _handed_in(code: str, file: FileStorage) -> str:
    """Keep the file of the order; returns its id. Raises InvalidForm for one that cannot be taken."""
    actor, now = actor_and_now()
    upload = Upload(file.filename or "", cast(Any, file.stream), ORDER_PAPER)
    try:
        return add_order(code, upload, actor=actor, now=now)
    except PaperRefused as refusal:
        raise InvalidForm([Fault("/paper", f"paper_{refusal.code}", {"limit": LIMIT})]) from refusal


def review_moved(code: str) -> Answer:
    """Show the form, or move the day on which a suspension is looked at again."""
    case = case_for("resume", code)
    order = open_suspension(db.session(), case.id) or abort(404)

    def show(form: Form) -> str:
        return render_template("tracking/move_review.html", case=case, form=form, order=order)

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        day = dt.date.fromisoformat(typed["review_by"])
        move_review(code, day, typed["reason"], actor=actor, now=now)
        flash(_("The day of review has been moved."), "success")
        return redirect(url_for("tracking.show_nomination", code=code))

    return fill(_form("review_by", "reason"), {}, show, act)


def _order(typed: Typed) -> Order:
    return Order(
        kind=typed["kind"],
        ordered_by=typed["ordered_by"],
        paper_number=typed["paper_number"],
        paper_date=dt.date.fromisoformat(typed["paper_date"]),
        review_by=dt.date.fromisoformat(typed["review_by"]),
        reason=typed["reason"],
    )


def _form(*names: str) -> Schema:
    """The form with these of its fields, each of which is needed but the file."""
    fields = _fields()
    return {
        "type": "object",
        "properties": {name: fields[name] for name in names or fields},
        "required": [name for name in names or fields if name != "paper"],
        "additionalProperties": False,
    }


def _fields() -> dict[str, Schema]:
    kinds = [{"const": code, "title": str(name)} for code, name in SUSPENSIONS.items()]
    return {
        "kind": {"type": "string", "title": _("Because of"), "oneOf": kinds},
        "ordered_by": {
            "type": "string",
            "maxLength": 300,
            "title": _("Ordered by"),
            "description": _("Name and position, or the body."),
        },
        "paper_number": {"type": "string", "maxLength": 120, "title": _("Number of the paper")},
        "paper_date": {"type": "string", "format": "date", "title": _("Date of the paper")},
        "paper": {
            "type": "string",
            "format": "paper",
            "x-paper": ORDER_PAPER,
            "title": _("File of the paper"),
            "description": _("If there is one: the order as a scan."),
        },
        "review_by": {
            "type": "string",
            "format": "date",
            "title": _("To be reviewed by"),
            "description": _("On this day the specialist and the secretary are reminded."),
        },
        "reason": {"type": "string", "maxLength": 2000, "x-widget": "textarea", "title": _("Reason")},
    }
