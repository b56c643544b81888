"""People whose past inboxes an auditor may look into."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Case, Person, RoleHolding, Task, Unit
from webapp.queries.standing import Standing, at_or_below, visible
from webapp.text import search_key

AT_ONCE = 20

_first, _at = aliased(RoleHolding), aliased(Unit)


@dataclass(frozen=True)
class FoundPerson:
    """Somebody who fits, with the role they were given last and its unit; empty without one."""

    public_id: str
    name: str
    role: str
    unit: str


def person_of(session: Session, standing: Standing, public_id: str) -> Person | None:
    """The person of a public id, when the reader may look into their inbox."""
    return session.scalar(select(Person).where(Person.public_id == public_id, _audited(standing)))


def people_called(session: Session, standing: Standing, words: str) -> list[FoundPerson]:
    """People whose name has all these words, without marks, or whose user name it is; AT_ONCE at the most."""
    named = and_(*(Person.search_key.contains(word, autoescape=True) for word in search_key(words).split()))
    last = select(func.max(RoleHolding.id)).where(RoleHolding.person_id == Person.id)
    rows = session.execute(
        select(Person.public_id, Person.name, _first.role, _at.name)
        .select_from(Person)
        .outerjoin(_first, _first.id == last.correlate(Person).scalar_subquery())
        .outerjoin(_at, _at.id == _first.unit_id)
        .where(or_(named, Person.username == words.strip()), _audited(standing))
        .order_by(Person.sort_key, Person.id)
        .limit(AT_ONCE)
    )
    return [FoundPerson(code, name, role or "", unit or "") for code, name, role, unit in rows]


def _audited(standing: Standing) -> ColumnElement[bool]:
    """Condition on Person: they hold or held a role in a unit audited, or did something in a case that may be seen."""
    units = select(Unit.id).where(at_or_below(standing, "auditor"))
    held = exists().where(RoleHolding.person_id == Person.id, RoleHolding.unit_id.in_(units))
    acted = exists().where(Task.closed_by_id == Person.id, Case.id == Task.case_id, visible(standing))
    return or_(held, acted.correlate(Person))
