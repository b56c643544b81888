"""The page on which copies of a correction or revocation are recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.awards.steps import WAY_NAMES
from webapp.documents.formats import sentence
from webapp.extensions import db
from webapp.i18n import content
from webapp.operations import copies
from webapp.operations.copies import NOT_SENT
from webapp.queries.amendments import PROCESSES, amending
from webapp.queries.copies import SENDERS, unsent_recipients
from webapp.queries.nomination_choices import Choice
from webapp.ui.access import hidden, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.shown_cases import shown_case
from workflows.forms import Schema

USUAL = "document_system"


def copies_recorded(code: str) -> Answer:
    """Asks how each recipient got the decision; sent, it is recorded."""
    case = shown_case(code, *PROCESSES.values()).page.case
    about, back = amending(db.session(), case), url_for("amendments.show_amendment", code=code)
    if about.number is None or about.unit_id not in standing().units(*SENDERS):
        hidden()
    offered = unsent_recipients(db.session(), case)
    if not offered:
        flash(_("Copies to all recipients are recorded."), "info")
        return redirect(back)

    def record(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        sent = {recipient: typed[f"way{at}"] for at, (recipient, _name) in enumerate(offered)}
        copies.record_copies(code, sent, dt.date.fromisoformat(typed["sent_on"]), actor=actor, now=now)
        flash(_("The copies are recorded."), "success")
        return redirect(back)

    first = {"sent_on": today().isoformat(), **{f"way{at}": USUAL for at in range(len(offered))}}
    return fill(
        _form(offered),
        first,
        lambda form: render_template("awards/record_copies.html", form=form, about=about, code=code),
        record,
    )


def _form(offered: Sequence[Choice]) -> Schema:
    ways = [{"const": way, "title": sentence(str(name))} for way, name in WAY_NAMES.items()]
    ways.append({"const": NOT_SENT, "title": _("Not sent")})
    day = {"type": "string", "format": "date", "title": _("Sent on")}
    rows = {
        f"way{at}": {"type": "string", "oneOf": ways, "title": content(name)}
        for at, (_recipient, name) in enumerate(offered)
    }
    return {"type": "object", "properties": {"sent_on": day, **rows}, "required": ["sent_on", *rows]}
