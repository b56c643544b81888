"""Random samples of cases: what is drawn from, and the draws on record."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import Recorded
from webapp.models import Campaign, Case, Person
from webapp.queries.audit import CaseRow, case_rows
from webapp.queries.history import Line, described
from webapp.queries.standing import Standing, standing_of, visible
from workflows.sampling import digest_of, drawn
from workflows.values import local_day

STREAM = "inspection"
"""What auditors do, in the log."""


@dataclass(frozen=True)
class Sample:
    """A draw on record as its reader draws it again. ``same``: from the same cases, so that it gives the same ones."""

    line: Line
    rows: tuple[CaseRow, ...]
    of: int
    same: bool


def drawn_from(
    session: Session, standing: Standing, process: str, campaign: str, last: str | None = None
) -> list[str]:
    """Codes of the cases somebody may see, as they were opened, up to the ``last``; one statement."""
    query = select(Case.code).where(visible(standing)).order_by(Case.id)
    if process:
        query = query.where(Case.process == process)
    if campaign:
        query = query.where(
            Case.campaign_id == select(Campaign.id).where(Campaign.code == campaign).scalar_subquery()
        )
    if last is not None:
        query = query.where(Case.id <= select(Case.id).where(Case.code == last).scalar_subquery())
    return list(session.scalars(query))


def draws(session: Session) -> list[Line]:
    """The draws on record, the newest first."""
    events = [event for event in eventlog.read_stream(session, STREAM) if event.type == "sample_drawn"]
    return described(session, events[::-1])


@dataclass(frozen=True)
class Draw:
    """A draw on record, drawn again: the codes ``drawn`` of those drawn ``of``. ``same``: of the same ones as then."""

    line: Line
    of: tuple[str, ...]
    drawn: tuple[str, ...]
    same: bool


def draw_of(session: Session, standing: Standing | None, seed: str) -> Draw | None:
    """A draw by its seed, drawn again for a reader (None: for whoever drew it); None when there is none on record."""
    found = next((line for line in draws(session) if line.event.fields["seed"] == seed), None)
    if found is None:
        return None
    asked = found.event.fields
    reader = standing or _drawer(session, found.event)
    codes = drawn_from(session, reader, asked["process"], asked["campaign"], asked["last"])
    return Draw(
        found,
        tuple(sorted(codes)),
        tuple(drawn(codes, seed, asked["size"])),
        digest_of(codes) == asked["digest"],
    )


def sample_of(session: Session, standing: Standing, seed: str) -> Sample | None:
    """A draw by its seed, drawn again, with what its cases are; None when there is none on record."""
    draw = draw_of(session, standing, seed)
    return (
        None if draw is None else Sample(draw.line, case_rows(session, draw.drawn), len(draw.of), draw.same)
    )


def _drawer(session: Session, event: Recorded) -> Standing:
    """What whoever drew held on that day."""
    person = session.scalars(select(Person).where(Person.public_id == event.actor)).one()
    return standing_of(session, person, local_day(event.at))
