"""What an auditor, or a member of an inspection, may look at: events of the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp import eventlog
from webapp.models import Case, Inspection, Person, RoleHolding, Unit
from webapp.queries.audit import PAGE_SIZE, named
from webapp.queries.history import Line, described
from webapp.queries.inspecting import below
from webapp.queries.inspections import known_inspection
from webapp.queries.standing import Standing, visible

CASES, ACCESS, PEOPLE, INSPECTIONS = "case/", "access/", "person/", "inspection/"


@dataclass(frozen=True)
class WantedEvents:
    """Which events: type, the name of who acted, a case's code or the beginning of a stream; empty: all."""

    type: str = ""
    person: str = ""
    stream: str = ""
    before: int | None = None


@dataclass(frozen=True)
class EventList:
    """Some events, the newest first; ``older`` is where to page on from, None at the end."""

    lines: tuple[Line, ...]
    older: int | None


def list_events(session: Session, standing: Standing, wanted: WantedEvents) -> EventList:
    """Events of all streams that concern the units audited; a fixed number of statements."""
    narrow = eventlog.Narrowing(
        lambda stream, actor: _concerns(standing, stream, actor),
        stream=_stream(wanted.stream),
        type=wanted.type,
        actors=named(wanted.person) if wanted.person else None,
    )
    events = eventlog.read_latest(session, narrow, limit=PAGE_SIZE + 1, before=wanted.before)
    shown = events[:PAGE_SIZE]
    return EventList(tuple(described(session, shown)), shown[-1].id if len(events) > PAGE_SIZE else None)


def case_code_of(stream: str) -> str:
    """The code of the case a stream belongs to; empty for other streams."""
    return stream.removeprefix(CASES) if stream.startswith(CASES) else ""


def _stream(text: str) -> str:
    """What people type: a case's code as it stands on papers, or a stream as it is called in the log."""
    text = text.strip()
    return CASES + text.upper() if text[:1].isupper() and "/" not in text else text


def _concerns(
    standing: Standing, stream: InstrumentedAttribute[str], actor: InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """Cases by the one rule of scope; acts of and on people unless they work elsewhere; the office's own streams.

    Of inspections those that have a page for the reader.
    """
    starts = (CASES, ACCESS, PEOPLE, INSPECTIONS)
    of_case, of_access, of_person, of_inspection = (stream.startswith(start) for start in starts)
    case = exists().where(Case.code == func.substr(stream, len(CASES) + 1), visible(standing))
    audited = [held.unit_code for held in standing.roles if held.role == "auditor"]
    inspection = exists().where(
        Inspection.code == func.substr(stream, len(INSPECTIONS) + 1), known_inspection(standing)
    )
    scope = audited + [each.unit_code for each in standing.inspections]
    return or_(
        and_(of_case, case),
        and_(of_access, ~_works_elsewhere(scope, actor)),
        and_(of_person, ~_works_elsewhere(scope, func.substr(stream, len(PEOPLE) + 1))),
        and_(of_inspection, inspection),
        and_(~of_case, ~of_access, ~of_person, ~of_inspection),
    )


def _works_elsewhere(
    audited: Sequence[str], person: ColumnElement[str] | InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """The person of this public id holds roles, and none of them in or below the units audited."""
    held = (
        exists()
        .where(Person.public_id == person, RoleHolding.person_id == Person.id, Unit.id == RoleHolding.unit_id)
        .correlate_except(Person, RoleHolding, Unit)
    )
    return and_(held, ~held.where(below(audited)))
