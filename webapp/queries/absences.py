"""Who is away, until when, and who acts for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Absence, Delegation, Person


@dataclass(frozen=True)
class Away:
    """Somebody away: until when, and the names of those who act for them today."""

    until: dt.date
    delegates: tuple[str, ...]


def absent_on(session: Session, day: dt.date) -> Mapping[str, Away]:
    """Everybody who is away on a day by their public id, in one statement."""
    delegate = aliased(Person)
    acts = and_(
        Delegation.principal_id == Absence.person_id,
        Delegation.state == "accepted",
        Delegation.from_date <= day,
        Delegation.to_date >= day,
    )
    rows = session.execute(
        select(Person.public_id, Absence.to_date, delegate.name)
        .join(Person, Person.id == Absence.person_id)
        .outerjoin(Delegation, acts)
        .outerjoin(delegate, and_(delegate.id == Delegation.delegate_id, delegate.active))
        .where(Absence.from_date <= day, Absence.to_date >= day)
        .order_by(Absence.to_date, Delegation.id)
    )
    found: dict[str, Away] = {}
    for person, until, name in rows:
        known = found[person].delegates if person in found else ()
        found[person] = Away(until, tuple(dict.fromkeys((*known, *([name] if name else ())))))
    return found


def coming_absences(session: Session, person_id: int, day: dt.date) -> Sequence[Absence]:
    """The absences of a person that are not over, the next first."""
    query = select(Absence).where(Absence.person_id == person_id, Absence.to_date >= day)
    return session.scalars(query.order_by(Absence.from_date)).all()
