"""The nominations of the tracking table as a file: the rows, the order and the columns that are seen."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO
from urllib.parse import parse_qsl

from flask import redirect, request, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.i18n import language
from webapp.operations.access import record_access
from webapp.operations.list_exports import Asked, FileKind, NewExport, begin_export, made_by
from webapp.queries.forecasts import forecasts
from webapp.queries.rule_names import rule_names
from webapp.queries.saved_views import chosen_columns
from webapp.queries.standing import Standing
from webapp.queries.tracking import NominationRow, count_nominations, row_ids, rows_of
from webapp.sheet_files import Sheet, write_sheet
from webapp.tracking.asked import FILTERS, order_of, wanted_of
from webapp.tracking.columns import Words, cells_of, columns_of, parts_of, text_of
from webapp.tracking.filter_words import told_filters
from webapp.tracking.tables import PAGE
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import business_now
from webapp.ui.formats import day, number
from webapp.ui.paper_files import drawn_response
from webapp.ui.saved_views import kept_query
from workflows.export_events import ListExported
from workflows.values import local_day

AT_ONCE = 3_000
"""So many rows are written while somebody waits; more are written by the worker."""
MOST = 1_000_000
"""What a sheet can hold, and its head."""
CHUNK = 500


def init_app() -> None:
    """Let the worker write this list."""
    made_by(PAGE, FileKind("tracking.show_tracking", write_nominations))


@dataclass(frozen=True)
class Listed:
    """A list of nominations for somebody as its address describes it."""

    standing: Standing
    values: Mapping[str, str]
    now: dt.datetime

    @property
    def session(self) -> Session:
        """The session of now: between the steps of a long file the worker closes it."""
        return db.session()

    @property
    def columns(self) -> tuple[str, ...]:
        chosen = self.values.get("cols") or chosen_columns(self.session, self.standing, PAGE)
        return columns_of(chosen)

    @property
    def words(self) -> Words:
        return Words(rule_names(self.session).awards, self.now, forecasts(self.session))

    def count(self) -> int:
        """How many there are."""
        return count_nominations(self.session, self.standing, wanted_of(self.session, self.values), self.now)

    def ids(self, limit: int) -> list[int]:
        """The first cases in the order that is seen."""
        wanted, order = wanted_of(self.session, self.values), order_of(self.values)
        return row_ids(self.session, self.standing, wanted, self.now, order, limit)

    def rows(self, limit: int = MOST) -> Iterator[NominationRow]:
        """The nominations in the order that is seen; read some hundreds at once."""
        ids = self.ids(limit)
        for start in range(0, len(ids), CHUNK):
            yield from rows_of(self.session, ids[start : start + CHUNK])

    def cells(self) -> Iterator[Sequence[Any]]:
        """The rows of the file."""
        parts, words = parts_of(self.columns), self.words
        return (cells_of(parts, row, words) for row in self.rows())

    def about(self, total: int) -> list[str]:
        """What the list holds, in two lines."""
        told = "; ".join(told_filters(self.session, self.standing, self.values))
        counted = ngettext("%(count)s dossier", "%(count)s dossiers", total, count=number(total))
        return [told or _("All dossiers"), _("%(counted)s on %(day)s", counted=counted, day=day(self.now))]


def write_nominations(asked: Asked, file: BinaryIO) -> Generator[int]:
    """The file of a list that the worker writes, in the language of whoever asked for it."""
    listed = Listed(asked.standing, dict(parse_qsl(asked.query)), asked.now.at)
    with force_locale(asked.language):
        sheet = sheet_of(listed)
    rows = _in_language(asked.language, sheet.rows)
    return write_sheet(Sheet(sheet.title, sheet.about, sheet.columns, rows), file)


def sheet_of(listed: Listed) -> Sheet:
    """A list as a table of a file."""
    headings = [(str(heading), width) for heading, width, _value in parts_of(listed.columns)]
    return Sheet(_("Nominations"), listed.about(listed.count()), headings, listed.cells())


def _in_language(code: str, rows: Any) -> Iterator[Sequence[Any]]:
    """Rows that are put into words in a language, some hundreds at once, whatever is done between them."""
    rows = iter(rows)
    while True:
        with force_locale(code):
            some = list(islice(rows, CHUNK))
        if not some:
            return
        yield from some


def exported() -> Response:
    """The file at once, or the page of the work that writes it; that it was asked for is noted."""
    actor, now = actor_and_now()
    listed = listed_now()
    total = listed.count()
    filters = [name for name in FILTERS if listed.values.get(name)]
    told = ListExported(page=PAGE, form="xlsx", rows=total, filters=filters)
    if total > AT_ONCE:
        query = kept_query(request.query_string.decode())
        query += ("&" if query else "") + f"cols={text_of(listed.columns)}" if "cols=" not in query else ""
        new = NewExport(PAGE, query, language(), total, file_name(now.at, "xlsx"), told)
        return redirect(url_for("tracking.show_export", public_id=begin_export(new, actor=actor, now=now)))
    record_access(told, actor=actor, now=now)
    written = io.BytesIO()
    for _rows in write_sheet(sheet_of(listed), written):
        pass
    return drawn_response(written.getvalue(), file_name(now.at, "xlsx"))


def listed_now() -> Listed:
    """The list this request asks for."""
    return Listed(standing(), request.args, business_now())


def file_name(at: dt.datetime, form: str) -> str:
    """What the file is called: ``Hồ sơ 2019-12-10.xlsx``."""
    return f"{_('Dossiers')} {local_day(at)}.{form}"
