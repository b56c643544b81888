"""Random samples of cases: what is drawn from, and the draws on record."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import Recorded
from webapp.models import Campaign, Case
from webapp.queries.audit import CaseRow, case_rows
from webapp.queries.history import Line, described
from webapp.queries.standing import Standing, visible
from workflows.sampling import digest_of, drawn

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


def sample_of(session: Session, standing: Standing, seed: str) -> Sample | None:
    """A draw by its seed, drawn again; None when there is none on record."""
    found = next((line for line in draws(session) if line.event.fields["seed"] == seed), None)
    if found is None:
        return None
    codes = _codes(session, standing, found.event)
    rows = case_rows(session, drawn(codes, seed, found.event.fields["size"]))
    return Sample(found, rows, len(codes), digest_of(codes) == found.event.fields["digest"])


def _codes(session: Session, standing: Standing, event: Recorded) -> list[str]:
    asked = event.fields
    return drawn_from(session, standing, asked["process"], asked["campaign"], asked["last"])
