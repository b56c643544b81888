"""How many nominations for an award come from one cluster or block in a year."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import (
    AwardRound,
    Case,
    Cluster,
    ClusterMember,
    ClusterYear,
    Nomination,
    NominationGround,
    Nominee,
    YearMember,
)
from webapp.queries.place_use import place_use
from workflows.law import Condition
from workflows.rules.eligibility import ClusterUse


@dataclass(frozen=True)
class _Row:
    """A nomination that uses or may come to use a place; ``ground`` is the cluster whose result it names."""

    id: int
    award: str
    kind: str
    day: dt.date
    unit_id: int
    bucket: str
    ground: int | None


_FROM = (
    select(NominationGround.nomination_id, ClusterYear.cluster_id)
    .join(YearMember, YearMember.id == NominationGround.year_member_id)
    .join(ClusterYear, ClusterYear.id == YearMember.cluster_year_id)
)


class ClusterUses:
    """The clusters of nominations that are checked together, and all who compete with them there. Three statements.

    A nomination comes from the cluster whose result it names; without one, from those to which the submitting unit
    belongs on the day of the round. ``holding``: only uses of these kinds, and those checked now, take a place.
    """

    def __init__(
        self, session: Session, nominations: Collection[Nomination], holding: Collection[str] | None
    ) -> None:
        self.checked, self.holding = {each.id for each in nominations}, holding
        grounds = session.execute(_FROM.where(NominationGround.nomination_id.in_(self.checked))).all()
        units = {each.case.unit_id for each in nominations}
        theirs = select(ClusterMember.cluster_id).where(ClusterMember.unit_id.in_(units))
        wanted = Cluster.id.in_(theirs) | Cluster.id.in_({cluster_id for _id, cluster_id in grounds})
        self.names: dict[int, str] = {}
        self.members: defaultdict[int, list[Any]] = defaultdict(list)
        for cluster_id, name, member in session.execute(
            select(Cluster.id, Cluster.name, ClusterMember)
            .join(ClusterMember, ClusterMember.cluster_id == Cluster.id)
            .where(wanted)
        ):
            self.names[cluster_id] = name
            self.members[member.unit_id].append(member)
        self.rows = list(_competing(session, nominations, set(self.members), set(self.names)))

    def of(self, nomination: Nomination, condition: Condition) -> tuple[ClusterUse, ...]:
        """Each cluster of a nomination with what is used of it under a condition."""
        own = next((row for row in self.rows if row.id == nomination.id), None)
        if own is None:
            return ()
        alike = [row for row in self.rows if self._competes(row, own, condition)]
        return tuple(
            ClusterUse(self.names[cluster], sum(cluster in self._clusters(row) for row in alike))
            for cluster in sorted(self._clusters(own))
        )

    def _competes(self, row: _Row, own: _Row, condition: Condition) -> bool:
        if (row.award, row.day.year) != (own.award, own.day.year):
            return False
        if condition.kinds and row.kind not in condition.kinds:
            return False
        return self.holding is None or row.bucket in self.holding or row.id in self.checked

    def _clusters(self, row: _Row) -> set[int]:
        if row.ground is not None:
            return {row.ground}
        return {
            member.cluster_id
            for member in self.members.get(row.unit_id, ())
            if member.from_date <= row.day and (member.to_date is None or row.day <= member.to_date)
        }


def _competing(
    session: Session, nominations: Collection[Nomination], units: set[int], clusters: set[int]
) -> Iterator[_Row]:
    """Every nomination for the same awards of a member, or on a result of one of the clusters."""
    ground = _FROM.subquery()
    query = (
        select(
            Nomination.id,
            Nomination.award,
            Nominee.kind,
            AwardRound.on_date,
            Case.unit_id,
            place_use,
            ground.c.cluster_id,
        )
        .join(Case, Case.id == Nomination.case_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(AwardRound, AwardRound.id == Nomination.round_id)
        .outerjoin(ground, ground.c.nomination_id == Nomination.id)
        .where(
            Nomination.award.in_({each.award for each in nominations}),
            Case.unit_id.in_(units) | ground.c.cluster_id.in_(clusters),
        )
    )
    rows = (_Row(*row) for row in session.execute(query))
    return (row for row in rows if row.bucket != "none")
