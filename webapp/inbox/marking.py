"""Marks a task as opened by the person who may act on it, the first time they look at its page.

A read is noted by the page itself, as the access stream notes who reads the task of somebody else: it changes nothing
that anybody decides by, and a page that is shown again writes nothing.
"""

from webapp.extensions import db
from webapp.operations.reading import note_task_read
from webapp.queries.task_marks import has_read
from webapp.queries.task_page import TaskPage
from webapp.ui.access import person
from webapp.ui.acting import actor_and_now


def note_opened(page: TaskPage) -> None:
    """Note that the page of an open task of the reader's has been opened."""
    if (
        not page.may_act
        or page.task.status != "open"
        or has_read(db.session(), person().id, page.task.row_id)
    ):
        return
    actor, now = actor_and_now()
    note_task_read(page.task.row_id, actor=actor, now=now)
