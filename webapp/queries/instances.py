"""Instances by code, for those who may know of them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.models import Case
from webapp.queries.deployments import drawing
from webapp.queries.standing import Standing, visible
from workflows.values import Deployment


def visible_case(session: Session, standing: Standing, code: str) -> Case | None:
    """The case of a code; None when there is none or the person may not know of it."""
    found: Case | None = session.scalar(select(Case).where(Case.code == code, visible(standing)))
    return found


def case_events(session: Session, case: Case, after: int, limit: int) -> list[eventlog.Recorded]:
    """Events of a case after a number."""
    return eventlog.read_stream(session, eventlog.case_stream(case.code), after=after, limit=limit)


def drawn_processes(deployment: Deployment) -> dict[str, str]:
    """Path of the diagram of each process of a deployment."""
    return {process.id: process.path for process in drawing(deployment).processes.values()}
