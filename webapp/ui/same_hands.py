"""That one person entered and checked something, told on its pages."""

from __future__ import annotations

from flask import Flask

from webapp.extensions import db
from webapp.queries import same_hands
from webapp.ui.access import person


def init_app(app: Flask) -> None:
    """Give templates `checked_own_entry` and `checks_own_entry`."""
    app.jinja_env.globals.update(checked_own_entry=checked_own_entry, checks_own_entry=checks_own_entry)


def checked_own_entry(code: str) -> str:
    """Who entered and checked what a case is about; empty for nobody."""
    return same_hands.checked_own_entry(db.session(), code)


def checks_own_entry(code: str, process: str, element: str) -> bool:
    """Whether the reader is asked to check what they entered themselves."""
    return same_hands.checks_own_entry(db.session(), code, f"{process}/{element}", person().id)
