"""The awards of a decision as lists that go out with it: to be handed over, paid, published, and told of in letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.documents.formats import document_number
from webapp.models import Award, Case, Decision, Nomination, Nominee, Unit
from webapp.queries.award_papers import DRAFT
from webapp.queries.awardee_lists import BY_AWARD
from webapp.queries.facts import (
    OFFICE_HEADS,
    award_names,
    by_strand,
    committee_name,
    letterhead,
    nominee,
    recipients,
    signature,
)
from webapp.queries.latest_entries import dossiers, latest_entry
from webapp.queries.law import clock_at, rule_set_for
from webapp.queries.units import standing_level
from workflows.rules.deadlines import end_of_day
from workflows.values import local_day

LineOf = Callable[[Award], Mapping[str, Any]]
Facts = dict[str, Any]


def numbered_decision(session: Session, case: Case) -> Decision | None:
    """The decision of a case with all its lists need; None while it has no number."""
    nomination = selectinload(Decision.awards).joinedload(Award.nomination)
    query = select(Decision).where(Decision.case_id == case.id, Decision.number.is_not(None))
    return session.scalar(
        query.options(
            joinedload(Decision.case),
            joinedload(Decision.unit).joinedload(Unit.parent),
            nomination.joinedload(Nomination.case).joinedload(Case.unit),
            nomination.joinedload(Nomination.strand),
            nomination.joinedload(Nomination.nominee).joinedload(Nominee.unit).joinedload(Unit.parent),
        )
    )


def standing_awards(decision: Decision) -> list[Award]:
    """The awards of a decision that were not revoked, in the order of its annex."""
    return [award for award in decision.awards if award.revoked_on is None]


def mentioned_decision(decision: Decision) -> str:
    """``Quyết định số 08/QĐ-UBND ngày 14/12/2019``: as lists name the decision they belong to."""
    number = document_number(decision.number, decision.symbol or "")
    on = f" ngày {decision.dated_on:%d/%m/%Y}" if decision.dated_on else ""
    return f"Quyết định số {number}{on}"


def grouped(session: Session, decision: Decision, more: LineOf) -> list[Facts]:
    """The awards as groups of lines in the order of the annex, by award or by strand; ``more`` adds to each."""
    awards = standing_awards(decision)
    told = dossiers(session, [award.nomination.case_id for award in awards])
    names = award_names(rule_set_for(session, decided_on(decision), decision.unit_id), decision.unit)

    def line(award: Award) -> Facts:
        nomination = award.nomination
        return {
            "nominee": nominee(nomination.nominee, told[nomination.case_id]),
            "award": names.get(nomination.award, nomination.award),
            **more(award),
        }

    pairs = [(award.nomination, line(award)) for award in awards]
    if latest_entry(session, decision.case, DRAFT).get("grouping", BY_AWARD) != BY_AWARD:
        return [{"title": title, "lines": found} for title, found in by_strand(pairs)]
    groups = groupby((told_line for _nomination, told_line in pairs), key=lambda each: each["award"])
    return [{"title": title, "lines": list(some)} for title, some in groups]


def decided_on(decision: Decision) -> dt.date:
    """The day of a numbered decision."""
    if decision.dated_on is None:
        raise ValueError("the decision has no date")
    return decision.dated_on


def due_on(session: Session, decision: Decision, clock: str) -> dt.date:
    """Until when something is to be done after a decision: by a clock of its rules that starts on its day."""
    return local_day(clock_at(session, decision.case, clock, end_of_day(decided_on(decision))))


def office_signature(session: Session, decision: Decision) -> Facts:
    """Whoever leads the office for emulation and commendation signs its lists and letters for the chairman."""
    level = standing_level(session, decision.unit)
    return signature(["TL. Chủ tịch"], OFFICE_HEADS[level], None, signed=False)


def handover_facts(session: Session, decision: Decision) -> Facts:
    """Facts of the list on which whoever receives an award signs."""

    def more(award: Award) -> Facts:
        return {
            "register": award.register_number,
            "prize": award.prize or 0,
            "received_by": award.handed_over_to,
            "relation": award.received_relation,
            "received_on": award.handed_over_on.isoformat() if award.handed_over_on else None,
        }

    return letterhead_facts(session, decision) | {"groups": grouped(session, decision, more)}


def published_facts(session: Session, decision: Decision) -> Facts:
    """Facts of the list for the notice board: who is awarded what, without money and without where people live."""
    groups = grouped(session, decision, lambda award: {"unit": award.nomination.nominee.unit.name})
    for group in groups:
        for line in group["lines"]:
            line["nominee"] = line["nominee"] | {"address": line.pop("unit")}
    return letterhead_facts(session, decision) | {"groups": groups}


def letter_units(decision: Decision) -> list[Unit]:
    """The units whose nominees are awarded, in the order of their names."""
    units = {award.nomination.case.unit for award in standing_awards(decision)}
    return sorted(units, key=lambda unit: unit.sort_key)


def letter_facts(session: Session, decision: Decision, unit: Unit, until: dt.date) -> Facts:
    """Facts of the letter that tells a unit who of it is awarded, and until when the awards are handed over."""
    of_unit = {award.nomination_id for award in decision.awards if award.nomination.case.unit_id == unit.id}

    def more(award: Award) -> Facts:
        return {
            "register": award.register_number,
            "prize": award.prize or 0,
            "own": award.nomination_id in of_unit,
        }

    groups = [
        group | {"lines": lines}
        for group in grouped(session, decision, more)
        if (lines := [line for line in group["lines"] if line.pop("own")])
    ]
    return letterhead_facts(session, decision) | {
        "addressee": committee_name(unit),
        "until": until.isoformat(),
        "groups": groups,
        "recipients": recipients("Như trên"),
    }


def letterhead_facts(session: Session, decision: Decision) -> Facts:
    """What all lists of a decision begin and end with."""
    return {
        "letterhead": letterhead(decision.unit, "TB-UBND", None, None),
        "decision": mentioned_decision(decision),
        "issuer": f"Chủ tịch {committee_name(decision.unit)}",
        "abstract": decision.title,
        "signature": office_signature(session, decision),
    }
