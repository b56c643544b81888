"""Facts of the result letters of a council session: one for each unit that submitted nominations on its agenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import AgendaItem, CouncilSession, Unit
from webapp.queries.council_papers import (
    Held,
    chair_signature,
    council_letterhead,
    session_of_papers,
    subject_of,
)
from webapp.queries.facts import CHAIRMAN, award_names, by_strand, committee_name, nominee
from webapp.queries.latest_entries import dossiers
from webapp.queries.law import rule_set_for
from webapp.queries.vote_rules import rule_sentence, shortfall_sentence
from workflows.values import local_day

SYMBOL = "TB-HĐTĐKT"
DOCUMENT = "result_letter"


def submitting_units(council_session: CouncilSession) -> list[Unit]:
    """The units whose nominations are on the agenda, by name of their code."""
    units = {item.nomination.case.unit for item in council_session.agenda}
    return sorted(units, key=lambda unit: unit.code)


def letter_kind(unit: Unit) -> str:
    """As what the letter to a unit lies among the papers of the session."""
    return f"{DOCUMENT}/{unit.id}"


def result_letters_facts(
    session: Session, council_session: CouncilSession
) -> list[tuple[Unit, dict[str, Any]]]:
    """(unit, facts of its letter) for every submitting unit."""
    held = Held.of(session, council_session)
    told = dossiers(session, [item.nomination.case_id for item in council_session.agenda])
    shared = _shared(held)
    case = council_session.case
    names = award_names(rule_set_for(session, local_day(case.opened_at), case.organiser_id), case.organiser)
    return [
        (unit, shared | _own(council_session, unit, told, names))
        for unit in submitting_units(council_session)
    ]


def _shared(held: Held) -> dict[str, Any]:
    """What stands in every letter of a session."""
    council_session = held.council_session
    name, seat = held.presiding
    signed = held.signed_at or council_session.closed_at
    profile = council_session.profile
    return {
        "letterhead": council_letterhead(council_session, local_day(signed) if signed else None, SYMBOL),
        "subject": subject_of(held),
        "session": session_of_papers(held),
        "rule": rule_sentence(profile, len(held.electors)),
        "citation": profile["citation"] if profile["mark"] == "verified" else None,
        "decider": f"{CHAIRMAN} {committee_name(council_session.council.unit)}",
        "signature": chair_signature(name, seat, ["TM. Hội đồng"], signed=False),
        "recipients": ["Như trên", "Chủ tịch, các Phó Chủ tịch Hội đồng", "Lưu: VT, hồ sơ"],
    }


def _own(
    council_session: CouncilSession,
    unit: Unit,
    told: Mapping[int, Mapping[str, Any]],
    names: Mapping[str, str],
) -> dict[str, Any]:
    """What only this unit is told."""
    items = [item for item in council_session.agenda if item.nomination.case.unit_id == unit.id]
    return {"addressee": committee_name(unit), "groups": _groups(council_session, items, told, names)}


def _groups(
    council_session: CouncilSession,
    items: Iterable[AgendaItem],
    told: Mapping[int, Mapping[str, Any]],
    names: Mapping[str, str],
) -> Sequence[dict[str, Any]]:
    def line(item: AgendaItem) -> dict[str, Any]:
        nomination, count = item.nomination, item.count or {}
        outcome = item.result or "not_passed"
        shortfall = outcome in ("not_passed", "deferred") and "reason" in count
        return {
            "code": nomination.case.code,
            "nominee": nominee(nomination.nominee, told[nomination.case_id]),
            "award": names.get(nomination.award, nomination.award),
            "agree": count.get("agree", 0),
            "base": count.get("base", 0),
            "outcome": outcome,
            "ground": shortfall_sentence(council_session.profile, count) if shortfall else None,
        }

    return [
        {"title": title, "lines": list(lines)}
        for title, lines in by_strand((item.nomination, line(item)) for item in items)
    ]
