"""An aggregated list of registrations as an Excel file: one table to sort and filter, counts by strand beside it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from webapp.documents import formats
from webapp.documents.cells import FACE, Cell, height_of, set_cell
from webapp.documents.packing import repacked
from webapp.documents.render import composed
from webapp.documents.word_files import plain
from webapp.documents.workbooks import DRAFT

LINES = (
    ("STT", 6),
    ("Nội dung thi đua", 34),
    ("Tên người, hộ gia đình, tập thể", 28),
    ("Loại", 14),
    ("Địa chỉ", 26),
    ("Chỉ tiêu đăng ký", 44),
    ("Danh hiệu đăng ký", 22),
    ("Mã đăng ký", 16),
)
COUNTS = (("Nội dung thi đua", 60), ("Tập thể", 12), ("Cá nhân", 12), ("Hộ gia đình", 12), ("Cộng", 12))
KINDS = ("collective", "individual", "household", "total")


def list_workbook(facts: Mapping[str, Any], title: str, draft: bool) -> bytes:
    """An Excel file of this title with the facts of an aggregated list."""
    told = plain(composed(facts))
    book = Workbook()
    book.properties.title, book.properties.creator = title, told["letterhead"]["body"]
    sheet = book.worksheets[0]
    sheet.title = "Danh sách"
    heading = title.upper() + (f" ({DRAFT})" if draft else "")
    _write(sheet, (heading, told["subject"]), LINES, list(_lines(told["groups"])))
    counted = [(group["title"], *(group["counts"][kind] for kind in KINDS)) for group in told["groups"]]
    total = ("Tổng cộng", *(told["totals"][kind] for kind in KINDS))
    _write(book.create_sheet("Tổng hợp"), (heading, told["subject"]), COUNTS, [*counted, total])
    written = io.BytesIO()
    book.save(written)
    return repacked(written.getvalue())


def _lines(groups: Iterable[Mapping[str, Any]]) -> Iterable[tuple[Cell, ...]]:
    for group in groups:
        for line in group["lines"]:
            yield (
                line["number"],
                group["title"],
                formats.full_name(line["nominee"]),
                line["kind"],
                line["nominee"]["address"],
                line["targets"],
                line["title_aimed"],
                line["code"],
            )


def _write(
    sheet: Worksheet,
    head: Sequence[str],
    columns: Sequence[tuple[str, int]],
    rows: Sequence[tuple[Cell, ...]],
) -> None:
    """The title over a table with a frozen and repeated heading and a filter, A4 landscape as wide as a page."""
    whole = sum(width for _name, width in columns)
    for row, text in enumerate(head, 1):
        place = Alignment("center", "center", wrap_text=True)
        set_cell(sheet, row, 1, text, Font(FACE, 13, bold=True), place)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(columns))
        sheet.row_dimensions[row].height = height_of([(text, whole)])
    first = len(head) + 1
    side = Side("thin")
    for row, cells in enumerate([tuple(name for name, _width in columns), *rows], first):
        for column, value in enumerate(cells, 1):
            across = "center" if row == first or isinstance(value, int) else "left"
            place = Alignment(across, "center" if row == first else "top", wrap_text=True)
            font = Font(FACE, 12, bold=row == first)
            set_cell(sheet, row, column, value, font, place, Border(side, side, side, side))
        widths = (width for _name, width in columns)
        sheet.row_dimensions[row].height = height_of(list(zip(cells, widths, strict=True)))
    for column, (_name, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.auto_filter.ref = f"A{first}:{get_column_letter(len(columns))}{first + len(rows)}"
    sheet.freeze_panes = f"A{first + 1}"
    sheet.print_title_rows = f"{first}:{first}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, sheet.ORIENTATION_LANDSCAPE
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
