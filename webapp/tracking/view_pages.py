"""Pages of saved views: save, rename, share, delete, begin at one; and the columns of the tracking table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qsl, urlencode

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.operations import saved_views
from webapp.operations.refusals import InvalidForm
from webapp.queries.saved_views import ViewRow
from webapp.queries.saved_views import saved_views as rows_of
from webapp.tracking.columns import text_of
from webapp.tracking.tables import PAGE
from webapp.tracking.views import blueprint
from webapp.ui.access import permission, signed_in, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.saved_views import PLACES, kept_query, own_units, place_of


@dataclass(frozen=True)
class ShownViews:
    """All views of the reader, by the list they are of."""

    rows: list[ViewRow]
    units: list[tuple[str, str]]

    @property
    def places(self) -> list[tuple[str, list[ViewRow]]]:
        found = [
            (str(name), [row for row in self.rows if row.page in paths]) for name, paths in PLACES.values()
        ]
        return [(name, rows) for name, rows in found if rows]

    @property
    def begins_elsewhere(self) -> bool:
        """Whether the reader begins at a view instead of at their tasks."""
        return any(row.start for row in self.rows)


@blueprint.get("/views")
@signed_in
def list_views() -> str:
    """The saved views of the reader."""
    shown = ShownViews(rows_of(db.session(), standing()), own_units())
    return render_template("tracking/list_views.html", shown=shown)


@blueprint.post("/views")
@signed_in
def save_view() -> Response:
    """Save a list as it is shown, under a name."""
    page, query = request.form.get("page", ""), kept_query(request.form.get("query", ""))
    if not place_of(page):
        abort(404)
    actor, now = actor_and_now()
    act = partial(saved_views.save_view, page, query, *_said(), actor=actor, now=now)
    return _done(act, _("The view has been saved."), f"{page}?{query}" if query else page)


@blueprint.post("/views/<public_id>")
@signed_in
def change_view(public_id: str) -> Response:
    """Rename an own view, share it or keep it to oneself."""
    actor, now = actor_and_now()
    act = partial(saved_views.change_view, public_id, *_said(), actor=actor, now=now)
    return _done(act, _("The view has been changed."), url_for("tracking.list_views"))


@blueprint.post("/views/<public_id>/delete")
@signed_in
def delete_view(public_id: str) -> Response:
    """Delete an own view."""
    actor, now = actor_and_now()
    act = partial(saved_views.delete_view, public_id, actor=actor, now=now)
    return _done(act, _("The view has been deleted."), url_for("tracking.list_views"))


@blueprint.post("/views/<public_id>/start")
@signed_in
def begin_at_view(public_id: str) -> Response:
    """Begin at a view after signing in."""
    actor, now = actor_and_now()
    act = partial(saved_views.begin_at, public_id, actor=actor, now=now)
    return _done(act, _("You begin at this view after signing in."), url_for("tracking.list_views"))


@blueprint.post("/views/start/clear")
@signed_in
def begin_at_tasks() -> Response:
    """Begin at the tasks again."""
    actor, now = actor_and_now()
    act = partial(saved_views.begin_at, None, actor=actor, now=now)
    return _done(act, _("You begin at your tasks again."), url_for("tracking.list_views"))


@blueprint.post("/nominations/columns")
@permission("see_nominations")
def choose_columns() -> Response:
    """Keep the columns of the tracking table, and show it with them."""
    columns = text_of(request.form.getlist("column"))
    actor, now = actor_and_now()
    saved_views.choose_columns(PAGE, columns, actor=actor, now=now)
    values = dict(parse_qsl(kept_query(request.form.get("query", ""))))
    return redirect(f"{url_for(PAGE)}?{urlencode({**values, 'cols': columns})}")


def _said() -> tuple[str, str | None]:
    """Name and unit of the form."""
    return request.form.get("name", ""), request.form.get("unit") or None


def _done(act: Callable[[], object], said: str, target: str) -> Response:
    try:
        act()
    except InvalidForm:
        flash(_("Give the view a name."), "error")
    else:
        flash(said, "success")
    return redirect(target)
