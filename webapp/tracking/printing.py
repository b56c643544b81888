"""The nominations of the tracking table as a paper in the office's form; papers are in Vietnamese."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import flash, redirect, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.documents import render
from webapp.extensions import db
from webapp.i18n import DEFAULT
from webapp.models import Unit
from webapp.operations.access import record_access
from webapp.queries.facts import letterhead
from webapp.tracking.asked import FILTERS
from webapp.tracking.columns import parts_of
from webapp.tracking.exporting import Listed, file_name, listed_now
from webapp.tracking.tables import PAGE
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.formats import day, number
from webapp.ui.paper_files import drawn_response
from webapp.ui.targets import previous_page
from workflows.events import ListExported
from workflows.values import local_day

DOCUMENT, SYMBOL = "nomination_list", "DS-UBND"
MOST = 500
"""More rows than this nobody reads on paper; drawing takes a twentieth of a second a page."""


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
        "headings": [str(heading) for heading, _width, _value in parts_of(listed.columns)],
        "rows": [[_text(value) for value in row] for row in listed.cells(MOST)],
        "total": total,
    }


def _text(value: Any) -> str | None:
    if isinstance(value, dt.date):
        return day(value)
    return None if value in (None, "") else str(value)
