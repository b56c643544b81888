"""As what somebody signs decisions: as chairman, or as a deputy in his place (“KT.”), and by which paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from webapp.models import DelegatedRole, Delegation, Person, RoleHolding, Task, Unit
from webapp.queries.councils import seat_of
from webapp.queries.decisions import decision_of
from webapp.queries.facts import CHAIRMAN
from workflows.values import local_day

DEPUTIES = frozenset({"standing_deputy", "deputy"})
IN_PLACE = "KT. "
AUTHORITY = "authority"
CITED, PROPOSED = "căn cứ", "Theo đề nghị"


def position_of(*, deputy: bool) -> tuple[list[str], str]:
    """(lines above, position) of who signs: ``KT. Chủ tịch / Phó Chủ tịch`` for a deputy in the chairman's place."""
    return ([f"{IN_PLACE}{CHAIRMAN}"], f"Phó {CHAIRMAN}") if deputy else ([], CHAIRMAN)


def signer_position(session: Session, unit: Unit, person: str, day: dt.date) -> tuple[list[str], str]:
    """(lines above, position) of whoever signs decisions of a unit, by where they sit and what was delegated."""
    return position_of(deputy=is_deputy(session, unit.id, person, day))


def is_deputy(session: Session, unit_id: int, person: str, day: dt.date) -> bool:
    """Whether somebody (public id) signs in the chairman's place.

    The chairman of the committee is chairman of its council, and a deputy of his sits there as a deputy. Who has the
    authority by a delegation alone is no chairman either.
    """
    if seat_of(session, unit_id, person, day) in DEPUTIES:
        return True
    own = select(RoleHolding.id).join(Person, Person.id == RoleHolding.person_id)
    held = own.where(
        Person.public_id == person, RoleHolding.role == AUTHORITY, RoleHolding.unit_id == unit_id
    )
    return session.scalar(held.limit(1)) is None and delegated(session, unit_id, person, day) is not None


def delegated(session: Session, unit_id: int, person: str, day: dt.date) -> Delegation | None:
    """The delegation by which somebody (public id) has the authority of a unit on a day."""
    delegate = aliased(Person)
    query = (
        select(Delegation)
        .join(DelegatedRole, DelegatedRole.delegation_id == Delegation.id)
        .join(delegate, delegate.id == Delegation.delegate_id)
        .where(
            delegate.public_id == person,
            DelegatedRole.role == AUTHORITY,
            DelegatedRole.unit_id == unit_id,
            Delegation.state == "accepted",
            Delegation.from_date <= day,
            Delegation.to_date >= day,
        )
    )
    return session.scalar(query.order_by(Delegation.id.desc()).limit(1))


def signs_as_deputy(
    session: Session, unit_id: int, person: str, day: dt.date, form: Mapping[str, Any]
) -> bool:
    """Whether somebody signs in the chairman's place: as the form says, and by the rule where it was not asked."""
    if "signed_as" in form:
        return bool(form["signed_as"] == "deputy")
    return is_deputy(session, unit_id, person, day)


def with_permit(bases: list[str], permit: str | None) -> list[str]:
    """The bases of a decision with the paper that lets a deputy sign, before the office that proposes."""
    if not permit:
        return bases
    cited = permit if permit.lower().startswith(CITED) else f"{CITED.capitalize()} {permit}"
    if cited in bases:
        return bases
    place = next((at for at, basis in enumerate(bases) if basis.startswith(PROPOSED)), len(bases))
    return [*bases[:place], cited, *bases[place:]]


def sign_values(session: Session, task: Task) -> dict[str, Any]:
    """As what whoever has taken the task signs."""
    holder = task.holder.public_id if task.holder else ""
    return capacity_values(
        session, decision_of(session, task.case).unit_id, holder, local_day(task.opened_at)
    )


def capacity_values(session: Session, unit_id: int, person: str, day: dt.date) -> dict[str, Any]:
    """As what somebody signs; for a deputy the delegation in force, where there is one, until its paper is named."""
    if not is_deputy(session, unit_id, person, day):
        return {"signed_as": "chief"}
    found = delegated(session, unit_id, person, day)
    if found is None:
        return {"signed_as": "deputy"}
    first, last = (each.strftime("%d/%m/%Y") for each in (found.from_date, found.to_date))
    return {"signed_as": "deputy", "permit_number": f"việc giao ký thay từ ngày {first} đến hết ngày {last}"}
