"""Saved views beside the lists they are views of: which lists have them, the menu of one, where a person begins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from flask import Flask, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.i18n import content
from webapp.queries.saved_views import ViewRow, saved_views
from webapp.ui.access import holdings, standing

PLACES: dict[str, tuple[LazyString, tuple[str, ...]]] = {
    "nominations": (_l("Nominations"), ("/nominations", "/nominations/board", "/nominations/map")),
    "registrations": (_l("Registrations"), ("/registrations",)),
    "inbox": (
        _l("Tasks"),
        ("/inbox/mine", "/inbox/common", "/inbox/delegated", "/inbox/done", "/"),
    ),
}
"""Lists by code: their name, and the paths of their pages."""
PASSING = frozenset({"page", "csrf_token", "done"})
"""Parameters that say where one stands in a list, and not which list it is."""


@dataclass(frozen=True)
class ViewMenu:
    """The views of the list this request shows; ``page`` and ``query`` are its address."""

    rows: list[ViewRow]
    page: str
    query: str

    @property
    def current(self) -> ViewRow | None:
        """The view that is shown now."""
        here = sorted(parse_qsl(self.query))
        return next(
            (row for row in self.rows if row.page == self.page and sorted(parse_qsl(row.query)) == here), None
        )

    @cached_property
    def units(self) -> list[tuple[str, str]]:
        return own_units()


def init_app(app: Flask) -> None:
    """Let templates ask for the menu of views of their list."""
    app.jinja_env.globals.update(view_menu=view_menu)


def view_menu(place: str) -> ViewMenu:
    """The menu of views of a list, as it is shown now; one statement."""
    rows = saved_views(db.session(), standing(), PLACES[place][1])
    return ViewMenu(rows, request.path, kept_query(request.query_string.decode()))


def kept_query(text: str) -> str:
    """What of a query string makes the list: without empty parameters, and without the place in it."""
    kept = [(name, value) for name, value in parse_qsl(text) if value and name not in PASSING]
    return urlencode(kept)


def place_of(path: str) -> str:
    """Code of the list a path belongs to; empty for a page without views."""
    return next((place for place, (_name, paths) in PLACES.items() if path in paths), "")


def own_units() -> list[tuple[str, str]]:
    """Units the reader holds a role in today, with whom a view can be shared."""
    return [(code, content(name)) for code, name in {h.unit.code: h.unit.name for h in holdings()}.items()]
