"""What a person held at an instant of the past: roles of that day, units left behind by then, what was lent to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp import eventlog
from webapp.models import DelegatedRole, Delegation, Person, RoleHolding, Unit, UnitChange, UnitSuccession
from webapp.queries.as_of import Span
from webapp.queries.lending import Lent
from webapp.queries.standing import Standing, standing_of
from workflows.values import local_day

ONCE_ACCEPTED = ("accepted", "revoked", "ended")


def standing_then(session: Session, person: Person, span: Span) -> Standing:
    """The roles held on the day the span ends on, and what was delegated within it; a fixed number of statements."""
    day = local_day(span.last)
    held = standing_of(session, person, day)
    gone = set(session.scalars(_gone_by(day))) if held.past else set()
    return replace(
        held,
        past=tuple(each for each in held.past if each.unit_id in gone),
        lent=tuple(_lent(session, person, span, day)),
        proposals=0,
    )


def _gone_by(day: dt.date) -> Select[int]:
    """Ids of the units that had gone over into another by a day."""
    return (
        select(UnitSuccession.predecessor_id)
        .join(UnitChange, UnitChange.id == UnitSuccession.change_id)
        .where(UnitChange.day <= day)
    )


def _lent(session: Session, person: Person, span: Span, day: dt.date) -> Iterator[Lent]:
    """What others had delegated to the person and the person had accepted, wherever it has ended since."""
    accepted = {
        event.fields["delegation"]: event.at
        for event in eventlog.read_stream(session, f"person/{person.public_id}")
        if event.type == "delegation_accepted"
    }
    for each, role, code in session.execute(_delegated(person, day)):
        begun = accepted.get(each.public_id)
        over = each.changed_at if each.state != "accepted" else None
        if begun is None or begun > span.last or (over is not None and over <= span.first):
            continue
        yield Lent(
            role=role.role,
            unit_id=role.unit_id,
            unit_code=code,
            delegation_id=each.id,
            principal_id=each.principal_id,
            principal=each.principal.public_id,
            name=each.principal.name,
            day=day,
            campaign_id=each.campaign_id,
            kinds=tuple(each.kinds),
        )


def _delegated(person: Person, day: dt.date) -> Select[Delegation, DelegatedRole, str]:
    """Delegations to the person for a day, with each role the principal held on it."""
    held = and_(
        RoleHolding.person_id == Delegation.principal_id,
        RoleHolding.role == DelegatedRole.role,
        RoleHolding.unit_id == DelegatedRole.unit_id,
        RoleHolding.from_date <= day,
        or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day),
    )
    return (
        select(Delegation, DelegatedRole, Unit.code)
        .join(DelegatedRole, DelegatedRole.delegation_id == Delegation.id)
        .join(Unit, Unit.id == DelegatedRole.unit_id)
        .join(RoleHolding, held)
        .options(joinedload(Delegation.principal))
        .where(
            Delegation.delegate_id == person.id,
            Delegation.state.in_(ONCE_ACCEPTED),
            Delegation.from_date <= day,
            Delegation.to_date >= day,
        )
        .order_by(Delegation.id, DelegatedRole.id)
    )
