"""The nominations of the tracking table as a paper in the office's form; papers are in Vietnamese."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import flash, redirect, request
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.documents import render
from webapp.extensions import db
from webapp.i18n import DEFAULT
from webapp.models import Unit
from webapp.operations.access import record_access
from webapp.queries.facts import letterhead
from webapp.tracking.asked import FILTERS
from webapp.tracking.columns import COLUMNS, cells_of
from webapp.tracking.exporting import Listed, file_name, listed_now
from webapp.tracking.tables import PAGE
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.formats import day, number
from webapp.ui.paper_files import drawn_response
from webapp.ui.targets import previous_page
from workflows.export_events import ListExported
from workflows.values import local_day

DOCUMENT, SYMBOL = "nomination_list", "DS-UBND"
MOST = 300
"""More rows than this nobody reads on paper, and they take longer to draw than somebody waits."""


def printed() -> Response:
    """The list as a PDF; that it was drawn is noted. One that is too long is refused with a sentence."""
    listed, total = listed_now(), listed_now().count()
    if total > MOST:
        said = _(
            "A paper holds %(most)s dossiers at most, this list has %(total)s. Filter it, or take the Excel file.",
            most=number(MOST),
            total=number(total),
        )
        flash(said, "error")
        return redirect(previous_page("/nominations"))
    actor, now = actor_and_now()
    filters = [name for name in FILTERS if request.args.get(name)]
    record_access(ListExported(page=PAGE, form="pdf", rows=total, filters=filters), actor=actor, now=now)
    with force_locale(DEFAULT):
        pdf = render(DOCUMENT, _facts(listed, total, now.at)).pdf
        return drawn_response(pdf, file_name(now.at, "pdf"))


def _facts(listed: Listed, total: int, at: dt.datetime) -> dict[str, Any]:
    unit = db.session().get_one(Unit, standing().roles[0].unit_id)
    return {
        "letterhead": letterhead(unit, SYMBOL, None, local_day(at)),
        "told": listed.about(total)[0],
        "headings": [str(COLUMNS[code].label) for code in listed.columns],
        "rows": _rows(listed),
        "total": total,
    }


def _rows(listed: Listed) -> list[list[str | None]]:
    """A cell for each column of the table: its parts in lines of their own."""
    words, columns = listed.words, [COLUMNS[code].parts for code in listed.columns]
    return [[_lines(cells_of(parts, row, words)) for parts in columns] for row in listed.rows(MOST)]


def _lines(values: list[Any]) -> str | None:
    return "\n".join(dict.fromkeys(_text(value) for value in values if value not in (None, ""))) or None


def _text(value: Any) -> str:
    if isinstance(value, dt.date):
        return day(value)
    return ngettext("%(num)s day", "%(num)s days", value) if isinstance(value, int) else str(value)
