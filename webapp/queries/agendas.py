"""The agenda of a council session by round and strand, each with its ceilings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.models import (
    AgendaItem,
    Campaign,
    Case,
    CouncilMembership,
    CouncilSession,
    Nomination,
    Nominee,
    SessionElector,
)
from webapp.queries.ceilings import PoolUse, ceiling_uses
from webapp.queries.looked_at import looked_at
from workflows.vocabulary import NomineeKind

Line = TypeVar("Line")


@dataclass(frozen=True)
class Group(Generic[Line]):
    """A strand of a round with its ceilings and the nominees on the agenda."""

    round: str
    strand: str
    pools: tuple[PoolUse, ...]
    lines: tuple[Line, ...]


def grouped(
    session: Session,
    campaign_id: int | None,
    agenda: Sequence[AgendaItem],
    make: Callable[[AgendaItem], Line],
) -> tuple[Group[Line], ...]:
    """The agenda in the order of the plan; ``make`` turns an item into a line."""
    campaign = session.get_one(Campaign, campaign_id)
    uses = ceiling_uses(session, campaign, [item.nomination for item in agenda])
    return tuple(
        Group(uses[key].round, uses[key].strand, uses[key].pools, tuple(make(item) for item in items))
        for key, items in groupby(sorted(agenda, key=_place), key=_strand)
    )


@dataclass(frozen=True)
class Candidate:
    """A nomination that may be put on an agenda; ``award`` is a code, ``looked_at`` names what is not met."""

    code: str
    name: str
    kind: NomineeKind
    unit: str
    award: str
    looked_at: tuple[str, ...]


def candidates(session: Session, codes: Collection[str], day: dt.date) -> tuple[Group[Candidate], ...]:
    """Nominations by their codes as an agenda would group them, each strand by award; a fixed number of statements."""
    found = session.scalars(
        select(Nomination)
        .join(Case, Case.id == Nomination.case_id)
        .where(Case.code.in_(codes))
        .order_by(Nomination.id)
        .options(
            joinedload(Nomination.case),
            joinedload(Nomination.nominee).joinedload(Nominee.unit),
            joinedload(Nomination.strand),
            joinedload(Nomination.campaign),
        )
    ).all()
    if not found:
        return ()
    uses = ceiling_uses(session, found[0].campaign, found)
    looked = looked_at(session, found[0].campaign, found, day)
    ordered = sorted(found, key=lambda each: (each.round_id, each.strand.position, each.award, each.id))
    return tuple(
        Group(
            uses[key].round,
            uses[key].strand,
            uses[key].pools,
            tuple(_candidate(each, looked.get(each.id, ())) for each in nominations),
        )
        for key, nominations in groupby(ordered, key=lambda each: (each.round_id, each.strand_id))
    )


def _candidate(nomination: Nomination, looked: tuple[str, ...]) -> Candidate:
    nominee = nomination.nominee
    return Candidate(
        nomination.case.code, nominee.name, nominee.kind, nominee.unit.name, nomination.award, looked
    )


def loaded_session(session: Session, case: Case) -> CouncilSession:
    """The session of a case with all that its pages show, in a fixed number of statements."""
    nomination = selectinload(CouncilSession.agenda).joinedload(AgendaItem.nomination)
    return session.execute(
        select(CouncilSession)
        .where(CouncilSession.case_id == case.id)
        .options(
            joinedload(CouncilSession.council),
            selectinload(CouncilSession.electors)
            .joinedload(SessionElector.membership)
            .joinedload(CouncilMembership.person),
            nomination.joinedload(Nomination.case),
            nomination.joinedload(Nomination.nominee).joinedload(Nominee.unit),
            nomination.joinedload(Nomination.strand),
        )
    ).scalar_one()


def _place(item: AgendaItem) -> tuple[int, int, int]:
    return item.nomination.round_id, item.nomination.strand.position, item.position


def _strand(item: AgendaItem) -> tuple[int, int]:
    return item.nomination.round_id, item.nomination.strand_id
