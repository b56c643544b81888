"""``/api/v1/tasks``: list, read, take, give back, complete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapp.api import task_shapes as shapes
from webapp.api.description import Part
from webapp.api.papers import FILE, taken_in
from webapp.api.shapes import FormData, KeyHeader, paged
from webapp.extensions import db
from webapp.operations import tasks
from webapp.operations.idempotency import once
from webapp.operations.papers import Upload, add_paper
from webapp.operations.refusals import NotFound
from webapp.operations.transaction import Transaction
from webapp.queries import inbox
from webapp.queries.ballots import is_ballot
from webapp.queries.inbox_counts import task_counts
from webapp.queries.task_page import TaskPage, task_form, task_page
from webapp.ui.access import signed_in, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.choice_texts import spoken
from webapp.ui.guesses import limit_guesses
from workflows.forms import with_choices, without_secrets

part = Part("tasks", "/tasks", "Tasks of the person the token belongs to.")


@part.get("")
@signed_in
@part.arguments(shapes.TaskFilter, location="query")
@part.response(200, shapes.TaskList)
def list_tasks(wanted: dict[str, Any]) -> dict[str, Any]:
    """Tasks: mine, common (to be taken), or done by me; those due first stand first."""
    page = wanted.pop("page")
    _actor, now = actor_and_now()
    asked = inbox.Wanted(**wanted)
    counts = task_counts(db.session(), standing(), asked, now.at)
    rows = inbox.task_rows(db.session(), standing(), asked, now.at, page)
    return paged(rows, counts.listed, page, inbox.PAGE_SIZE)


@part.get("/<task_id>")
@signed_in
@part.response(200, shapes.TaskShape)
def show_task(task_id: str) -> dict[str, Any]:
    """A task with its form (JSON Schema, choices filled in) and its data."""
    found = task_page(db.session(), standing(), task_id)
    if found is None:
        raise NotFound
    task = found.task
    own = {name: getattr(task, name) for name in ("name", "process", "element", "round", "role", "unit")}
    times = {name: getattr(task, name) for name in ("opened_at", "due", "closed_at")}
    return {
        **own,
        **times,
        "id": task.public_id,
        "instance": task.code,
        "holder": task.holder,
        "state": found.state,
        "decision": task.decision,
        "schema": with_choices(found.schema, spoken(found.choices)) if found.choices else found.schema,
        "data": _data(found),
    }


@part.post("/<task_id>/take")
@signed_in
@part.response(204)
def take_task(task_id: str) -> None:
    """Take a task from the common list."""
    actor, now = actor_and_now()
    tasks.take_task(task_id, actor=actor, now=now)


@part.post("/<task_id>/give-back")
@signed_in
@part.response(204)
def give_back_task(task_id: str) -> None:
    """Put a task back on the common list."""
    actor, now = actor_and_now()
    tasks.give_back_task(task_id, actor=actor, now=now)


@part.post("/<task_id>/complete")
@signed_in
@limit_guesses
@part.arguments(KeyHeader, location="headers")
@part.arguments(FormData)
@part.response(200, shapes.Done)
def complete_task(headers: dict[str, str], data: dict[str, Any], task_id: str) -> Mapping[str, Any]:
    """Complete a task with the data of its form; repeated under its Idempotency-Key, the answer is the first one.

    A ballot is cast once without a key, and nothing is noted of it: not even a digest of what was sent.
    """
    actor, now = actor_and_now()

    def act(transaction: Transaction) -> Mapping[str, Any]:
        task = tasks.actable_task(transaction, task_id)
        return _done(tasks.complete_in(transaction, task, data, ready=ready))

    if not headers["key"] or is_ballot(db.session(), task_id):
        return _done(tasks.complete_task(task_id, data, actor=actor, now=now))
    ready = tasks.readied(task_id, data, actor=actor, now=now)
    form = task_form(db.session(), standing(), task_id)
    asked = {"task": task_id, "data": without_secrets(form.schema, data) if form else {}}
    return once(headers["key"], asked, act, actor=actor, now=now)


@part.post("/<task_id>/papers")
@signed_in
@part.doc(requestBody={"required": True, "content": {"multipart/form-data": {"schema": FILE}}})
@part.arguments(shapes.PaperUpload, location="query")
@part.response(201, shapes.PaperShape)
def add_paper_to_task(wanted: dict[str, str], task_id: str) -> dict[str, str]:
    """Upload a paper (multipart field ``file``) and get the id to name it by on the form of the task."""

    def take(upload: Upload) -> str:
        actor, now = actor_and_now()
        return add_paper(task_id, upload, actor=actor, now=now)

    return taken_in(wanted["kind"], take)


def _done(completed: tasks.Completed) -> dict[str, Any]:
    done = {"task": completed.task, "instance": completed.case, "outcome": completed.outcome}
    return done | {"tracker": completed.told.get("tracker")}


def _data(page: TaskPage) -> Mapping[str, Any] | None:
    """What was sent when the task is done, else the reader's own draft."""
    sent = (entry.data for entry in page.entries if entry.task_id == page.task.public_id)
    return next(sent, page.draft)
