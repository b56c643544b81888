"""What a nomination can be proposed for instead: awards of a higher level, and back to one of the organiser's own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from webapp.models import AgendaItem, Case, CouncilSession, Nomination
from webapp.queries.law import rule_set_for
from webapp.queries.nomination_choices import Choice
from webapp.queries.plans import plan_of
from webapp.queries.standing import Standing
from webapp.queries.units import standing_level
from workflows.rules.voting import is_higher
from workflows.values import local_day

ESCALATORS = frozenset({"secretary", "authority"})
"""Who proposes a higher award, at the organiser."""

STAGES = frozenset({"district", "province", "council"})
"""Once it has been received and until the council has it on an agenda."""


def may_escalate(session: Session, standing: Standing, case: Case) -> bool:
    """Whether somebody may propose a nomination for another level's award as it stands now."""
    return (
        case.process == "nomination"
        and case.state == "active"
        and case.stage in STAGES
        and case.organiser_id in standing.units(*ESCALATORS)
        and not is_with_council(session, case)
    )


def is_with_council(session: Session, case: Case) -> bool:
    """Whether the nomination stands on an agenda that is not concluded, or the council has passed it already."""
    running = and_(
        CouncilSession.concluded_at.is_(None),
        CouncilSession.case_id.in_(select(Case.id).where(Case.state != "ended")),
    )
    passed = and_(
        CouncilSession.concluded_at.is_not(None), AgendaItem.result.in_(("passed", "passed_higher"))
    )
    query = exists().where(
        AgendaItem.nomination_id == Nomination.id,
        Nomination.case_id == case.id,
        AgendaItem.session_id == CouncilSession.id,
        or_(running, passed),
    )
    return bool(session.scalar(select(query)))


def other_levels_awards(session: Session, case: Case, nomination: Nomination) -> Sequence[Choice]:
    """Awards for this kind of nominee above the organiser's power; from one of those, also back to the plan's own."""
    day = nomination.received_on or local_day(case.opened_at)
    rules = rule_set_for(session, day, case.organiser_id)
    level = standing_level(session, case.organiser)
    fitting = [a for a in rules.awards if a.in_force(day) and nomination.nominee.kind in a.kinds]
    # A title is not proposed for what began as a commendation, nor the other way round.
    family = next((award.family for award in rules.awards if award.code == nomination.award), None)
    fitting = [award for award in fitting if award.family == family]
    higher = [award for award in fitting if is_higher(level, award.levels)]
    planned = {ref.award for ref in plan_of(session, nomination.campaign).awards}
    own = [award for award in fitting if level in award.levels and award.code in planned]
    offered = [*higher, *own] if nomination.award in {award.code for award in higher} else higher
    return [(award.code, award.name) for award in offered if award.code != nomination.award]
