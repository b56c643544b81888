"""One task with all its page shows: the form, the dossier, what was entered before, the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Campaign, Case, FormDraft, FormEntry, Paper, Person, Task
from webapp.queries.choices import Choice, Context, choices_for
from webapp.queries.deployments import form_schema, load_deployment
from webapp.queries.form_texts import texts_for
from webapp.queries.history import Line, case_history
from webapp.queries.inbox import Position
from webapp.queries.standing import Standing, may_act, visible
from workflows.forms import Schema
from workflows.values import Deployment

Choices = Mapping[str, list[Choice]]


@dataclass(frozen=True)
class TaskFacts:
    """The task, its case and its campaign as plain values; names of people and units are filled in.

    ``status`` is open, done or lapsed; ``case_state`` active, frozen or ended; ``root`` the process of the case.
    """

    public_id: str
    row_id: int
    process: str
    element: str
    name: str
    round: int
    items: Mapping[str, Any]
    role: str
    unit: str
    status: str
    decision: str | None
    due: dt.datetime | None
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    closed_by: str | None
    assigned: bool
    holder_id: int | None
    holder: str | None
    code: str
    root: str
    title: str
    case_unit: str
    case_state: str
    frozen_at: dt.datetime | None
    campaign: str | None

    @property
    def position(self) -> Position:
        return Position(self.due, self.row_id)


@dataclass(frozen=True)
class PaperRow:
    """A paper of the dossier."""

    public_id: str
    kind: str
    filename: str
    media_type: str
    size: int
    created_at: dt.datetime
    by: str | None
    document: bool


@dataclass(frozen=True)
class EntryRow:
    """A form completed earlier. ``task`` is what the task was called, empty for the form that opened the case."""

    task_id: str | None
    task: str
    round: int
    form: str
    schema: Schema
    data: Mapping[str, Any]
    person: str
    at: dt.datetime


@dataclass(frozen=True)
class TaskPage:
    """A task for one reader. ``may_act``: it is one of theirs; ``choices`` are there when they may and it is open.

    ``draft`` is the reader's own; ``entries`` are the case's, the oldest first, with ``texts`` for their codes.
    """

    task: TaskFacts
    schema: Schema
    may_act: bool
    held_by_me: bool
    choices: Choices
    draft: Mapping[str, Any] | None
    papers: tuple[PaperRow, ...]
    entries: tuple[EntryRow, ...]
    texts: Choices
    history: tuple[Line, ...]


def task_page(session: Session, standing: Standing, task_id: str) -> TaskPage | None:
    """The page of a task; None when there is no such task or the person may not know of it."""
    task = session.scalar(
        select(Task)
        .join(Case, Case.id == Task.case_id)
        .where(Task.public_id == task_id, visible(standing))
        .options(
            joinedload(Task.case).joinedload(Case.unit),
            joinedload(Task.unit),
            joinedload(Task.holder),
            joinedload(Task.closed_by),
        )
    )
    if task is None:
        return None
    deployment = load_deployment(session, task.case.deployment_digest)
    schema = form_schema(deployment, task.process, task.element)
    allowed = may_act(standing, task)
    acting = allowed and task.status == "open"
    entries = _entries(session, task.case, deployment)
    return TaskPage(
        task=_facts(session, task),
        schema=schema,
        may_act=allowed,
        held_by_me=allowed and (task.holder_id or task.person_id) == standing.person_id,
        choices=choices_for(session, schema, Context(case=task.case, task=task)) if acting else {},
        draft=_draft(session, task, standing) if acting else None,
        papers=case_papers(session, task.case_id, standing.person_id),
        entries=entries,
        texts=texts_for(session, task.case, ((entry.schema, entry.data) for entry in entries)),
        history=tuple(case_history(session, task.case.code)),
    )


def case_papers(session: Session, case_id: int, reader_id: int) -> tuple[PaperRow, ...]:
    """Papers of a case that have been handed in or drawn up, and those the reader has in a draft."""
    rows = session.execute(
        select(
            Paper.public_id,
            Paper.kind,
            Paper.filename,
            Paper.media_type,
            Paper.size,
            Paper.created_at,
            Person.name,
            Paper.document_type.is_not(None),
        )
        .outerjoin(Person, Person.id == Paper.uploaded_by_id)
        .where(Paper.case_id == case_id, handed_in_or_own(reader_id))
        .order_by(Paper.id)
    )  # fmt: skip -- the columns are those of PaperRow, in its order
    return tuple(PaperRow(*row) for row in rows)


def handed_in_or_own(reader_id: int) -> Any:
    """Condition on Paper: it belongs to a completed form, or was drawn up, or lies in the reader's own draft."""
    return or_(
        Paper.form_entry_id.is_not(None),
        Paper.document_type.is_not(None),
        Paper.uploaded_by_id == reader_id,
    )


def readable_paper(session: Session, standing: Standing, paper_id: str) -> Paper | None:
    """The paper, when the person may know of its case and it is not in somebody else's draft."""
    return session.scalar(
        select(Paper).where(
            Paper.public_id == paper_id,
            handed_in_or_own(standing.person_id),
            exists().where(and_(Case.id == Paper.case_id, visible(standing))),
        )
    )


def _facts(session: Session, task: Task) -> TaskFacts:
    case = task.case
    campaign = select(Campaign.title).where(Campaign.id == case.campaign_id)
    return TaskFacts(
        public_id=task.public_id,
        row_id=task.id,
        process=task.process,
        element=task.element,
        name=task.name,
        round=task.round,
        items=task.items,
        role=task.role,
        unit=task.unit.name if task.unit else "",
        status=task.status,
        decision=task.decision,
        due=task.due,
        opened_at=task.opened_at,
        closed_at=task.closed_at,
        closed_by=task.closed_by.name if task.closed_by else None,
        assigned=task.person_id is not None,
        holder_id=task.holder_id,
        holder=task.holder.name if task.holder else None,
        code=case.code,
        root=case.process,
        title=case.title,
        case_unit=case.unit.name,
        case_state=case.state,
        frozen_at=case.frozen_at,
        campaign=session.scalar(campaign),
    )


def _draft(session: Session, task: Task, standing: Standing) -> Mapping[str, Any] | None:
    query = select(FormDraft.data).where(
        FormDraft.task_id == task.id, FormDraft.person_id == standing.person_id
    )
    data: Mapping[str, Any] | None = session.scalar(query)
    return data


def _entries(session: Session, case: Case, deployment: Deployment) -> tuple[EntryRow, ...]:
    rows = session.execute(
        select(
            Task.public_id,
            Task.name,
            Task.round,
            FormEntry.form,
            FormEntry.data,
            Person.name,
            FormEntry.submitted_at,
        )
        .outerjoin(Task, Task.id == FormEntry.task_id)
        .join(Person, Person.id == FormEntry.person_id)
        .where(FormEntry.case_id == case.id)
        .order_by(FormEntry.id)
    )
    return tuple(
        EntryRow(task_id, task or "", count or 1, form, _schema(deployment, form), data, person, at)
        for task_id, task, count, form, data, person, at in rows
    )


def _schema(deployment: Deployment, form: str) -> Schema:
    process, _, element = form.partition("/")
    return form_schema(deployment, process, element)
