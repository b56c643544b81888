"""Taking over a list from Excel: checked whole, then opened row by row, beside the least that each could cost."""

from __future__ import annotations

import io
from collections.abc import Iterator

from bs4 import BeautifulSoup
from openpyxl import load_workbook
from sqlalchemy import select

from bench import floor
from bench.browser import Browser
from bench.measures import Measure, say, timed, times
from bench.places import Place
from tests.factories import PDF
from tests.lists import REGISTER, Row, book, many
from webapp.extensions import db
from webapp.models import RowImportLine
from webapp.operations.long_work import PIECE, carry_each
from webapp.operations.row_imports import ROWS

PART = "importing"
NOTE = (
    "registrations; a row opens a case and hands in its form, with the signed list as its paper, in a transaction of"
    " its own; the floors read the same cells, take the same steps in the engine without a database, and write as many"
    " bytes in one bare commit, and know neither rights nor forms nor chains"
)


def measure(place: Place, rows: int) -> Iterator[Measure]:
    """A list of ``rows``: what a row takes to be checked, and to be opened by the worker."""
    browser = Browser(place.app, place.office.person("officer"))
    say(f"{place.kind}: taking over {rows} rows")
    names, example = _template(browser)
    data = book(names, *many(example, rows))
    checked = _send(browser, data) / rows
    read = timed(lambda: _cells(data)) / rows
    opened = [took / PIECE for took in _carried(place, rows)]
    [code] = db.session.scalars(select(RowImportLine.case_code).order_by(RowImportLine.id.desc()).limit(1))
    size = floor.case_bytes(code)
    commits = floor.commits(place, size, len(opened) * 10)
    steps = floor.steps_again(code, len(opened) * 10)
    waited = times(PART, place.kind, "a row opened", opened, NOTE)
    stepped = times(PART, place.kind, "floor: its steps in the engine, in memory", steps)
    bare = times(PART, place.kind, f"floor: one commit of {size:,} bytes", commits)
    yield Measure(PART, place.kind, f"a row checked, of {rows:,}", checked * 1000, "ms")
    yield Measure(PART, place.kind, "floor: its cells read", read * 1000, "ms")
    yield Measure(PART, place.kind, "a row checked, beside its floor", checked / read, "times")
    yield from (*waited, *stepped, *bare)
    ratio = waited[0].value / (stepped[0].value + bare[0].value)
    yield Measure(PART, place.kind, "a row opened, median, beside both floors", ratio, "times")


def _template(browser: Browser) -> tuple[list[str], Row]:
    """The columns of the page's template, and its example row."""
    _took, answer = browser.request("GET", f"{REGISTER}/template")
    heads, example, *_ = _cells(answer.data)
    names = [str(cell).rstrip(" *") for cell in heads]
    return names, dict(zip(names, example, strict=True))


def _cells(data: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(data), read_only=True).worksheets[0].iter_rows(values_only=True))


def _send(browser: Browser, data: bytes) -> float:
    """Seconds until a list is accepted from its page."""
    _took, page = browser.request("GET", REGISTER)
    token = BeautifulSoup(page.get_data(as_text=True), "html.parser").select_one('meta[name="csrf-token"]')
    form = {
        "csrf_token": token["content"] if token else "",
        "list": (io.BytesIO(data), "danh-sach.xlsx"),
        "paper_number": "12/DS",
        "paper_date": "02/12/2019",
        "signed_scan-_file": (io.BytesIO(PDF), "ban-ky.pdf"),
        "commitment": "Thực hiện đúng nội dung đăng ký",
    }
    return browser.request("POST", REGISTER, 302, data=form)[0]


def _carried(place: Place, rows: int) -> list[float]:
    """Seconds that each full round of the worker takes."""
    db.session.rollback()  # what was read before the list was sent
    return [timed(lambda: carry_each(ROWS, lambda: place.office.now)) for _round in range(rows // PIECE)]
