"""The statements that eligibility is judged by: who else they are, what is on record."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import (
    Award,
    AwardRecord,
    AwardRound,
    Campaign,
    Case,
    HigherAward,
    Nomination,
    Nominee,
    Override,
    Unit,
)
from webapp.queries.award_history import PastEntry, counting, somebody
from workflows.rules.identity import likeness
from workflows.vocabulary import SINGLE_KINDS


def siblings(session: Session, nominees: Collection[Nominee]) -> list[Any]:
    """Every nomination of the same nominees and of who may be: id, nominee, round, and how its case stands."""
    identities = {nominee.identity for nominee in nominees if nominee.identity}
    names = {nominee.search_key for nominee in nominees if nominee.kind in SINGLE_KINDS}
    query = (
        select(
            Nomination.id,
            Nominee,
            Nomination.round_id,
            Case.code,
            Case.state,
            Case.outcome,
        )
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(Case, Case.id == Nomination.case_id)
        .where(
            or_(
                Nominee.id.in_([one.id for one in nominees]),
                Nominee.identity.in_(identities),
                Nominee.search_key.in_(names),
            )
        )
    )
    return list(session.execute(query.order_by(Nomination.id)))


def others_of(nomination: Nomination, found: Iterable[Any]) -> list[tuple[Any, bool]]:
    """Of ``siblings`` those that are somebody's other nominations, and whether that is certain."""
    own = nomination.nominee
    alike = (
        (each, "same" if each.Nominee.id == own.id else likeness(somebody(own), somebody(each.Nominee)))
        for each in found
        if each.id != nomination.id
    )
    return [(each, how == "same") for each, how in alike if how]


def rounds_of_records(
    session: Session, history: Mapping[int, Iterable[PastEntry]]
) -> dict[int, tuple[int, str]]:
    """Record id → the nomination of ours that was awarded, here or above, and the code of its round."""
    wanted = {each.record.id for entries in history.values() for each in entries}
    nomination = func.coalesce(Award.nomination_id, HigherAward.nomination_id)
    rows = session.execute(
        select(AwardRecord.id, nomination, AwardRound.code)
        .outerjoin(Award, Award.id == AwardRecord.award_id)
        .outerjoin(HigherAward, HigherAward.record_id == AwardRecord.id)
        .join(Nomination, Nomination.id == nomination)
        .join(AwardRound, AwardRound.id == Nomination.round_id)
        .where(AwardRecord.id.in_(wanted))
    )
    return {record_id: (nomination_id, code) for record_id, nomination_id, code in rows}


def titles_held(session: Session, nominations: Collection[Nomination]) -> Counter[tuple[int, str, int]]:
    """How many individuals have a title on record, by unit, award and year."""
    units = {n.nominee.unit_id for n in nominations} | {n.case.unit_id for n in nominations}
    years = {n.round.on_date.year for n in nominations}
    rows = session.execute(
        select(AwardRecord.unit_id, AwardRecord.award, AwardRecord.year, func.count())
        .where(
            AwardRecord.unit_id.in_(units),
            AwardRecord.year.in_(years),
            AwardRecord.kind == "individual",
            AwardRecord.award.is_not(None),
            counting(),
        )
        .group_by(AwardRecord.unit_id, AwardRecord.award, AwardRecord.year)
    )
    return Counter({(unit, award or "", year): number for unit, award, year, number in rows})


def overrides_of(session: Session, nominations: Collection[Nomination]) -> Mapping[int, dict[str, Override]]:
    """Nomination id → warnings let pass, by condition."""
    rows = session.scalars(
        select(Override)
        .where(Override.nomination_id.in_([nomination.id for nomination in nominations]))
        .options(joinedload(Override.person))
    )
    found: defaultdict[int, dict[str, Override]] = defaultdict(dict)
    for row in rows:
        found[row.nomination_id][row.condition] = row
    return found


def communes_below(session: Session, campaign: Campaign) -> int:
    """The communes below the organiser."""
    below = Unit.code.startswith(campaign.unit.code + "/", autoescape=True)
    query = select(func.count(Unit.id)).where(below, Unit.level == "commune", Unit.kind == "committee")
    return session.scalar(query) or 0
