"""The payment list of prize money as an Excel file: identity number, account, room to sign, the total in words."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from webapp.documents import formats
from webapp.documents.cells import FACE, Cell, height_of, print_setup, set_cell
from webapp.documents.packing import repacked
from webapp.documents.render import composed
from webapp.documents.word_files import plain
from webapp.documents.words import amount_in_words

COLUMNS = (
    ("STT", 6),
    ("Họ và tên, tên tập thể", 30),
    ("Địa chỉ, đơn vị", 26),
    ("Hình thức khen thưởng", 24),
    ("Người nhận tiền", 24),
    ("Số định danh cá nhân", 18),
    ("Số tài khoản", 20),
    ("Ngân hàng", 22),
    ("Tiền thưởng (đồng)", 16),
    ("Ngày chi", 12),
    ("Ký nhận", 22),
)
"""Heading and width (in characters) of each column."""

AMOUNT, SIGNED_HEIGHT = 9, 30
CENTRED = frozenset({1, 6, 10})
MONEY = "#,##0"
SIDE = Side("thin")
BORDER = Border(SIDE, SIDE, SIDE, SIDE)


def payment_workbook(facts: Mapping[str, Any], title: str, _draft: bool) -> bytes:
    """An Excel file of this title with the facts of a payment list."""
    told = plain(composed(facts))
    book = Workbook()
    book.properties.title, book.properties.creator = title, told["letterhead"]["body"]
    sheet = book.worksheets[0]
    sheet.title = "Chi tiền thưởng"
    head = (title.upper(), f"(Kèm theo {told['decision']} của {told['issuer']})")
    for row, text in enumerate(head, 1):
        _across(sheet, row, text, Font(FACE, 14 if row == 1 else 12, bold=row == 1, italic=row > 1), "center")
    first = len(head) + 1
    _row(sheet, first, [name for name, _width in COLUMNS], heading=True)
    rows = list(_rows(told["groups"]))
    for place, cells in enumerate(rows, first + 1):
        _row(sheet, place, cells)
    last = first + len(rows)
    _total(sheet, last + 1, formats.lines_of(told["groups"]))
    _sign(sheet, last + 4, told["prepared"], told["signature"])
    for column, (_name, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"C{first + 1}"
    print_setup(sheet, first)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    written = io.BytesIO()
    book.save(written)
    return repacked(written.getvalue())


def _rows(groups: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Cell, ...]]:
    """One row for each prize, numbered through."""
    for number, line in enumerate(formats.lines_of(groups), 1):
        yield (
            number,
            formats.full_name(line["nominee"]),
            line["nominee"]["address"],
            line["award"],
            line["receiver"],
            line["identity"],
            line["account"],
            line["bank"],
            line["prize"],
            formats.day(line["paid_on"]) if line["paid_on"] else None,
            None,
        )


def _row(sheet: Worksheet, row: int, cells: Sequence[Cell], *, heading: bool = False) -> None:
    for column, value in enumerate(cells, 1):
        across = "center" if heading or column in CENTRED else "right" if column == AMOUNT else "left"
        place = Alignment(across, "center", wrap_text=True)
        set_cell(sheet, row, column, value, Font(FACE, 12, bold=heading), place, BORDER)
        if heading:
            sheet.cell(row, column).fill = PatternFill("solid", fgColor="EEF0F4")
    sheet.cell(row, AMOUNT).number_format = MONEY
    widths = [width for _name, width in COLUMNS]
    sheet.row_dimensions[row].height = max(SIGNED_HEIGHT, height_of(list(zip(cells, widths, strict=True))))


def _total(sheet: Worksheet, row: int, lines: Sequence[formats.Line]) -> None:
    """The sum in figures, with how many of which kind; below it in words, as the decision says it."""
    total = sum(line["prize"] for line in lines)
    cells: list[Cell] = [None] * len(COLUMNS)
    cells[1], cells[AMOUNT - 1] = f"Tổng cộng: {formats.counted(lines)}", total
    _row(sheet, row, cells, heading=True)
    sheet.cell(row, AMOUNT).alignment = Alignment("right", "center")
    _across(sheet, row + 1, f"Bằng chữ: {amount_in_words(total)}.", Font(FACE, 12, italic=True), "left")


def _across(sheet: Worksheet, row: int, text: str, font: Font, across: str) -> None:
    set_cell(sheet, row, 1, text, font, Alignment(across, "center", wrap_text=True))
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(COLUMNS))
    sheet.row_dimensions[row].height = height_of([(text, sum(width for _name, width in COLUMNS))])


def _sign(sheet: Worksheet, row: int, *signers: Mapping[str, Any]) -> None:
    """Who signs below, side by side."""
    for signer, column in zip(signers, (2, 9), strict=True):
        text = "\n".join([*signer["lead"], signer["position"]]).upper()
        place = Alignment("center", "top", wrap_text=True)
        set_cell(sheet, row, column, text, Font(FACE, 12, bold=True), place)
        sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + 2)
    sheet.row_dimensions[row].height = height_of([("\n\n", 40)])
