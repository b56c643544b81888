"""Cells of Excel files as our sheets write them: text that is never a formula, rows high enough, one page wide."""

from __future__ import annotations

from math import ceil

from openpyxl.styles import Alignment, Border, Font
from openpyxl.worksheet.worksheet import Worksheet

FACE = "Times New Roman"
LINE, HIGHEST = 16, 409
"""Height of a line and of the highest row Excel knows, in points."""

_LEADING = ("=", "+", "-", "@")

Cell = str | int | float | None


def height_of(cells: list[tuple[Cell, int]]) -> float:
    """Height of a row, in points, in which every text has room: programs do not agree on finding it themselves."""
    lines = (
        sum(max(1, ceil(len(line) / (width - 1))) for line in str(value or "").splitlines() or [""])
        for value, width in cells
    )
    return min(HIGHEST, max(lines) * LINE + 4)


def set_cell(
    sheet: Worksheet,
    row: int,
    column: int,
    value: Cell,
    font: Font,
    place: Alignment,
    border: Border | None = None,
) -> None:
    """Write one cell. What people typed is text, whatever it begins with: it is never taken for a formula."""
    cell = sheet.cell(row, column, value)
    cell.font, cell.alignment = font, place
    if border:
        cell.border = border
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_LEADING)


def print_setup(sheet: Worksheet, heading: int) -> None:
    """A3 landscape, as wide as one page; the heading row on each."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"{heading}:{heading}"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 1.0, 0.6, 0.8, 0.8
    sheet.oddFooter.center.text = "&P/&N"
