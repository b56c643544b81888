"""Until when a reader can undo what they decided as one of many, told on the pages of the dossier and of the task."""

from __future__ import annotations

from flask import Flask

from webapp.extensions import db
from webapp.models import BulkItem
from webapp.queries.bulk_acts import undoable_in
from webapp.ui.access import standing
from webapp.ui.clock import business_now


def init_app(app: Flask) -> None:
    """Give templates `undoable`."""
    app.jinja_env.globals.update(undoable=undoable)


def undoable(code: str) -> BulkItem | None:
    """The decision in a case that the reader took for many and can still undo."""
    return undoable_in(db.session(), standing(), code, business_now())
