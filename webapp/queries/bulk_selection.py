"""A selection of tasks before an act on all of them: what would be done, what would be passed over, and why."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import BulkAct, BulkItem, Case, Person, RoleHolding, Task, UnitSuccession
from webapp.queries.bulk_warnings import entered_by, warnings_of
from webapp.queries.completeness import ASKED, missing_papers
from webapp.queries.conflicts_of_delegates import conflicts_of
from webapp.queries.deployments import drawing, form_schema, load_deployment
from webapp.queries.inbox import Wanted, first_ids, list_order, narrowed
from webapp.queries.lending import Lent
from webapp.queries.points_to_note import Point
from webapp.queries.standing import Standing, acts_by, may_act, visible
from workflows import bulk
from workflows.forms import Schema
from workflows.record import digest

MOST = 500
"""Tasks one act may be for."""


@dataclass(frozen=True)
class Kind:
    """What the tasks of one kind are asked: the name, and the decisions for many, with their titles."""

    name: str
    schema: Schema
    decisions: Mapping[str, str]

    @property
    def has_others(self) -> bool:
        """Whether the form has decisions beside those for many."""
        return bulk.titles(self.schema).keys() > self.decisions.keys()

    def asked(self, decision: str) -> Schema:
        return bulk.asked_once(self.schema, decision)


@dataclass(frozen=True)
class Line:
    """One task of a selection. ``passed``: why it is passed over, as a code; ``mark`` changes when it does.

    ``acts_for``: the name of whose delegation the reader would act by, empty in their own right. ``warnings`` are what
    is to be looked at before a decision.
    """

    task: Task
    mark: str
    acts_for: str = ""
    passed: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Selection:
    """The tasks of a selection that the reader may know of. ``kind`` is none where they are of several kinds.

    ``own``: how many of the doable are to be decided by who entered them.
    """

    lines: tuple[Line, ...]
    kind: Kind | None
    unknown: int = 0
    own: int = 0

    @property
    def doable(self) -> list[Line]:
        return [line for line in self.lines if not line.passed]

    @property
    def warned(self) -> list[Line]:
        """Those of the doable with something to be looked at."""
        return [line for line in self.doable if line.warnings]

    @property
    def clear(self) -> list[Line]:
        """Those of the doable with nothing to be looked at."""
        return [line for line in self.doable if not line.warnings]

    @property
    def passed(self) -> list[Line]:
        return [line for line in self.lines if line.passed]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Kinds of task in it: process.element and name."""
        return list(
            {f"{line.task.process}.{line.task.element}": line.task.name for line in self.lines}.items()
        )


def listed_ids(session: Session, standing: Standing, wanted: Wanted, now: dt.datetime) -> list[str]:
    """The tasks of a whole list, the first MOST of it."""
    first = first_ids(standing, wanted.tab, narrowed(wanted, now), MOST).subquery()
    found = select(Task.public_id).join(first, first.c.id == Task.id)
    return list(session.scalars(found.order_by(*list_order(wanted.tab))))


def selection(
    session: Session, standing: Standing, ids: Collection[str], act: str, decision: str, day: dt.date
) -> Selection:
    """The tasks with these public ids as an act on all of them would find them on a day.

    A fixed number of statements; where a decision is asked for, for each campaign.
    """
    tasks = selected(session, standing, ids)
    marks, busy = marks_of(session, standing, tasks)
    kinds = {(task.process, task.element) for task in tasks}
    kind = kind_of(session, tasks) if len(kinds) == 1 else None
    deciding = act == "decide" and kind is not None
    lacking = _lacking(session, tasks, kind, decision) if deciding else {}
    warnings = warnings_of(session, tasks, day) if deciding else {}
    open_ones = [task for task in tasks if task.status == "open" and may_act(standing, task)]
    barred = conflicts_of(session, standing, open_ones)
    lines = []
    for task in tasks:
        lent = acts_by(standing, task)
        passed, facts = why_not(standing, task, busy)
        if not passed and lent and act == "assign":
            passed, facts = "lent", {"name": lent.name}
        if not passed and task.id in barred:
            passed, facts = "conflict", {"reason": barred[task.id]}
        if not passed and lacking.get(task.case.code):
            passed, facts = "papers", {"papers": lacking[task.case.code]}
        warned = warnings.get(task.case_id, ())
        lines.append(Line(task, marks[task.public_id], lent.name if lent else "", passed, facts, warned))
    doable = [line.task for line in lines if not line.passed]
    own = entered_by(session, standing, doable) if deciding else 0
    return Selection(tuple(lines), kind, len(set(ids)) - len(tasks), own)


