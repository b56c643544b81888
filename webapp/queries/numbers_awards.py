"""Facts of what was awarded: prize money as it was recorded, and the table of a year."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Date, case, func, literal, type_coerce, union_all

from webapp.models import Award, AwardRecord, Decision, HigherAward, Nomination, Nominee
from webapp.queries.numbers import Facts
from webapp.queries.numbers_facts import DIMENSIONS, NO_TEXT, flagged, of_nominations
from webapp.queries.standing import Standing
from workflows.vocabulary import SINGLE_KINDS


def prize_facts(standing: Standing) -> Facts:
    """Awards of decisions that have their number, with the money as it was recorded; of the decision's day."""
    query = (
        of_nominations(
            standing,
            type_coerce(Decision.dated_on, Date).label("day"),
            NO_TEXT.label("note"),
            func.coalesce(Award.prize, 0).label("amount"),
            Decision.id.label("decision_id"),
            literal(1).label("awards"),
            case((Award.prize > 0, 1), else_=0).label("with_money"),
            func.coalesce(Award.prize, 0).label("prize"),
        )
        .join(Award, Award.nomination_id == Nomination.id)
        .join(Decision, Decision.id == Award.decision_id)
        .where(Decision.number.is_not(None), Award.revoked_on.is_(None))
    )
    columns = ("awards", "with_money", "prize")
    return Facts(query.subquery(), (*DIMENSIONS, "decision"), columns, ("prize",))


def yearly_facts(standing: Standing) -> Facts:
    """What was awarded by our own decisions, and by those of a level above on nominations of ours."""
    own = (
        of_nominations(
            standing, *_yearly(Decision.dated_on, func.coalesce(Award.prize, 0), AwardRecord.movement)
        )
        .join(Award, Award.nomination_id == Nomination.id)
        .join(Decision, Decision.id == Award.decision_id)
        .outerjoin(AwardRecord, AwardRecord.award_id == Award.id)
        .where(Decision.number.is_not(None), Award.revoked_on.is_(None))
    )
    above = (
        of_nominations(
            standing,
            *_yearly(AwardRecord.decided_on, literal(0), AwardRecord.movement),
            award=func.coalesce(AwardRecord.award, Nomination.award),
        )
        .join(HigherAward, HigherAward.nomination_id == Nomination.id)
        .join(AwardRecord, AwardRecord.id == HigherAward.record_id)
        .where(AwardRecord.decided_on.is_not(None))
    )
    columns = ("individuals", "households", "collectives", "total", "regular", "thematic", "extraordinary")
    return Facts(union_all(own, above).subquery(), DIMENSIONS, (*columns, "prize"), ("prize",))


def _yearly(day: Any, amount: ColumnElement[int], movement: Any) -> list[Any]:
    flags = {
        "individuals": Nominee.kind == "individual",
        "households": Nominee.kind == "household",
        "collectives": Nominee.kind.not_in(SINGLE_KINDS),
    }
    return [
        type_coerce(day, Date).label("day"),
        NO_TEXT.label("note"),
        amount.label("amount"),
        *flagged(flags),
        literal(1).label("total"),
        *flagged({each: movement == each for each in ("regular", "thematic", "extraordinary")}),
        amount.label("prize"),
    ]
