"""Consents to show awards to everybody, as their pages draw them."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from webapp.awards.paying import all_of_them, chosen_awards, reason_form
from webapp.extensions import db
from webapp.models import Award, Decision
from webapp.operations import consents
from webapp.operations.papers import LIMIT, PaperRefused, Upload
from webapp.operations.refusals import InvalidForm
from webapp.queries.award_lists import decided_on
from webapp.queries.consents import PUBLISHERS, ConsentRow, consent_rows, publishing_decision
from webapp.queries.papers import CONSENT_PAPER
from webapp.queries.public_awards import default_until
from webapp.ui.access import hidden, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.form_data import FILE
from workflows.forms import Fault, Schema


def agreed(code: str) -> Answer:
    """Which awards stand on the public page; sent, the chosen ones may stand there until a day."""
    decision = publishing_decision(db.session(), standing(), code) or hidden()
    rows = consent_rows(db.session(), decision)

    def agree(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        file = request.files.get(f"paper-{FILE}")
        paper = (
            Upload(file.filename or "", cast(Any, file.stream), CONSENT_PAPER)
            if file and file.filename
            else None
        )
        awards = chosen_awards(typed, [row.award for row in rows])
        until = dt.date.fromisoformat(typed["until"])
        try:
            consents.agree_to_publish(code, awards, until, paper, actor=actor, now=now)
        except PaperRefused as refusal:
            raise InvalidForm([Fault("/paper", f"paper_{refusal.code}", {"limit": LIMIT})]) from refusal
        flash(_("The consent is noted."), "success")
        return redirect(url_for("after.enter_consents", code=code))

    first = {"until": max(default_until(decided_on(decision)), today()).isoformat()}
    return fill(_form(rows), first, lambda form: _page(code, decision, rows, form), agree)


def _form(rows: list[ConsentRow]) -> Schema:
    awards = [{"const": row.award, "title": row.name} for row in rows]
    properties: dict[str, Schema] = {
        "awards": {
            "type": "array",
            "title": _("Awards that may be shown"),
            "items": {"type": "string", "oneOf": awards},
        },
        "all": all_of_them(_("All awards of the decision")),
        "until": {"type": "string", "format": "date", "title": _("To be shown until")},
        "paper": {
            "type": "string",
            "format": "paper",
            "x-paper": CONSENT_PAPER,
            "title": _("The signed consent"),
            "description": _(
                "For persons and households, for example the scanned list they signed at the ceremony."
            ),
        },
    }
    return {"type": "object", "properties": properties, "required": ["until"]}


def _page(code: str, decision: Decision, rows: list[ConsentRow], form: Form) -> str:
    fields = {field.name: field for field in form.fields}
    chosen = {option.value for option in fields["awards"].options if option.chosen}
    about = {"code": code, "decision": decision, "rows": rows, "today": today()}
    return render_template("awards/enter_consents.html", form=form, fields=fields, chosen=chosen, **about)


def taken_down(award: str) -> Answer:
    """Asks why an award is shown no more; sent, it is gone at once."""
    found = db.session().scalar(select(Award).where(Award.public_id == award)) or abort(404)
    code, unit = found.decision.case.code, found.decision.unit_id
    if unit not in standing().units(*PUBLISHERS):
        hidden()

    def take_down(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        consents.end_publication(award, typed["reason"], actor=actor, now=now)
        flash(_("The award is off the public page."), "success")
        return redirect(url_for("after.enter_consents", code=code))

    def show(form: Form) -> str:
        name = found.nomination.case.title
        return render_template("awards/end_publication.html", form=form, name=name, code=code)

    return fill(reason_form(), {}, show, take_down)
