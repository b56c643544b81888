"""Long lists as Excel files, written row by row so that only one row is held in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

STEP = 1_000
DAY = "dd/mm/yyyy"
FORMULA = "="


@dataclass(frozen=True)
class Sheet:
    """A table: its title, lines about it, (heading, width in characters) of each column, and the rows."""

    title: str
    about: Sequence[str]
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Any]]


def write_sheet(sheet: Sheet, target: BinaryIO) -> Generator[int]:
    """Write the file; yields how many rows there are after each STEP of them, and at the end."""
    book = Workbook(write_only=True)
    page: WriteOnlyWorksheet = book.create_sheet(sheet.title[:31])
    for number, (_heading, width) in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    first = len(sheet.about) + 3
    page.freeze_panes = f"A{first}"
    page.append([_styled(page, sheet.title, Font(bold=True, size=14))])
    for line in sheet.about:
        page.append([_text(page, line)])
    page.append([_heading_cell(page, heading) for heading, _width in sheet.columns])
    written = 0
    try:
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
            written += 1
            if not written % STEP:
                yield written
    except BaseException:
        page.close()  # the library holds it open else
        raise
    page.auto_filter.ref = f"A{first - 1}:{get_column_letter(len(sheet.columns))}{first - 1 + written}"
    book.save(target)
    yield written


def _cell(page: WriteOnlyWorksheet, value: Any) -> Any:
    """A value as Excel takes it: a day as one of ours, and nothing that somebody typed as a formula."""
    if isinstance(value, dt.date):
        cell = WriteOnlyCell(page, value)
        cell.number_format = DAY
        return cell
    return _text(page, value) if isinstance(value, str) and value.startswith(FORMULA) else value


def _text(page: WriteOnlyWorksheet, value: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value)
    cell.data_type = "s"
    return cell


def _styled(page: WriteOnlyWorksheet, value: str, font: Font) -> WriteOnlyCell:
    cell = _text(page, value)
    cell.font = font
    return cell


def _heading_cell(page: WriteOnlyWorksheet, heading: str) -> WriteOnlyCell:
    cell = _styled(page, heading, Font(bold=True))
    cell.fill = PatternFill("solid", fgColor="EEF0F4")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
