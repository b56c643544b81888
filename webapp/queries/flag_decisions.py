"""What red flags ask of a decision: the minutes behind it, the prizes of the rules, the ceilings of the plan."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Award, AwardRound, Campaign, Case, Decision, Nomination, Nominee, Strand, Task
from webapp.queries.facts import EXTRAORDINARY_ROUTE
from webapp.queries.law import rule_set_for
from webapp.queries.plans import plan_of
from webapp.queries.submission_of_decision import passed_in
from webapp.queries.units import standing_level
from workflows.law import NoRule
from workflows.plan import Plan
from workflows.red_flags import Decided, Pool
from workflows.rules.prizes import prize_money
from workflows.rules.quotas import quota_board
from workflows.values import local_day
from workflows.vocabulary import NomineeKind

_earlier = aliased(Decision)


def decided(session: Session, case: Case) -> Decided | None:
    """What a decision of awards rests on, once it has its number; None for anything else. A fixed number of
    statements."""
    query = select(Decision).where(Decision.case_id == case.id, Decision.kind == "award")
    decision = session.scalar(query) if case.process == "award_issuance" else None
    if decision is None or decision.dated_on is None:
        return None
    return Decided(
        dated=decision.dated_on,
        sessions=_sessions(session, decision),
        prizes=_prizes(session, decision, decision.dated_on),
        pools=_pools(session, decision),
    )


def _sessions(session: Session, decision: Decision) -> dict[str, dt.date | None]:
    """Codes of the sessions that passed its awards, and the day on which their minutes were signed."""
    passed = passed_in(session, [award.nomination_id for award in decision.awards])
    rows = session.execute(
        select(Task.case_id, func.max(Task.closed_at))
        .where(Task.case_id.in_([held.case_id for held, _count in passed]))
        .where(Task.element == "sign_minutes", Task.status == "done", Task.decision == "sign")
        .group_by(Task.case_id)
    )
    signed = {case_id: local_day(at) for case_id, at in rows if at is not None}
    return {held.case.code: signed.get(held.case_id) for held, _count in passed}


def _prizes(session: Session, decision: Decision, day: dt.date) -> dict[str, int | None]:
    """What each nomination gets by the rules of a day as they stand now; one that no rule knows is left out."""
    level, found = standing_level(session, decision.unit), {}
    rows = session.execute(
        select(Case.code, Nomination.award, Nominee.kind)
        .select_from(Award)
        .join(Nomination, Nomination.id == Award.nomination_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(Case, Case.id == Nomination.case_id)
        .where(Award.decision_id == decision.id)
    )
    for code, award, kind in rows.all():
        try:
            money = prize_money(rule_set_for(session, day, decision.unit_id), award, kind, level, day)
        except NoRule:
            continue
        found[code] = money.amount if money else None
    return found


def _pools(session: Session, decision: Decision) -> tuple[Pool, ...]:
    """The ceilings that its awards go beyond, with those that earlier decisions gave.

    An extraordinary merit is not planned and takes no place; an award that was revoked by then gives its place back.
    """
    campaign = session.get(Campaign, decision.campaign_id or 0)
    if campaign is None:
        return ()
    plan = plan_of(session, campaign)
    own: defaultdict[str, Counter[tuple[str, NomineeKind]]] = defaultdict(Counter)
    given: defaultdict[str, Counter[tuple[str, NomineeKind]]] = defaultdict(Counter)
    names = {}
    for decision_id, round_code, round_title, strand, title, kind in _given(session, decision, campaign):
        given[round_code][strand, kind] += 1
        names[round_code], names[strand] = round_title, title
        if decision_id == decision.id:
            own[round_code][strand, kind] += 1
    return tuple(
        Pool(names[code], names[strand], _pool_name(plan, pool), used, at_most)
        for code, taken in own.items()
        for strand, pool, used, at_most in _over(plan, code, taken, given[code])
    )


def _over(
    plan: Plan,
    code: str,
    own: Counter[tuple[str, NomineeKind]],
    given: Counter[tuple[str, NomineeKind]],
) -> list[tuple[str, str, int, int]]:
    touched = {(place.strand, place.pool) for place in quota_board(plan, code, own) if place.used}
    return [
        (place.strand, place.pool, place.used, place.at_most)
        for place in quota_board(plan, code, given)
        if place.over and (place.strand, place.pool) in touched
    ]


def _pool_name(plan: Plan, code: str) -> str:
    return next(pool.name for pool in plan.pools if pool.code == code)


def _given(
    session: Session, decision: Decision, campaign: Campaign
) -> Sequence[tuple[int, str, str, str, str, NomineeKind]]:
    """The awards of the rounds of a campaign up to and with a decision: its row id, round, strand, kind of nominee."""
    before = or_(
        _earlier.dated_on < decision.dated_on,
        and_(_earlier.dated_on == decision.dated_on, _earlier.id <= decision.id),
    )
    holds = or_(Award.revoked_on.is_(None), Award.revoked_on > decision.dated_on)
    rows = session.execute(
        select(_earlier.id, AwardRound.code, AwardRound.title, Strand.code, Strand.title, Nominee.kind)
        .select_from(Award)
        .join(_earlier, _earlier.id == Award.decision_id)
        .join(Nomination, Nomination.id == Award.nomination_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(AwardRound, AwardRound.id == Nomination.round_id)
        .join(Strand, Strand.id == Nomination.strand_id)
        .where(AwardRound.campaign_id == campaign.id, Nomination.route != EXTRAORDINARY_ROUTE, before, holds)
        .order_by(Award.id)
    )
    return [(of, code, title, strand, name, kind) for of, code, title, strand, name, kind in rows]
