"""The form that sets the deadline of a task to another day, and how often that was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.extensions import db
from webapp.operations.deadlines import move_deadline
from webapp.operations.refusals import NotNow
from webapp.queries.case_page import CasePage, TaskRow
from webapp.queries.deadlines import PLANNED, movable, moves_deadlines, moves_of, task_of, term_of
from webapp.ui.access import may, record_refusal, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.cases import case_url
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.refusal_texts import refusal_text
from webapp.ui.spans import clock_span
from webapp.ui.told import told
from workflows.forms import Schema


def deadline_moved(task_id: str) -> Answer:
    """Show the form, or set the deadline it says; 404 for who does not know of the task, 403 for who may not."""
    task = task_of(db.session(), standing(), task_id) or abort(404)
    if not moves_deadlines(standing(), task.case, task.process):
        record_refusal("move_deadline")
        abort(403)
    case = task.case
    back = case_url(case.process, case.code)

    def show(form: Form) -> str:
        return render_template(
            "tracking/move_deadline.html",
            task=task,
            case=case,
            form=form,
            back=back,
            term=term_of(db.session(), case, task),
            clock_span=clock_span,
            history=told(moves_of(db.session(), case, task_id)),
        )

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        try:
            move_deadline(task_id, dt.date.fromisoformat(typed["day"]), typed["reason"], actor=actor, now=now)
        except NotNow as refusal:
            flash(refusal_text(refusal), "warning")
        else:
            flash(_("The deadline has been moved."), "success")
        return redirect(back)

    return fill(_form(), {}, show, act)


def movable_tasks(page: CasePage) -> Iterable[TaskRow]:
    """The open tasks of a case whose deadline the reader may move."""
    if page.case.state != "active":
        return ()
    return [
        task
        for task in page.open_tasks
        if task.due and task.element not in PLANNED and moves_deadlines(standing(), page.case, task.process)
    ]


def deadline_url(task_id: str) -> str:
    """Where the reader moves the deadline of a task; empty for who may not."""
    if not may("move_deadlines"):
        return ""
    task = task_of(db.session(), standing(), task_id)
    known = task is not None and movable(standing(), task.case, task)
    return url_for("tracking.move_deadline", task_id=task_id) if known else ""


def _form() -> Schema:
    return {
        "type": "object",
        "properties": {
            "day": {
                "type": "string",
                "format": "date",
                "title": _("New deadline"),
                "description": _("A working day, today or later. It ends with that day."),
            },
            "reason": {"type": "string", "maxLength": 2000, "x-widget": "textarea", "title": _("Reason")},
        },
        "required": ["day", "reason"],
        "additionalProperties": False,
    }
