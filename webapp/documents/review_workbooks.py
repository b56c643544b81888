"""The figures of a review as an Excel file: all units as one on the first sheet, each unit's own on the second."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from webapp.documents.cells import FACE, Cell, set_cell
from webapp.documents.packing import repacked
from webapp.documents.render import composed
from webapp.documents.word_files import plain
from webapp.documents.workbooks import DRAFT

Columns = Sequence[tuple[str, int]]
WHOLE: Columns = (
    ("Chỉ tiêu", 52),
    ("Đơn vị tính", 18),
    ("Thời gian", 14),
    ("Chỉ tiêu phải đạt", 16),
    ("Kết quả chung", 14),
    ("Số đơn vị được tính", 12),
    ("Đánh giá", 12),
)
EACH: Columns = (
    ("Chỉ tiêu", 52),
    ("Đơn vị", 36),
    ("Thời gian", 14),
    ("Kết quả", 12),
    ("Trọng số bình quân", 12),
    ("Chỉ tiêu phải đạt", 16),
    ("Đơn vị đăng ký", 12),
    ("So với chỉ tiêu (%)", 12),
    ("Đánh giá", 12),
)
REACHED = {True: "Đạt", False: "Chưa đạt", None: ""}


def review_workbook(facts: Mapping[str, Any], title: str, draft: bool) -> bytes:
    """An Excel file of this title with the figures of a consolidated report."""
    told = plain(composed(facts))
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = title, told["letterhead"]["body"]
    heading = f"{told['review']['name']}{f' ({DRAFT})' if draft else ''}"
    _sheet(book.create_sheet("Kết quả chung"), heading, WHOLE, list(_whole(told["indicators"])))
    _sheet(book.create_sheet("Từng đơn vị"), heading, EACH, list(_each(told["indicators"])))
    written = io.BytesIO()
    book.save(written)
    return repacked(written.getvalue())


def _whole(indicators: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Cell, ...]]:
    for one in indicators:
        for year in one["years"]:
            yield (
                one["name"],
                one["measure"],
                year["year"],
                year["target"],
                number(year["value"]),
                year["counted"],
                REACHED[year["reached"]],
            )


def _each(indicators: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Cell, ...]]:
    for one in indicators:
        for unit in one["reported"]:
            yield (
                one["name"],
                unit["unit"],
                unit["year"],
                number(unit["value"]),
                number(unit["weight"]),
                unit["target"],
                number(unit["pledge"]),
                number(unit["share"]),
                REACHED[unit["reached"]],
            )


def number(text: str | None) -> Cell:
    """A figure as Excel counts with it: the papers write a comma."""
    return None if text is None else float(text.rstrip("%").replace(",", "."))


def _sheet(sheet: Worksheet, heading: str, columns: Columns, rows: Sequence[tuple[Cell, ...]]) -> None:
    set_cell(sheet, 1, 1, heading, Font(FACE, 14, bold=True), Alignment("left", "center"))
    side = Side("thin")
    border, first = Border(side, side, side, side), 3
    for row, cells in enumerate([tuple(name for name, _width in columns), *rows], first):
        for column, value in enumerate(cells, 1):
            place = Alignment("left" if column < 3 else "center", "top", wrap_text=True)
            set_cell(sheet, row, column, value, Font(FACE, 12, bold=row == first), place, border)
    for column, (_name, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.auto_filter.ref = f"A{first}:{get_column_letter(len(columns))}{first + len(rows)}"
    sheet.freeze_panes = f"B{first + 1}"
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
