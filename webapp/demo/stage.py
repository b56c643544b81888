"""The demo's stage: business time that passes, and people who act in it by the operations the pages call."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, select

from webapp.clock import wall
from webapp.demo.draughtsman import KINDS, Draughtsman
from webapp.demo.paintings import Painting
from webapp.demo.sheets import Finished, Sheet
from webapp.extensions import db
from webapp.jobs import run
from webapp.models import Case, Person, Task, Unit
from webapp.operations import (
    cluster_scoring,
    interventions,
    papers,
    questions,
    starts,
    suspensions,
    tasks,
)
from webapp.operations.acting import SYSTEM, Actor, Now
from webapp.operations.award_history import import_awards
from webapp.operations.refusals import InvalidForm
from webapp.operations.suspensions import Order
from webapp.operations.transaction import on_promise
from webapp.queries.award_history import NewRecord
from webapp.queries.due import next_due
from workflows.values import local_day

A_MOMENT = dt.timedelta(seconds=1)

Form = Mapping[str, Any]
T = TypeVar("T")

NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
_STANDING = select(Case.state, Case.stage).where(Case.code == bindparam("case"))


class Stage:
    """Where the demo is played; ``at`` is the business instant, which only goes forward."""

    def __init__(self, at: dt.datetime, password: str) -> None:
        self.at = at
        self.draughtsman: Draughtsman | None = None
        self.acts = 0
        self.signature = {"method": "password", "password": password}
        self._actors: dict[str, Actor] = {}
        self._promised = False
        self._due: dt.datetime | None = None
        on_promise(self._hear)

    def now(self) -> Now:
        """This instant of the play, at the instant it really is."""
        return Now(self.at, wall())

    def go(self, to: dt.datetime) -> None:
        """Let time pass; whatever falls due on the way happens at its own instant."""
        while self._next_due() < to:
            self.at = self._next_due() + A_MOMENT
            self._settle()
        new_day = local_day(to) > local_day(self.at)
        self.at = max(self.at, to)
        if self._promised or new_day:
            self._settle()  # what was held may be welcome by now

    def _next_due(self) -> dt.datetime:
        """When something falls due next; looked up anew after somebody has acted."""
        if self._due is None:
            self._due = next_due(db.session(), self.at) or NEVER
        return self._due

    def start(self, who: str, process: str, campaign: str, form: Form) -> str:
        """Open a case; returns its code."""
        try:
            code = starts.start_case(process, campaign, form, actor=self.actor(who), now=self.now())
        except InvalidForm as refusal:
            raise _explained(f"start {process}", who, form, refusal) from refusal
        self._acted()
        return code

    def open_scoring(self, who: str, cluster: str, year: int, form: Form) -> str:
        """Open the scoring of a year of a cluster; returns the code of its case."""
        code = cluster_scoring.open_scoring(cluster, year, form, actor=self.actor(who), now=self.now())
        self._acted()
        return code

    def do(self, who: str, element: str, case: str, form: Form, unit: str | None = None) -> None:
        """Complete an open task of a case: the one of ``unit`` where several units have one."""
        self.complete(who, self.open_task(element, case, unit=unit), form)

    def complete(self, who: str, task: str, form: Form) -> None:
        """Complete a task; sheets on the form are handed in as papers first."""
        data = self._handed_in(who, task, form)
        try:
            tasks.complete_task(task, data, actor=self.actor(who), now=self.now())
        except InvalidForm as refusal:
            raise _explained(task, who, form, refusal) from refusal
        self._acted()

    def take(self, who: str, element: str, case: str) -> None:
        """Take a task from the common list."""
        tasks.take_task(self.open_task(element, case), actor=self.actor(who), now=self.now())

    def draft(self, who: str, element: str, case: str, form: Form) -> None:
        """Save a form that is not finished; a task in hand becomes the person's own."""
        task = self.open_task(element, case)
        data = self._handed_in(who, task, form)
        tasks.save_draft(task, data, actor=self.actor(who), now=self.now())

    def act(self, who: str, operation: Callable[..., T], *what: Any) -> T:
        """Let somebody do what is no task; returns what the operation does."""
        done = operation(*what, actor=self.actor(who), now=self.now())
        self._acted()
        return done

    def stop(self, who: str, case: str, reason: str) -> None:
        """Withdraw, end early or cancel a case."""
        interventions.stop_case(case, reason, actor=self.actor(who), now=self.now())
        self._acted()

    def freeze(self, who: str, case: str, reason: str, order: Mapping[str, str]) -> None:
        """Suspend a nomination by an order."""
        told = Order(
            order["kind"],
            order["ordered_by"],
            order["paper_number"],
            paper_date=dt.date.fromisoformat(order["paper_date"]),
            review_by=dt.date.fromisoformat(order["review_by"]),
            reason=reason,
        )
        suspensions.suspend(case, told, actor=self.actor(who), now=self.now())
        self._acted()

    def take_over(self, who: str, unit: str, file: str, records: Sequence[NewRecord]) -> None:
        """Take over a list of past awards."""
        sha256 = hashlib.sha256(repr(records).encode()).hexdigest()
        import_awards(unit, file, sha256, records, actor=self.actor(who), now=self.now())
        self._acted()

    def resume(self, who: str, case: str, reason: str) -> None:
        """Let a frozen case go on."""
        interventions.resume_case(case, reason, actor=self.actor(who), now=self.now())
        self._acted()

    def ask(self, who: str, session: str, nomination: str, text: str) -> str:
        """Ask a question before a session; returns its id."""
        key = f"{nomination}/{text}"
        asked = questions.ask_question(session, text, key, nomination, actor=self.actor(who), now=self.now())
        self._acted()
        return asked

    def answer(self, who: str, session: str, question: str, text: str) -> None:
        """Answer a question."""
        questions.answer_question(session, question, text, actor=self.actor(who), now=self.now())
        self._acted()

    def open_task(
        self, element: str, case: str, *, unit: str | None = None, person: str | None = None
    ) -> str:
        """Public id of an open task. Raises LookupError naming what is open instead."""
        found = db.session.scalar(_tasks(case, element, unit, person))
        if found is None:
            there = list(db.session.scalars(_tasks(case).with_only_columns(Task.element)))
            raise LookupError(f"{case} at {self.at}: no open {element} {unit or person or ''}, but {there}")
        return found

    def task_about(self, element: str, case: str, unit: str) -> str:
        """Public id of the open task that the organiser has about one unit."""
        query = _tasks(case, element).with_only_columns(Task.public_id, Task.items)
        return next(public_id for public_id, items in db.session.execute(query) if items["unit"] == unit)

    def is_open(self, element: str, case: str, unit: str | None = None) -> bool:
        """Whether a task of a case is open, and can be acted on."""
        return db.session.scalar(_tasks(case, element, unit).where(Case.state == "active")) is not None

    def stage_of(self, case: str) -> str:
        """Where a case stands: its stage, or ``ended`` or ``frozen``."""
        state, stage = db.session.execute(_STANDING, {"case": case}).one()
        return stage or "" if state == "active" else str(state)

    def actor(self, who: str) -> Actor:
        """The person of a user name."""
        if who == SYSTEM.public_id:
            return SYSTEM
        if who not in self._actors:
            person = db.session.execute(select(Person).where(Person.username == who)).scalar_one()
            self._actors[who] = Actor.of(person)
        return self._actors[who]

    def _handed_in(self, who: str, task: str, value: Any) -> Any:
        if isinstance(value, Sheet | Painting | Finished):
            upload = papers.Upload(value.filename, io.BytesIO(value.content()), value.kind)
            return papers.add_paper(task, upload, actor=self.actor(who), now=self.now())
        if isinstance(value, Mapping):
            return {name: self._handed_in(who, task, part) for name, part in value.items()}
        if isinstance(value, list):
            return [self._handed_in(who, task, part) for part in value]
        return value

    def see_papers_drawn(self) -> None:
        """Wait for what was promised so far: in a quiet month the next act lies days on, and papers bear their day."""
        run.settle(self.now)

    def _acted(self) -> None:
        self.acts += 1
        self._due = None
        if self._promised:
            self._settle()

    def _settle(self) -> None:
        self._promised = False
        if self.draughtsman is None:
            run.settle(self.now)
        else:
            self.draughtsman.tell(self.at)
            run.settle(self.now, without=KINDS)
        self._due = None

    def _hear(self) -> None:
        self._promised = True


def _tasks(case: str, element: str = "", unit: str | None = None, person: str | None = None) -> Select[str]:
    query = (
        select(Task.public_id)
        .join(Case, Case.id == Task.case_id)
        .where(Case.code == case, Task.status == "open")
        .order_by(Task.id)
    )
    if element:
        query = query.where(Task.element == element)
    if unit is not None:
        query = query.join(Unit, Unit.id == Task.unit_id).where(Unit.code == unit)
    if person is not None:
        query = query.join(Person, Person.id == Task.person_id).where(Person.username == person)
    return query


def _explained(what: str, who: str, form: Form, refusal: InvalidForm) -> ValueError:
    """A form of the script that the procedure refuses: a fault of the script or of the procedure."""
    return ValueError(f"{who}: {what}: {refusal.faults} in {form}")
