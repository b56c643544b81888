"""A case with all its page shows: where it stands, who has what to do, forms, papers, history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from webapp.models import Campaign, Case, Person, Task, Unit
from webapp.queries.entries import Entry, case_entries
from webapp.queries.form_texts import texts_for
from webapp.queries.history import Line
from webapp.queries.nomination_choices import Choice
from webapp.queries.papers import PaperRow, case_papers
from webapp.queries.rule_names import RuleNames, rule_names
from webapp.queries.sealed_entries import history_for
from webapp.queries.seats import summoned_to
from webapp.queries.standing import Standing, actable, visible


@dataclass(frozen=True)
class TaskRow:
    """A task of a case, open or past. ``mine``: the reader may act on it. ``holder_key`` is the holder's public id.

    ``items`` are those of the multi-instances around it by their name (``unit``, ``milestone``).
    """

    public_id: str
    process: str
    element: str
    name: str
    role: str
    unit: str
    holder: str | None
    status: str
    opened_at: dt.datetime
    due: dt.datetime | None
    closed_at: dt.datetime | None
    closed_by: str | None
    items: Mapping[str, Any]
    mine: bool
    holder_key: str | None


@dataclass(frozen=True)
class CasePage:
    """A case for one reader. Tasks, entries, papers and history are in the order in which they came to be."""

    case: Case
    campaign_code: str | None
    campaign: str | None
    tasks: tuple[TaskRow, ...]
    entries: tuple[Entry, ...]
    texts: Mapping[str, list[Choice]]
    papers: tuple[PaperRow, ...]
    history: tuple[Line, ...]
    names: RuleNames

    @property
    def open_tasks(self) -> tuple[TaskRow, ...]:
        return tuple(task for task in self.tasks if task.status == "open")

    @property
    def current(self) -> TaskRow | None:
        """The open task that is due first."""
        latest = dt.datetime.max.replace(tzinfo=dt.UTC)
        return min(self.open_tasks, key=lambda task: task.due or latest, default=None)


def case_page(session: Session, standing: Standing, code: str, *processes: str) -> CasePage | None:
    """The page of a case of one of the processes; None when there is none or the person may not know of it."""
    case = session.scalar(
        select(Case)
        .where(Case.code == code, Case.process.in_(processes), known_case(standing, *processes))
        .options(joinedload(Case.unit), joinedload(Case.organiser), joinedload(Case.registrant))
    )
    if case is None:
        return None
    entries = case_entries(session, case, standing)
    campaign = session.execute(
        select(Campaign.code, Campaign.title).where(Campaign.id == case.campaign_id)
    ).first()
    return CasePage(
        case=case,
        campaign_code=campaign.code if campaign else None,
        campaign=campaign.title if campaign else None,
        tasks=case_tasks(session, standing, case.id),
        entries=entries,
        texts=texts_for(session, case, ((entry.schema, entry.data) for entry in entries)),
        papers=case_papers(session, case.id, standing),
        history=history_for(session, standing, case),
        names=rule_names(session),
    )


def known_case(standing: Standing, *processes: str) -> ColumnElement[bool]:
    """Condition on Case: a seat is enough to see the session one is summoned to, before there is a task in it."""
    return or_(visible(standing), summoned_to(standing)) if "council_vote" in processes else visible(standing)


def case_tasks(session: Session, standing: Standing, case_id: int) -> tuple[TaskRow, ...]:
    """All tasks of a case, in one statement."""
    closer = aliased(Person)
    query: Select[*tuple[Any, ...]] = (
        select(
            Task.public_id,
            Task.process,
            Task.element,
            Task.name,
            Task.role,
            Unit.name,
            Person.name,
            Task.status,
            Task.opened_at,
            Task.due,
            Task.closed_at,
            closer.name,
            Task.items,
            func.coalesce(actable(standing), false()),  # a comparison with no person is neither
            Person.public_id,
        )
        .outerjoin(Unit, Unit.id == Task.unit_id)
        .outerjoin(Person, Person.id == Task.holder_id)
        .outerjoin(closer, closer.id == Task.closed_by_id)
        .where(Task.case_id == case_id)
        .order_by(Task.id)
    )
    return tuple(TaskRow(*row) for row in session.execute(query))
