"""The one statement on a person: roles held or left, what others delegated, whether away, what they inspect."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Date,
    Integer,
    String,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from webapp.models import (
    Absence,
    DelegatedRole,
    Delegation,
    Inspection,
    InspectionMember,
    InspectionUnit,
    Person,
    RoleHolding,
    Unit,
    UnitSuccession,
)

HELD, PAST, LENT, AWAY, PROPOSED = "held", "past", "lent", "away", "proposed"
INSPECTS, INSPECTED = "inspects", "inspected"
"""What a row tells."""

_person, _day = bindparam("person", type_=Integer), bindparam("day", type_=Date)
# Cast: PostgreSQL takes a union of nothing with nothing for text.
_number, _text, _date = (cast(null(), kind) for kind in (BigInteger, String, Date))
_kinds = type_coerce(cast(null(), Text), Delegation.kinds.type)
_no_principal = (_number, _text, _text, _number, _kinds, _date, _date)

_HOLDS = and_(RoleHolding.from_date <= _day, or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= _day))

_held = (
    select(
        literal(HELD).label("what"),
        RoleHolding.role.label("role"),
        RoleHolding.unit_id.label("unit_id"),
        Unit.code.label("code"),
        RoleHolding.id.label("row"),
        _number.label("principal_id"),
        _text.label("principal"),
        _text.label("name"),
        _number.label("campaign_id"),
        _kinds.label("kinds"),
        _date.label("since"),
        _date.label("until"),
    )
    .join(Unit, Unit.id == RoleHolding.unit_id)
    .where(RoleHolding.person_id == _person, _HOLDS)
)
_past = (
    select(
        literal(PAST),
        RoleHolding.role,
        UnitSuccession.predecessor_id,
        Unit.code,
        UnitSuccession.id,
        *_no_principal,
    )
    .join(UnitSuccession, UnitSuccession.successor_id == RoleHolding.unit_id)
    .join(Unit, Unit.id == UnitSuccession.predecessor_id)
    .where(RoleHolding.person_id == _person, _HOLDS)
)
# Roles of the principal alone: what others have delegated to them does not come along.
_lent = (
    select(
        literal(LENT),
        DelegatedRole.role,
        DelegatedRole.unit_id,
        Unit.code,
        Delegation.id,
        Delegation.principal_id,
        Person.public_id,
        Person.name,
        Delegation.campaign_id,
        Delegation.kinds,
        _date,
        Delegation.to_date,
    )
    .join(DelegatedRole, DelegatedRole.delegation_id == Delegation.id)
    .join(Unit, Unit.id == DelegatedRole.unit_id)
    .join(Person, Person.id == Delegation.principal_id)
    .join(
        RoleHolding,
        and_(
            RoleHolding.person_id == Delegation.principal_id,
            RoleHolding.role == DelegatedRole.role,
            RoleHolding.unit_id == DelegatedRole.unit_id,
        ),
    )
    .where(
        Delegation.delegate_id == _person,
        Delegation.state == "accepted",
        Delegation.from_date <= _day,
        Delegation.to_date >= _day,
        Person.active,
        _HOLDS,
    )
)
_nothing = (_text, _number, _text)
_away = select(
    literal(AWAY), *_nothing, Absence.id, _number, _text, _text, _number, _kinds, _date, Absence.to_date
).where(Absence.person_id == _person, Absence.from_date <= _day, Absence.to_date >= _day)
_proposed = select(
    literal(PROPOSED),
    *_nothing,
    Delegation.id,
    _number,
    _text,
    _text,
    _number,
    _kinds,
    _date,
    Delegation.to_date,
).where(Delegation.delegate_id == _person, Delegation.state == "proposed", Delegation.to_date >= _day)
# One row for each unit of an inspection that lasts; the days are those of the period it looks at.
_inspects = (
    select(
        literal(INSPECTS),
        _text,
        InspectionUnit.unit_id,
        Unit.code,
        Inspection.id,
        _number,
        _text,
        Inspection.code,
        Inspection.campaign_id,
        _kinds,
        Inspection.period_from,
        Inspection.period_to,
    )
    .join(InspectionUnit, InspectionUnit.inspection_id == Inspection.id)
    .join(Unit, Unit.id == InspectionUnit.unit_id)
    .join(InspectionMember, InspectionMember.inspection_id == Inspection.id)
    .where(
        InspectionMember.person_id == _person,
        InspectionMember.left_at.is_(None),
        Inspection.begins_on <= _day,
        Inspection.ends_on >= _day,
        Inspection.ended_at.is_(None),
    )
)
# At most one row: the last inspection they are or were a member of, whether it lasts or not.
_inspected = (
    select(
        literal(INSPECTED),
        *_nothing,
        func.max(InspectionMember.inspection_id),
        *_no_principal,
    )
    .where(InspectionMember.person_id == _person)
    .group_by(InspectionMember.person_id)
)

STANDING = union_all(_held, _past, _lent, _away, _proposed, _inspects, _inspected).order_by("row")
"""Rows in the order in which roles were given and delegations proposed; asked with ``person`` and ``day``."""
