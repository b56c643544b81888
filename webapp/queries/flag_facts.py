"""What red flags are made from: the recorded acts of a case, and the facts that the rules of flags ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import Recorded, case_stream
from webapp.files import FileStore
from webapp.models import NOMINATIONS, Case, Nomination, Paper, RuleSetVersion, Task, Unit
from webapp.queries.completeness import ASKED, BALLOT_RESULT, voted_by
from webapp.queries.declared_papers import held_types
from webapp.queries.eligibility import QUOTAS
from webapp.queries.flag_conflicts import conflicts_in
from webapp.queries.flag_decisions import decided
from webapp.queries.flag_haste import decided_before
from webapp.queries.law import rule_set_for
from webapp.queries.units import lineage_codes
from workflows.law import NoRule, RuleSet
from workflows.red_flags import Act, Amended, Limits, Record, Wait
from workflows.values import local_day

GOES_ON: Mapping[str, str] = {
    "check_dossier": "complete",
    "consider_award": "award",
    "appraise": "eligible",
    "appraise_at_province": "eligible",
}
"""By which task a dossier goes on with which decision; its papers are to be there then (ASKED)."""

BY_RULES = frozenset({*NOMINATIONS, "submission", "council_vote", "award_issuance"})
"""Processes whose course the rule sets decide: an amendment met in one of them is a flag."""


def record_of(session: Session, case: Case, files: FileStore) -> Record:
    """All that the flags of a case are made from; the number of its statements grows with its decisions alone."""
    acts = tuple(_act(event) for event in eventlog.read_stream(session, case_stream(case.code)))
    nomination = None
    if case.process in NOMINATIONS:
        nomination = session.scalar(select(Nomination).where(Nomination.case_id == case.id))
    day = (nomination.received_on if nomination else None) or local_day(case.opened_at)
    own, general = _rules(session, case.organiser_id, day), _rules(session, None, day)
    limits = _limits(own, general, day)
    return Record(
        acts=acts,
        tasks=_tasks(session, case),
        limits=limits,
        before=decided_before(session, case, acts, limits.rapid) if limits.rapid else {},
        lacking=_lacking(session, case, nomination, own, acts, day) if nomination and own else {},
        lost=_lost(session, case, files, acts),
        decided=decided(session, case),
        conflicts=conflicts_in(session, case, acts),
        amended=_amended(session, case, own),
    )


def _act(event: Recorded) -> Act:
    return Act(event.number, event.type, event.actor, event.at, event.fields)


def _rules(session: Session, place: int | None, day: dt.date) -> RuleSet | None:
    try:
        return rule_set_for(session, day, place)
    except NoRule:
        return None


def _limits(own: RuleSet | None, general: RuleSet | None, day: dt.date) -> Limits:
    """The limits that the rules of a case say; a unit's own version may be older than the limits of inspections."""
    found = {
        each.code: each.value
        for rules in (general, own)
        if rules
        for each in rules.inspection_limits
        if each.in_force(day)
    }
    hours = found.get("night_from"), found.get("night_until")
    rules = own or general
    return Limits(
        rapid=found.get("rapid"),
        night=(hours[0], hours[1]) if hours[0] is not None and hours[1] is not None else None,
        supplements=_supplements(rules, day) if rules else None,
        quotas=frozenset(
            {"ceiling", *(c.code for c in (rules.conditions if rules else ()) if c.rule in QUOTAS)}
        ),
    )


def _supplements(rules: RuleSet, day: dt.date) -> int | None:
    try:
        return rules.supplement_limit(day)
    except NoRule:
        return None


def _tasks(session: Session, case: Case) -> dict[str, Wait]:
    rows = session.execute(select(Task.public_id, Task.opened_at, Task.due).where(Task.case_id == case.id))
    return {public_id: Wait(opened, due) for public_id, opened, due in rows}


def _lacking(
    session: Session,
    case: Case,
    nomination: Nomination,
    rules: RuleSet,
    acts: Sequence[Act],
    day: dt.date,
) -> dict[int, tuple[str, ...]]:
    """The required papers that were not there when a dossier went on, by event."""
    found = {}
    for act in acts:
        element = act.fields.get("element", "")
        if act.type != "task_completed" or GOES_ON.get(element, "") != act.fields["decision"]:
            continue
        held = held_types(session, [case.id], act.at)[case.id]
        if voted_by(session, nomination, act.at):
            held.add(BALLOT_RESULT)
        asked = rules.dossier_papers(nomination.award, nomination.nominee.kind, day, ASKED[element])
        if lacking := [paper.code for paper in asked if paper.required and paper.code not in held]:
            found[act.number] = tuple(lacking)
    return found


def _lost(session: Session, case: Case, files: FileStore, acts: Sequence[Act]) -> dict[int, tuple[str, ...]]:
    """Digests of papers that were handed in with a step, and whose row or file is gone, by event."""
    there = set(session.scalars(select(Paper.sha256).where(Paper.case_id == case.id)))
    handed = {act.number: act.fields["papers"] for act in acts if act.fields.get("papers")}
    gone = {
        digest
        for digests in handed.values()
        for digest in digests
        if digest not in there or not _has(files, digest)
    }
    lost = {number: tuple(each for each in digests if each in gone) for number, digests in handed.items()}
    return {number: digests for number, digests in lost.items() if digests}


def _has(files: FileStore, digest: str) -> bool:
    try:
        files.open(digest).close()
    except FileNotFoundError:
        return False
    return True


def _amended(session: Session, case: Case, rules: RuleSet | None) -> tuple[Amended, ...]:
    """Versions of the rule set of a case that came to count where it is decided while it ran."""
    if rules is None or case.process not in BY_RULES:
        return ()
    organiser = session.get_one(Unit, case.organiser_id)
    query = (
        select(RuleSetVersion.public_id, RuleSetVersion.decided_at)
        .outerjoin(Unit, Unit.id == RuleSetVersion.unit_id)
        .where(
            RuleSetVersion.code == rules.code,
            RuleSetVersion.status == "approved",
            RuleSetVersion.decided_at > case.opened_at,
            or_(RuleSetVersion.unit_id.is_(None), Unit.code.in_(lineage_codes(organiser.code))),
        )
        .order_by(RuleSetVersion.decided_at, RuleSetVersion.id)
    )
    if case.ended_at is not None:
        query = query.where(RuleSetVersion.decided_at <= case.ended_at)
    return tuple(Amended(rules.code, version, at) for version, at in session.execute(query) if at is not None)
