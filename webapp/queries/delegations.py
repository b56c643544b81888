"""Delegations: what can be delegated to whom, what a person has given and received."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.models import Campaign, CurrentDeployment, DelegatedRole, Delegation, Person, RoleHolding, Unit
from webapp.queries.deployments import drawing, load_deployment
from webapp.queries.lending import DELEGABLE, NEVER
from webapp.queries.standing import Held, Standing, visible_campaign
from webapp.queries.units import lineage_codes

LIVING = ("proposed", "accepted")
STANDS_IN = DELEGABLE | {"member"}
"""Who holds one of these may act for somebody: not an auditor, who looks at what others do."""
MOST_CAMPAIGNS = 100
MOST_ROWS = 200


@dataclass(frozen=True)
class Kind:
    """A kind of task that a role has. ``value`` is process.element, ``process`` what the process is called."""

    value: str
    name: str
    role: str
    process: str


@dataclass(frozen=True)
class Candidate:
    """Somebody who could act for a person, with a role they have and its unit."""

    public_id: str
    name: str
    role: str
    unit: str


def delegable(standing: Standing) -> list[Held]:
    """The roles a person may delegate: their own, and none that was delegated to them."""
    return [held for held in standing.roles if held.role in DELEGABLE]


def may_stand_in(principal_id: int, codes: Collection[str], day: dt.date) -> ColumnElement[bool]:
    """Condition on Person: they may act for somebody in the units of these codes.

    Somebody else with an open account who works in the unit, above it or below it.
    """
    return and_(
        Person.id != principal_id,
        Person.active,
        Person.password_hash.is_not(None),
        *(_works_near(code, day) for code in sorted(set(codes))),
    )


def _works_near(code: str, day: dt.date) -> ColumnElement[bool]:
    return Person.id.in_(select(RoleHolding.person_id).join(Unit).where(_near(code), _at_work(day)))


def _near(code: str) -> ColumnElement[bool]:
    """Condition on Unit: it is the unit of a code, above it or below it."""
    return or_(Unit.code.in_(lineage_codes(code)), Unit.code.startswith(code + "/", autoescape=True))


def _at_work(day: dt.date) -> ColumnElement[bool]:
    """Condition on RoleHolding: it is held on a day and lets its holder act for others."""
    return and_(
        RoleHolding.role.in_(sorted(STANDS_IN)),
        RoleHolding.from_date <= day,
        or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day),
    )


def candidates(session: Session, standing: Standing, day: dt.date) -> list[Candidate]:
    """Who could act for a person in one of their roles at least: those of the same unit first, then by name."""
    codes = {held.unit_code for held in delegable(standing)}
    if not codes:
        return []
    rows = session.execute(
        select(Person.public_id, Person.name, RoleHolding.role, Unit.name)
        .join(RoleHolding, RoleHolding.person_id == Person.id)
        .join(Unit, Unit.id == RoleHolding.unit_id)
        .where(
            may_stand_in(standing.person_id, (), day), _at_work(day), or_(*(_near(code) for code in codes))
        )
        .order_by(Unit.code.in_(codes).desc(), Person.sort_key, Person.id, RoleHolding.id)
    )
    found: dict[str, Candidate] = {}
    for row in rows:
        found.setdefault(row[0], Candidate(*row))
    return list(found.values())


def kinds_of(session: Session, roles: Collection[str]) -> list[Kind]:
    """The kinds of task that roles have in the diagrams now in use, without votes."""
    deployed = session.scalars(select(CurrentDeployment.digest).order_by(CurrentDeployment.process))
    found = {kind.value: kind for digest in deployed for kind in _drawn(session, digest)}
    return [kind for kind in found.values() if kind.role in roles]


def _drawn(session: Session, digest: str) -> Iterator[Kind]:
    for process in drawing(load_deployment(session, digest)).processes.values():
        for element in process.elements.values():
            if element.type == "userTask" and element.lane and element.id not in NEVER:
                role = element.lane.partition("__")[0]
                yield Kind(f"{process.id}.{element.id}", element.name, role, process.name)


def campaign_choices(session: Session, standing: Standing) -> Sequence[tuple[str, str]]:
    """Codes and titles of the campaigns a person knows of, the newest first."""
    found = (
        select(Campaign.code, Campaign.title)
        .where(visible_campaign(standing))
        .order_by(Campaign.id.desc())
        .limit(MOST_CAMPAIGNS)
    )
    return [(row.code, row.title) for row in session.execute(found)]


def overlapping(session: Session, made: Delegation) -> bool:
    """Whether the principal has delegated something of the same to somebody for one of the same days."""
    pairs = [
        and_(DelegatedRole.role == each.role, DelegatedRole.unit_id == each.unit_id) for each in made.roles
    ]
    query = (
        select(Delegation)
        .where(
            Delegation.principal_id == made.principal_id,
            Delegation.state.in_(LIVING),
            Delegation.from_date <= made.to_date,
            Delegation.to_date >= made.from_date,
            Delegation.roles.any(or_(*pairs)),
        )
        .order_by(Delegation.id)
    )
    return any(_same_matters(made, other) for other in session.scalars(query))


def _same_matters(one: Delegation, other: Delegation) -> bool:
    campaigns = {one.campaign_id, other.campaign_id}
    if len(campaigns) == 2 and None not in campaigns:
        return False
    return not one.kinds or not other.kinds or bool(set(one.kinds) & set(other.kinds))


def given(session: Session, person_id: int) -> Sequence[Delegation]:
    """What a person has delegated, the newest first."""
    return _listed(session, Delegation.principal_id == person_id)


def received(session: Session, person_id: int) -> Sequence[Delegation]:
    """What others have delegated to a person, the newest first."""
    return _listed(session, Delegation.delegate_id == person_id)


def _listed(session: Session, condition: ColumnElement[bool]) -> Sequence[Delegation]:
    query = (
        select(Delegation)
        .where(condition)
        .options(
            joinedload(Delegation.principal),
            joinedload(Delegation.delegate),
            joinedload(Delegation.campaign),
            selectinload(Delegation.roles).joinedload(DelegatedRole.unit),
        )
        .order_by(Delegation.id.desc())
        .limit(MOST_ROWS)
    )
    return session.scalars(query).all()
