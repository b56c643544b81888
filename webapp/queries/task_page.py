"""One task with all its page shows: the form, the dossier, what was entered before, the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql.base import ExecutableOption

from webapp.models import Campaign, Case, FormDraft, Task
from webapp.queries.choices import Context, choices_for
from webapp.queries.completeness import PaperLine, papers_of_task
from webapp.queries.conflicts_of_delegates import conflict_of
from webapp.queries.entries import Entry, case_entries
from webapp.queries.first_values import first_values
from webapp.queries.form_texts import texts_for
from webapp.queries.history import Line
from webapp.queries.inbox import Position
from webapp.queries.nomination_choices import Choice
from webapp.queries.papers import PaperRow, case_papers
from webapp.queries.plans import milestone_of, plan_of
from webapp.queries.related import RelatedCase, related_cases
from webapp.queries.rule_names import RuleNames, rule_names
from webapp.queries.sealed_entries import history_for
from webapp.queries.standing import Standing, acts_by, may_act, visible
from webapp.queries.supplement_limit import supplements_left
from webapp.queries.task_forms import task_schema
from webapp.queries.units import unit_names
from workflows.forms import Schema

Choices = Mapping[str, list[Choice]]
State = Literal["mine", "common", "held", "barred", "frozen", "done", "lapsed", "watching"]


@dataclass(frozen=True)
class TaskFacts:
    """The task, its case and its campaign as plain values; names of people and units are filled in.

    ``about`` is the unit that a task of a campaign's own procedure is about, where it asks about many; ``milestone``
    the review or award round that it is about.

    ``holder_key`` is the holder's public id; ``principal`` whom the holder, or whoever closed it, acts for.

    ``status`` is open, done or lapsed; ``case_state`` active, frozen or ended; ``root`` the case's process.
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
    about: str
    milestone: str
    status: str
    decision: str | None
    due: dt.datetime | None
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    closed_by: str | None
    assigned: bool
    holder_id: int | None
    holder: str | None
    holder_key: str | None
    principal: str | None
    code: str
    root: str
    title: str
    case_unit: str
    case_state: str
    frozen_at: dt.datetime | None
    campaign: str | None
    campaign_code: str | None

    @property
    def position(self) -> Position:
        return Position(self.due, self.row_id)


@dataclass(frozen=True)
class TaskForm:
    """The form of a task, and where the task stands in the order of open lists."""

    task_id: str
    name: str
    code: str
    schema: Schema
    position: Position


@dataclass(frozen=True)
class TaskPage:
    """A task for one reader. ``may_act``: it is one of theirs; ``choices`` are filled when it is open, too.

    ``draft`` is the reader's own, ``first`` what the case knows for the form; ``entries`` are the case's, oldest first,
    ``texts`` explain their codes. ``paper_list``: which papers are to be there, where the task is about that;
    ``supplements_left``: how often they may still be asked for, where that is limited. ``acts_for``: the name of whose
    delegation the reader would act by, empty in their own right; ``barred``: the conflict of interest that forbids it.
    """

    task: TaskFacts
    schema: Schema
    may_act: bool
    held_by_me: bool
    choices: Choices
    draft: Mapping[str, Any] | None
    first: Mapping[str, Any]
    related: tuple[RelatedCase, ...]
    papers: tuple[PaperRow, ...]
    names: RuleNames
    entries: tuple[Entry, ...]
    texts: Choices
    history: tuple[Line, ...]
    paper_list: tuple[PaperLine, ...] = ()
    supplements_left: int | None = None
    acts_for: str = ""
    barred: str = ""

    @property
    def state(self) -> State:
        """How the page shows the task."""
        if self.task.status != "open":
            return "done" if self.task.status == "done" else "lapsed"
        if self.task.case_state == "frozen":
            return "frozen"
        if not self.may_act:
            return "watching"
        if self.barred:
            return "barred"
        if self.held_by_me:
            return "mine"
        return "common" if self.task.holder_id is None or self.acts_for else "held"


