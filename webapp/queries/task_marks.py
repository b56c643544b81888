"""How far a person has come with a task: never opened, seen, in work."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import ColumnElement, case, exists, or_, select
from sqlalchemy.orm import Session

from webapp.models import FormDraft, Task, TaskRead

Mark = Literal["unread", "seen", "in_work"]


def mark_of(person_id: int) -> ColumnElement[Any]:
    """The mark of a Task for a person: in work with a draft of theirs, or taken by somebody."""
    draft = exists().where(FormDraft.task_id == Task.id, FormDraft.person_id == person_id).correlate(Task)
    read = exists().where(TaskRead.task_id == Task.id, TaskRead.person_id == person_id).correlate(Task)
    return case((or_(Task.holder_id.is_not(None), draft), "in_work"), (read, "seen"), else_="unread")


def has_read(session: Session, person_id: int, task_id: int) -> bool:
    """Whether a person has opened a task (row id)."""
    own = TaskRead.person_id == person_id, TaskRead.task_id == task_id
    return bool(session.scalar(select(exists().where(*own))))
