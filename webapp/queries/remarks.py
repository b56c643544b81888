"""Remarks on a case: who may read which, who can be mentioned in them, and what has been written.

Internal remarks are for the staff of the units that decide on the case; shared ones for the officers and the chairman
of the submitting unit as well. Nobody else reads either: not whoever is nominated or registers, no body that is asked
for its opinion, no auditor, no visitor.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Case, Nomination, Nominee, Person, Remark, RoleHolding, Unit
from webapp.queries.history import Line
from webapp.queries.standing import AT_AUTHORITY, AT_SUBMITTER, Standing
from webapp.text import search_key

INTERNAL, SHARED = "internal", "shared"
WITH_SUBMITTER = frozenset(
    {
        *("registration", "registration_change", "registration_list"),
        *("nomination", "extraordinary", "submission", "exemplar", "replication"),
    }
)
"""Cases that a unit brings to others: both sides have something to say to each other."""

AMONG_DECIDERS = WITH_SUBMITTER | {"award_issuance", "award_correction", "award_revocation", "campaign"}
"""Cases with internal remarks. Not sessions and scorings: what is said there belongs into their minutes."""

OF_REMARKS = frozenset({"remark_written", "remark_withdrawn"})
UNREAD = frozenset({"remark_written"})
"""Events of a case whose personal part no auditor reads."""
MOST_SHOWN = 200


@dataclass(frozen=True)
class Mentionable:
    """Somebody who may read remarks of a side, with a role and unit they read them by."""

    row_id: int
    public_id: str
    name: str
    role: str
    unit: str


@dataclass(frozen=True)
class RemarkRow:
    """One remark; ``text`` is None when it was taken back. ``own``: the reader wrote it."""

    public_id: str
    side: str
    author: str
    own: bool
    text: str | None
    mentioned: tuple[str, ...]
    written_at: dt.datetime
    withdrawn_at: dt.datetime | None


@dataclass(frozen=True)
class Exchange:
    """What somebody reads and may write on a case: the sides open to them, the remarks, whom they can mention."""

    code: str
    sides: tuple[str, ...]
    open: bool
    remarks: tuple[RemarkRow, ...]
    people: Mapping[str, tuple[Mentionable, ...]] = field(default_factory=dict)


def sides_of(session: Session, standing: Standing, case: Case) -> tuple[str, ...]:
    """The remarks that are open to somebody on a case, internal ones first; deny by default."""
    sides: tuple[str, ...] = ()
    if case.process in AMONG_DECIDERS and _deciding_units(case) & standing.units(*AT_AUTHORITY):
        sides = (INTERNAL, SHARED) if case.process in WITH_SUBMITTER else (INTERNAL,)
    elif case.process in WITH_SUBMITTER and case.unit_id in standing.units(*AT_SUBMITTER):
        sides = (SHARED,)
    return sides if sides and standing.person_id not in _concerned(session, case) else ()


def exchange_on(session: Session, standing: Standing, case: Case, day: dt.date) -> Exchange | None:
    """The exchange on a case for one reader; None for whom there is none. Three statements, however many remarks."""
    sides = sides_of(session, standing, case)
    if not sides:
        return None
    rows = session.scalars(
        select(Remark)
        .where(Remark.case_id == case.id, Remark.side.in_(sides))
        .options(joinedload(Remark.author))
        .order_by(Remark.id.desc())
        .limit(MOST_SHOWN)
    ).all()
    people = readers(session, case, sides, day)
    names = {each.row_id: each.name for group in people.values() for each in group}
    shown = tuple(_row(row, standing.person_id, names) for row in reversed(rows))
    return Exchange(case.code, sides, case.state != "ended", shown, people)


def readers(
    session: Session, case: Case, sides: Iterable[str], day: dt.date
) -> dict[str, tuple[Mentionable, ...]]:
    """Who may read the remarks of each side today, by name; one statement for the people, one for whom it concerns."""
    deciding = and_(RoleHolding.unit_id.in_(_deciding_units(case)), RoleHolding.role.in_(AT_AUTHORITY))
    submitting = and_(RoleHolding.unit_id == case.unit_id, RoleHolding.role.in_(AT_SUBMITTER))
    wanted = tuple(sides)
    rows = session.execute(
        select(
            Person.id, Person.public_id, Person.name, RoleHolding.role, Unit.name, deciding.label("deciding")
        )
        .join(RoleHolding, RoleHolding.person_id == Person.id)
        .join(Unit, Unit.id == RoleHolding.unit_id)
        .where(
            Person.active,
            or_(deciding, submitting if SHARED in wanted else false()),
            *_held_on(day),
            Person.id.not_in(_concerned(session, case)),
        )
        .order_by(Person.sort_key, Person.id, RoleHolding.id)
    ).all()
    found: dict[str, dict[int, Mentionable]] = {side: {} for side in wanted}
    for row in rows:
        person = Mentionable(*row[:5])
        for side in wanted:
            if row.deciding or side == SHARED:
                found[side].setdefault(person.row_id, person)
    return {side: tuple(people.values()) for side, people in found.items()}


def mentioned_in(text: str, people: Iterable[Mentionable]) -> set[int]:
    """Ids of those whose name stands behind an @ in a text, with or without its marks; the longest name that fits."""
    names = sorted(((search_key(each.name), each.row_id) for each in people), key=lambda each: -len(each[0]))
    found: set[int] = set()
    for part in text.split("@")[1:]:
        said = search_key(part)
        fitting = [(name, row) for name, row in names if _begins(said, name)]
        found |= {row for name, row in fitting if len(name) == len(fitting[0][0])}
    return found


def open_lines(session: Session, standing: Standing, case: Case, lines: list[Line]) -> list[Line]:
    """A history without the remarks of sides that are not open to the reader."""
    if not any(line.event.type in OF_REMARKS for line in lines):
        return lines
    sides = sides_of(session, standing, case)
    return [line for line in lines if line.event.type not in OF_REMARKS or line.event.fields["side"] in sides]


def _begins(said: str, name: str) -> bool:
    return said.startswith(name) and not said[len(name) : len(name) + 1].isalnum()


def _deciding_units(case: Case) -> set[int]:
    return {unit for unit in (case.organiser_id, case.district_id, case.province_id) if unit is not None}


def _concerned(session: Session, case: Case) -> set[int]:
    """Ids of the people a case is about or who registered it themselves."""
    concerned = {case.registrant_id} if case.registrant_id is not None else set()
    query = (
        select(Nominee.person_id)
        .join(Nomination, Nomination.nominee_id == Nominee.id)
        .where(Nomination.case_id == case.id, Nominee.person_id.is_not(None))
    )
    return concerned | {found for found in session.scalars(query) if found is not None}


def _held_on(day: dt.date) -> tuple[ColumnElement[bool], ...]:
    return RoleHolding.from_date <= day, or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day)


def _row(row: Remark, reader: int, names: Mapping[int, str]) -> RemarkRow:
    return RemarkRow(
        public_id=row.public_id,
        side=row.side,
        author=row.author.name,
        own=row.author_id == reader,
        text=row.text,
        mentioned=tuple(names[each] for each in row.mentioned if each in names),
        written_at=row.written_at,
        withdrawn_at=row.withdrawn_at,
    )