def task_form(session: Session, standing: Standing, task_id: str) -> TaskForm | None:
    """The form of a task without choices; None when the person may not know of it."""
    task = _found(session, standing, task_id, joinedload(Task.case))
    if task is None:
        return None
    schema = task_schema(session, task)
    return TaskForm(task_id, task.name, task.case.code, schema, Position(task.due, task.id))


def task_page(session: Session, standing: Standing, task_id: str) -> TaskPage | None:
    """The page of a task; None when there is no such task or the person may not know of it."""
    task = _found(
        session,
        standing,
        task_id,
        joinedload(Task.case).joinedload(Case.unit),
        joinedload(Task.unit),
        joinedload(Task.holder),
        joinedload(Task.closed_by),
        joinedload(Task.principal),
    )
    if task is None:
        return None
    schema = task_schema(session, task)
    allowed = may_act(standing, task)
    acting = allowed and task.status == "open"
    lent = acts_by(standing, task) if acting else None
    at_hand = acting and (lent is not None or task.holder_id in (None, standing.person_id))
    entries = case_entries(session, task.case, standing)
    return TaskPage(
        task=_facts(session, task),
        schema=schema,
        may_act=allowed,
        held_by_me=allowed and (task.holder_id or task.person_id) == standing.person_id,
        choices=_choices(session, schema, task, standing) if acting else {},
        draft=_draft(session, task, standing) if acting else None,
        first=first_values(session, task) if acting else {},
        related=related_cases(session, task.case_id),
        papers=case_papers(session, task.case_id, standing),
        names=rule_names(session),
        entries=entries,
        texts=texts_for(session, task.case, ((entry.schema, entry.data) for entry in entries)),
        history=history_for(session, standing, task.case),
        paper_list=papers_of_task(session, task),
        supplements_left=supplements_left(session, task) if acting else None,
        acts_for=lent.name if lent else "",
        barred=conflict_of(session, standing, task) if at_hand else "",
    )


def _found(session: Session, standing: Standing, task_id: str, *loaded: ExecutableOption) -> Task | None:
    here = (
        select(Task).join(Case, Case.id == Task.case_id).where(Task.public_id == task_id, visible(standing))
    )
    return session.scalar(here.options(*loaded))


def _facts(session: Session, task: Task) -> TaskFacts:
    case = task.case
    campaign = session.get(Campaign, case.campaign_id or 0, options=[joinedload(Campaign.plan_version)])
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
        about=_about(session, task),
        milestone=plan_of(session, campaign).milestone_name(milestone_of(task.items)) if campaign else "",
        status=task.status,
        decision=task.decision,
        due=task.due,
        opened_at=task.opened_at,
        closed_at=task.closed_at,
        closed_by=task.closed_by.name if task.closed_by else None,
        assigned=task.person_id is not None,
        holder_id=task.holder_id,
        holder=task.holder.name if task.holder else None,
        holder_key=task.holder.public_id if task.holder else None,
        principal=task.principal.name if task.principal else None,
        code=case.code,
        root=case.process,
        title=case.title,
        case_unit=case.unit.name,
        case_state=case.state,
        frozen_at=case.frozen_at,
        campaign=campaign.title if campaign else None,
        campaign_code=campaign.code if campaign else None,
    )


def _choices(session: Session, schema: Schema, task: Task, standing: Standing) -> Choices:
    context = Context(case=task.case, task=task, person_id=standing.person_id)
    return choices_for(session, schema, context)


def _about(session: Session, task: Task) -> str:
    if task.case.process != "campaign":
        return ""
    return next(iter(unit_names(session, [task.items]).values()), "")


def _draft(session: Session, task: Task, standing: Standing) -> Mapping[str, Any] | None:
    query = select(FormDraft.data).where(
        FormDraft.task_id == task.id, FormDraft.person_id == standing.person_id
    )
    data: Mapping[str, Any] | None = session.scalar(query)
    return data
