"""The register of commendations as files: an Excel sheet, and the book as a paper; both hold what the page asks for."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Any

from flask import flash, redirect
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.awards.showing import ShownRegister, shown_register
from webapp.documents import render
from webapp.documents.formats import document_number
from webapp.extensions import db
from webapp.i18n import DEFAULT, content
from webapp.models import Unit
from webapp.operations.access import record_access
from webapp.queries.register import RegisterEntry
from webapp.queries.register_papers import register_book_facts, struck_text
from webapp.sheet_files import Sheet, write_sheet
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.case_states import kind_name
from webapp.ui.formats import day, money, number
from webapp.ui.paper_files import drawn_response
from workflows.export_events import ListExported
from workflows.values import local_day

PAGE, DOCUMENT = "awards.show_register", "register_book"
MOST = {"xlsx": 20_000, "pdf": 1_000}
"""Entries that are written while somebody waits."""


def register_sheet() -> Response:
    """The register as an Excel file; that it was taken is noted."""
    shown = shown_register(whole=True)
    if refused := _too_long(shown, "xlsx"):
        return refused
    now = _noted(shown, "xlsx")
    written = io.BytesIO()
    for _rows in write_sheet(_sheet(shown, now), written):
        pass
    return drawn_response(written.getvalue(), _file_name(now, "xlsx"))


def register_book() -> Response:
    """The register as a paper; that it was taken is noted."""
    shown = shown_register(whole=True)
    if refused := _too_long(shown, "pdf"):
        return refused
    now = _noted(shown, "pdf")
    with force_locale(DEFAULT):
        unit = db.session().get_one(Unit, standing().roles[0].unit_id)
        facts = register_book_facts(unit, shown.entries, _told(shown), local_day(now))
        return drawn_response(render(DOCUMENT, facts).pdf, _file_name(now, "pdf"))


def _too_long(shown: ShownRegister, form: str) -> Response | None:
    """Back to the page with a sentence, where there is nothing or too much."""
    total = shown.totals.entries
    if 0 < total <= MOST[form]:
        return None
    if total:
        said = _(
            "A file holds %(most)s entries at most, these are %(total)s. Choose a year and a body.",
            most=number(MOST[form]),
            total=number(total),
        )
    else:
        said = _("No entry fits these filters")
    flash(said, "error")
    return redirect(shown.asked.elsewhere("awards.show_register"))


def _noted(shown: ShownRegister, form: str) -> dt.datetime:
    actor, now = actor_and_now()
    filters = [name for name, value in shown.asked.values.items() if value]
    happening = ListExported(page=PAGE, form=form, rows=shown.totals.entries, filters=filters)
    record_access(happening, actor=actor, now=now)
    return now.at


def _told(shown: ShownRegister) -> str:
    """The filters in words."""
    bodies = dict(shown.bodies)
    asked = {
        _("Year"): shown.asked["year"],
        _("Body"): content(bodies.get(shown.asked["body"], shown.asked["body"])),
        _("Name or unit"): shown.asked["q"],
    }
    return "; ".join(f"{name}: {value}" for name, value in asked.items() if value) or _("All entries")


def _sheet(shown: ShownRegister, at: dt.datetime) -> Sheet:
    columns = [
        (_("Register no."), 10),
        (_("Year"), 8),
        (_("Body"), 24),
        (_("Person or unit"), 32),
        (_("Kind"), 14),
        (_("Address"), 32),
        (_("Award"), 32),
        (_("Achievement"), 60),
        (_("Decision"), 16),
        (_("Dated"), 12),
        (_("Prize money"), 14),
        (_("Handed over"), 12),
        (_("Dossier"), 16),
        (_("Struck"), 32),
    ]
    total = _("Prize money in all, without what is struck: %(total)s", total=money(shown.totals.prize))
    about = [_told(shown), day(at) or "", total]
    return Sheet(_("Register of commendations"), about, columns, _rows(shown.entries))


def _rows(entries: Sequence[RegisterEntry]) -> Iterator[Sequence[Any]]:
    for each in entries:
        yield (
            each.number,
            each.year,
            content(each.body),
            each.name,
            kind_name(each.kind),
            each.address or content(each.unit),
            content(each.award),
            each.achievement or content(each.strand),
            document_number(each.decision_number, each.symbol or ""),
            each.dated_on,
            each.prize,
            each.handed_over_on,
            each.nomination,
            struck_text(each),
        )


def _file_name(at: dt.datetime, form: str) -> str:
    """What the file is called: ``Sổ khen thưởng 2019-12-14.pdf``."""
    return f"{_('Register of commendations')} {local_day(at)}.{form}"
