"""Money of a revoked award that was entered by mistake as paid back, as the page that takes it back draws it."""

from __future__ import annotations

import datetime as dt

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.awards.paying import reason_form
from webapp.extensions import db
from webapp.operations import repayments
from webapp.operations.refusals import InvalidForm
from webapp.operations.repayments import NewRepayment
from webapp.queries.amendments import repayment_of
from webapp.queries.payments import PAYERS
from webapp.ui.access import hidden, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.filling import Answer, Typed, fill
from workflows.forms import Fault, Schema

INSTEAD = ("amount", "returned_on", "document_number")


def repayment_undone(public_id: str) -> Answer:
    """Asks why money that came back is taken out again, and what came instead; sent, it is."""
    wrong = repayment_of(db.session(), public_id) or abort(404)
    decision, name = wrong.revoked_award.revocation.decision, wrong.revoked_award.award.nomination.case.title
    code = decision.case.code
    if decision.unit_id not in standing().units(*PAYERS):
        hidden()

    def undo(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        repayments.undo_repayment(public_id, typed["reason"], _instead(typed), actor=actor, now=now)
        flash(_("The repayment is taken back."), "success")
        return redirect(url_for("amendments.show_amendment", code=code))

    return fill(
        _form(),
        {},
        lambda form: render_template(
            "awards/undo_repayment.html", form=form, wrong=wrong, code=code, name=name
        ),
        undo,
    )


def _form() -> Schema:
    form = reason_form()
    instead = {
        "amount": {
            "type": "integer",
            "minimum": 1,
            "maximum": 1_000_000_000,
            "title": _("Amount that really came back (đồng)"),
            "description": _("Leave this and what follows empty if nothing came back."),
        },
        "returned_on": {"type": "string", "format": "date", "title": _("Came back on")},
        "document_number": {"type": "string", "maxLength": 60, "title": _("Number of the receipt")},
    }
    return {**form, "properties": {**form["properties"], **instead}}


def _instead(typed: Typed) -> NewRepayment | None:
    """What came instead: all of it is said, or nothing. Raises InvalidForm."""
    if not any(typed.get(name) for name in INSTEAD):
        return None
    if missing := [Fault(f"/{name}", "required") for name in INSTEAD if not typed.get(name)]:
        raise InvalidForm(missing)
    day = dt.date.fromisoformat(typed["returned_on"])
    return NewRepayment(typed["amount"], day, typed["document_number"])
