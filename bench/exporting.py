"""The Excel file of a long list, written by the worker, beside the bare writing of the same cells."""

from __future__ import annotations

import io
from collections.abc import Iterator

from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from bench.browser import Browser
from bench.copies import Copier
from bench.measures import Measure, say, timed
from bench.places import Place
from bench.templates import act_templates
from webapp.extensions import db
from webapp.models import ListExport
from webapp.operations.list_exports import carry_exports
from webapp.operations.papers import file_store

PART = "exporting"
NOTE = (
    "the usual columns of the tracking table, thirteen cells a row, asked for by the specialist of the district; the"
    " floor writes the same cells with the same library in the same way, and knows neither where they come from nor"
    " what they mean"
)


def measure(place: Place, rows: int) -> Iterator[Measure]:
    """Seconds to write so many rows, beside the floor; and what the page that asks for them takes."""
    say(f"{place.kind}: writing {rows:,} rows to a file")
    copier = Copier(place, act_templates(place.office))
    copier.grow_to(rows)
    browser = Browser(place.app, place.office.person("specialist"))
    browser.request(
        "GET", "/nominations.xlsx?q=nobody"
    )  # SQLite takes over what was copied at the next write
    took, _answer = browser.request("GET", "/nominations.xlsx", 302)
    db.session.rollback()
    wrote = timed(lambda: carry_exports(lambda: place.office.now, db.session.rollback))
    made = db.session.scalars(select(ListExport).order_by(ListExport.id.desc())).first()
    if made is None or made.sha256 is None:
        raise RuntimeError(f"only {made and made.state}")
    with file_store().open(made.sha256) as file:
        page = load_workbook(io.BytesIO(file.read()), read_only=True).worksheets[0]
        cells = [list(row) for row in page.iter_rows(values_only=True)]
    floor = timed(lambda: _bare(cells))
    yield Measure(PART, place.kind, "the file asked for", took * 1000, "ms", NOTE)
    yield Measure(PART, place.kind, f"{made.total:,} rows written", wrote, "s")
    yield Measure(PART, place.kind, "floor: the same cells written bare", floor, "s")
    yield Measure(PART, place.kind, "rows written, beside the floor", wrote / floor, "times")


def _bare(cells: list[list[object]]) -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet()
    for row in cells:
        page.append(row)
    book.save(io.BytesIO())
