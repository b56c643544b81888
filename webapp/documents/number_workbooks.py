"""A report of numbers as an Excel file: a sheet for each of its tables, numbers as numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from webapp.documents.cells import FACE, Cell, height_of, set_cell
from webapp.documents.packing import repacked

FIRST, OTHER = 52, 14
"""Width of the first column and of the others, in characters."""

LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_SIDE = Side("thin")
_BORDER = Border(_SIDE, _SIDE, _SIDE, _SIDE)


def number_workbook(facts: Mapping[str, Any]) -> bytes:
    """An Excel file of a report. Equal facts give equal bytes.

    ``facts``: issuer, title, narrowed, notes (texts); ``tables`` with title, head, columns, money (of each column),
    lines and total, each a label with its numbers.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = facts["title"], facts["issuer"]
    for number, table in enumerate(facts["tables"], 1):
        _sheet(book.create_sheet(_called(number, table["title"])), facts, table)
    written = io.BytesIO()
    book.save(written)
    return repacked(written.getvalue())


def _sheet(sheet: Worksheet, facts: Mapping[str, Any], table: Mapping[str, Any]) -> None:
    widths = [FIRST, *(OTHER for _each in table["columns"])]
    heads = (facts["issuer"], table["title"], *facts["narrowed"])
    for row, text in enumerate(heads, 1):
        set_cell(sheet, row, 1, text, Font(FACE, 13, bold=row < 3), Alignment("left", "center"))
    first = len(heads) + 2
    lines: list[Sequence[Cell]] = [(table["head"], *table["columns"]), *table["lines"]]
    bold = {first}
    if table["total"]:
        lines.append(table["total"])
        bold.add(first + len(lines) - 1)
    for row, cells in enumerate(lines, first):
        for column, value in enumerate(cells, 1):
            place = Alignment("left" if column == 1 else "right", "top", wrap_text=True)
            set_cell(sheet, row, column, value, Font(FACE, 12, bold=row in bold), place, _BORDER)
            sheet.cell(row, column).number_format = "#,##0"
        sheet.row_dimensions[row].height = height_of(list(zip(cells, widths, strict=True)))
    for row, note in enumerate(facts["notes"], first + len(lines) + 1):
        set_cell(sheet, row, 1, note, Font(FACE, 11, italic=True), Alignment("left", "top"))
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"B{first + 1}"
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0


def _called(number: int, title: str) -> str:
    """The name of a sheet, as far as Excel has room."""
    return _NOT_IN_NAMES.sub(" ", f"{number}. {title}")[:LONGEST_NAME].strip()
