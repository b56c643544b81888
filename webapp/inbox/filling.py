"""A posted form: its files are stored first, then it is kept as a draft or completed. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import request

from webapp.i18n import language
from webapp.operations import tasks
from webapp.operations.papers import LIMIT, PaperRefused, Upload, add_paper
from webapp.operations.refusals import InvalidForm
from webapp.operations.tasks import Completed
from webapp.queries.task_page import TaskForm
from webapp.ui import form_data
from webapp.ui.acting import actor_and_now
from webapp.ui.formats import zone
from workflows.form_places import pointer
from workflows.forms import Fault, Schema

COMPLETE, COMPLETE_NEXT, DRAFT, SKIP = "complete", "complete_next", "draft", "skip"


@dataclass(frozen=True)
class Filled:
    """What came of a posted form; not completed and without faults, it lies as a draft."""

    data: Mapping[str, Any]
    faults: Sequence[Fault] = ()
    completed: Completed | None = None
    act: str = DRAFT
    place: str = ""


def typed(schema: Schema) -> form_data.Submission:
    """What was typed into the form of this request."""
    return form_data.read(schema, request.form, request.files, language(), zone())


def fill(form: TaskForm) -> Filled:
    """Do what the pressed button says with the form of a task. Raises the refusals of the operations."""
    actor, now = actor_and_now()
    task_id = form.task_id
    submission = typed(form.schema)
    faults = store_files(submission, lambda upload: add_paper(task_id, upload, actor=actor, now=now))
    act = DRAFT if submission.editing else request.form.get("act", DRAFT)
    if not faults and act in (COMPLETE, COMPLETE_NEXT):
        try:
            done = tasks.complete_task(task_id, submission.data, actor=actor, now=now)
        except InvalidForm as refusal:
            faults = list(refusal.faults)
        else:
            return Filled(submission.data, completed=done, act=act)
    tasks.save_draft(task_id, submission.data, actor=actor, now=now)
    return Filled(submission.data, faults, act=act, place=_edited())


def store_files(submission: form_data.Submission, take: Callable[[Upload], str]) -> list[Fault]:
    """Store what was chosen, whatever else is wrong with the form; faults of files that were not taken.

    ``take`` keeps a file and returns its id; it may raise PaperRefused.
    """
    faults = []
    for each in submission.uploads:
        file = each.file
        upload = Upload(file.filename or "", cast(Any, file.stream), each.paper_type or "other")
        try:
            submission.attach(each, take(upload))
        except PaperRefused as refusal:
            faults.append(Fault(pointer(each.place), f"paper_{refusal.code}", {"limit": LIMIT}))
    return faults


def _edited() -> str:
    """The field whose rows or papers were edited, as an anchor."""
    pressed = request.form.get(form_data.ADD) or request.form.get(form_data.REMOVE, "")
    name = pressed.partition(":")[0]
    return f"f-{name}" if name else ""
