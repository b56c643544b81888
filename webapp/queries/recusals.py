"""Conflicts of interest in a council: computed here for the ballot page, for casting and for the count."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.models import Council, CouncilMembership, DeclaredRelation, Nomination, RoleHolding, Unit
from workflows.rules import conflicts
from workflows.rules.conflicts import Reason
from workflows.vocabulary import SINGLE_KINDS

Recusals = Mapping[tuple[int, int], tuple[Reason, ...]]
"""(membership id, nomination id) → why this member must not vote on this nominee."""


def recusals(
    session: Session,
    memberships: Collection[CouncilMembership],
    nominations: Iterable[Nomination],
    day: dt.date,
) -> Recusals:
    """Who must stand aside for whom on a day; nothing for those who need not. Two statements.

    A member belongs to the units they hold a role in. The council's own unit is left out: everybody on the
    council works for it, and a nominee whom the organiser itself has found would be left without judges.
    """
    units, declared = _units_of(session, memberships, day), _declared(session, memberships)
    judges = [
        (m.id, conflicts.Interest(str(m.person_id), frozenset(units[m.id]), frozenset(declared[m.id])))
        for m in memberships
    ]
    found = {}
    for nomination in nominations:
        nominee = nominee_of(nomination)
        for membership_id, judge in judges:
            if reasons := conflicts.conflicts(judge, nominee):
                found[membership_id, nomination.id] = reasons
    return found


def nominee_of(nomination: Nomination) -> conflicts.Nominee:
    """The nominee as the rule sees it; who registers as a person or a household is that person."""
    nominee = nomination.nominee
    person = nominee.person_id
    if person is None and nominee.kind in SINGLE_KINDS:
        person = nomination.case.registrant_id
    return conflicts.Nominee(str(nomination.id), nominee.unit.code, str(person) if person else None)


def _units_of(
    session: Session, memberships: Collection[CouncilMembership], day: dt.date
) -> Mapping[int, set[str]]:
    rows = session.execute(
        select(CouncilMembership.id, Unit.code)
        .join(RoleHolding, RoleHolding.person_id == CouncilMembership.person_id)
        .join(Unit, Unit.id == RoleHolding.unit_id)
        .join(Council, Council.id == CouncilMembership.council_id)
        .where(
            CouncilMembership.id.in_([membership.id for membership in memberships]),
            RoleHolding.from_date <= day,
            or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day),
            RoleHolding.unit_id != Council.unit_id,
        )
    )
    units: defaultdict[int, set[str]] = defaultdict(set)
    for membership_id, code in rows:
        units[membership_id].add(code)
    return units


def _declared(session: Session, memberships: Collection[CouncilMembership]) -> Mapping[int, set[str]]:
    """By membership: the ids of the nominations to which a relation was declared."""
    rows = session.execute(
        select(DeclaredRelation.membership_id, DeclaredRelation.nomination_id).where(
            DeclaredRelation.membership_id.in_([membership.id for membership in memberships])
        )
    )
    declared: defaultdict[int, set[str]] = defaultdict(set)
    for membership_id, nomination_id in rows:
        declared[membership_id].add(str(nomination_id))
    return declared