def selected(session: Session, standing: Standing, ids: Collection[str]) -> list[Task]:
    """Those of the tasks the person may know of, in the order of lists, with what lines show of them."""
    query = (
        select(Task)
        .join(Case, Case.id == Task.case_id)
        .where(Task.public_id.in_(list(ids)[:MOST]), visible(standing))
        .order_by(Task.due.asc().nulls_last(), Task.id)
        .options(
            joinedload(Task.case).joinedload(Case.unit), joinedload(Task.holder), joinedload(Task.closed_by)
        )
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def marks_of(session: Session, standing: Standing, tasks: Sequence[Task]) -> tuple[dict[str, str], set[int]]:
    """What was seen of each task, as a short digest by public id; and the row ids of those an act waits for.

    By whose delegation it would be done is part of that.
    """
    rows = session.scalars(
        select(BulkItem.task_id)
        .join(BulkAct, BulkAct.id == BulkItem.bulk_id)
        .where(
            BulkItem.task_id.in_([task.id for task in tasks]),
            BulkItem.state == "waiting",
            BulkAct.state == "running",
        )
    )
    busy = set(rows)
    return {task.public_id: _mark(task, task.id in busy, acts_by(standing, task)) for task in tasks}, busy


def _mark(task: Task, busy: bool, lent: Lent | None) -> str:
    by = lent.delegation_id if lent else None
    seen = [task.public_id, task.status, task.round, task.holder_id, task.case.state, busy, by]
    return digest(seen)[:16]


def why_not(standing: Standing, task: Task, busy: Collection[int]) -> tuple[str, Mapping[str, Any]]:
    """Why nothing can be done with a task now: a code and what its sentence names; empty when something can."""
    if task.status != "open":
        by = task.closed_by
        own = by is not None and by.id == standing.person_id
        return "done", {"by": by.name if by else None, "at": task.closed_at, "own": own}
    if not may_act(standing, task):
        return "not_yours", {}
    if task.holder_id not in (None, standing.person_id) and acts_by(standing, task) is None:
        return "held", {"name": task.holder.name if task.holder else ""}
    if task.case.state != "active":
        return task.case.state, {}
    return ("busy", {}) if task.id in busy else ("", {})


def kind_of(session: Session, tasks: Sequence[Task]) -> Kind:
    """What tasks of one kind are asked; of several deployments the decisions that all of them offer for many."""
    digests = list(dict.fromkeys(task.case.deployment_digest for task in tasks))
    offers = [kind_in(session, each, tasks[0].process, tasks[0].element) for each in digests]
    shared = set(offers[-1].decisions).intersection(*(each.decisions for each in offers))
    decisions = {value: title for value, title in offers[-1].decisions.items() if value in shared}
    return Kind(tasks[0].name, offers[-1].schema, decisions)


def kind_in(session: Session, deployed: str, process: str, element: str) -> Kind:
    """What a task of a deployment is asked."""
    deployment = load_deployment(session, deployed)
    schema = form_schema(deployment, process, element)
    properties = drawing(deployment).processes[process].elements[element].properties
    known = bulk.titles(schema)
    offered = {value: known[value] for value in bulk.offered_decisions(properties) if value in known}
    return Kind("", schema, offered)


def _lacking(
    session: Session, tasks: Sequence[Task], kind: Kind | None, decision: str
) -> Mapping[str, list[str]]:
    """By case the required papers it lacks, where a decision asks for no reason: it says that all is in order."""
    if not tasks or kind is None or not decision or tasks[0].element not in ASKED:
        return {}
    if bulk.needed(kind.schema, decision):
        return {}
    return missing_papers(session, [task.case.code for task in tasks], ASKED[tasks[0].element])


def colleagues(session: Session, tasks: Sequence[Task], own: int, day: dt.date) -> list[Person]:
    """Who holds the role of each of the tasks in its unit today, beside oneself; nobody for one person's tasks.

    Of a unit that is no more: in the one where its work went. Two statements.
    """
    places = {(task.role, task.unit_id) for task in tasks}
    if not places or any(task.person_id for task in tasks):
        return []
    units = {task.unit_id for task in tasks if task.unit_id is not None}
    before = defaultdict[int, set[int]](set)
    pairs = select(UnitSuccession.successor_id, UnitSuccession.predecessor_id)
    for successor, predecessor in session.execute(pairs.where(UnitSuccession.predecessor_id.in_(units))):
        before[successor].add(predecessor)
    rows = session.execute(
        select(RoleHolding, Person)
        .join(Person, Person.id == RoleHolding.person_id)
        .where(
            RoleHolding.unit_id.in_({*units, *before}),
            RoleHolding.role.in_([role for role, _unit in places]),
            Person.id != own,
            Person.active,
        )
        .order_by(Person.sort_key)
    ).all()
    held: dict[Person, set[tuple[str, int | None]]] = {}
    for holding, person in rows:
        if holding.holds_on(day):
            of = {holding.unit_id, *before[holding.unit_id]}
            held.setdefault(person, set()).update((holding.role, unit) for unit in of)
    return [person for person, found in held.items() if places <= found]
