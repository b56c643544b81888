"""The papers that follow a decision, drawn when they are asked for and kept nowhere; that they were read is noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp.documents.catalogue import title_of
from webapp.extensions import db
from webapp.models import Decision
from webapp.operations.access import record_access
from webapp.operations.procedures.documents import draw_facts
from webapp.queries.after_award import ARCHIVISTS
from webapp.queries.archive_papers import DOCUMENT as INDEX
from webapp.queries.archive_papers import archive_index_facts
from webapp.queries.award_lists import (
    due_on,
    handover_facts,
    letter_facts,
    letter_units,
    numbered_decision,
    published_facts,
)
from webapp.queries.instances import visible_case
from webapp.queries.payments import paying_decision, payment_facts
from webapp.ui.access import hidden, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.paper_files import drawn_response
from workflows.events import DossierRead

LISTS: Mapping[str, tuple[str, Callable[[Session, Decision], Mapping[str, Any]]]] = {
    "handover": ("handover_list", handover_facts),
    "published": ("published_list", published_facts),
}


def list_file(code: str, listing: str) -> Response:
    """A list of the awardees as a PDF."""
    document, facts_of = LISTS[listing]
    return _drawn(document, code, facts_of(db.session(), _numbered(code)))


def letter_file(code: str, unit: str) -> Response:
    """The letter to a unit as a PDF; 404 where nobody of it is awarded."""
    session, decision = db.session(), _numbered(code)
    place = next((each for each in letter_units(decision) if each.code == unit), None) or hidden()
    facts = letter_facts(session, decision, place, due_on(session, decision, "handover"))
    return _drawn("award_letter", f"{code} {place.name}", facts)


def payment_file(code: str, form: str) -> Response:
    """The list that prize money is paid by, as PDF or Excel file; 404 where there is nothing to pay."""
    session = db.session()
    decision = paying_decision(session, standing(), code) or hidden()
    facts = payment_facts(session, decision)
    if not facts["groups"]:
        hidden()
    note_reading(code)
    return _drawn("payment_sheet", code, facts, form)


def index_file(code: str, form: str) -> Response:
    """What lies in the file of a decision, as PDF or Word file."""
    decision = _numbered(code)
    if decision.unit_id not in standing().units(*ARCHIVISTS):
        hidden()
    return _drawn(INDEX, code, archive_index_facts(db.session(), decision, today()), form)


def note_reading(code: str) -> None:
    """Note that identity numbers and accounts of a decision were read."""
    actor, now = actor_and_now()
    record_access(DossierRead(case=code), actor=actor, now=now)


def _numbered(code: str) -> Decision:
    case = visible_case(db.session(), standing(), code) or hidden()
    return numbered_decision(db.session(), case) or hidden()


def _drawn(document: str, about: str, facts: Mapping[str, Any], form: str = "pdf") -> Response:
    return drawn_response(draw_facts(document, facts, form), f"{title_of(document)} {about}.{form}")
