"""The summary sheet as an Excel file: a worksheet for each strand, ready to be sorted, filtered and printed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from webapp.documents import formats
from webapp.documents.packing import repacked
from webapp.documents.render import composed
from webapp.documents.word_files import plain

FACE = "Times New Roman"
DRAFT = "DỰ THẢO"
COLUMNS = (
    ("STT", 6),
    ("Mã hồ sơ", 15),
    ("Loại", 11),
    ("Họ và tên, tên tập thể", 24),
    ("Chức vụ, đơn vị, nơi ở", 24),
    ("Năm sinh", 8),
    ("Tóm tắt thành tích", 46),
    ("Khen thưởng đã có", 22),
    ("Kết quả xét của đơn vị trình", 24),
    ("Ý kiến thẩm định", 24),
    ("Hình thức đề nghị", 15),
    ("Ghi chú", 14),
)
"""Heading and width (in characters) of each column."""

CENTRED = frozenset({1, 2, 3, 6, 11})
LONGEST_NAME = 31
LINE, HIGHEST = 16, 409
"""Height of a line and of the highest row Excel knows, in points."""

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LEADING = ("=", "+", "-", "@")

Cell = str | int | None


def workbook(facts: Mapping[str, Any], title: str, draft: bool) -> bytes:
    """An Excel file of this title with the facts of a summary sheet."""
    told = plain(composed(facts))
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = title
    book.properties.creator = told["letterhead"]["body"]
    for number, group in enumerate(told["groups"], 1):
        sheet = book.create_sheet(_sheet_name(number, group["title"]))
        _fill(sheet, told, f"{formats.roman(number)}. {group['title']}", group, draft)
    _sign(book.worksheets[-1], told["prepared"], told["signature"])
    written = io.BytesIO()
    book.save(written)
    return repacked(written.getvalue())


def _sheet_name(number: int, title: str) -> str:
    """``I. Hộ gia đình vượt khó…``: what the movement is called, as far as Excel has room."""
    called = title.partition("“")[2].rstrip("”") or title
    name = _NOT_IN_NAMES.sub(" ", f"{formats.roman(number)}. {called}").strip("'")
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rpartition(" ")[0].rstrip(",;") + "…"


def _fill(
    sheet: Worksheet, facts: Mapping[str, Any], title: str, group: Mapping[str, Any], draft: bool
) -> None:
    count = formats.counted(group["lines"]) or "không có"
    ceiling = f" Số lượng khen thưởng theo kế hoạch: {group['ceiling']}." if group["ceiling"] else ""
    head: list[tuple[str, Font]] = [
        ("BẢNG TRÍCH NGANG" + (f" ({DRAFT})" if draft else ""), Font(FACE, 14, bold=True)),
        (facts["subject"], Font(FACE, 13, bold=True)),
        (f"({facts['purpose']})" if facts["purpose"] else "", Font(FACE, 13, italic=True)),
        (title, Font(FACE, 13, bold=True)),
        (f"Số lượng đề nghị: {count}.{ceiling}", Font(FACE, 12, italic=True)),
    ]
    for row, (text, font) in enumerate(head, 1):
        set_cell(
            sheet, row, 1, text, font, Alignment("left" if row > 3 else "center", "center", wrap_text=True)
        )
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(COLUMNS))
        sheet.row_dimensions[row].height = row_height([(text, sum(width for _name, width in COLUMNS))])
    first = len(head) + 1
    _table(sheet, first, list(_rows(group["lines"])))
    _print_setup(sheet, first)


def _rows(lines: list[Mapping[str, Any]]) -> Iterator[tuple[Cell, ...]]:
    """One row for each nominee, by kind as the paper has them; the kind is a column, so that it can be filtered."""
    ordered = [(kind, line) for kind, some in formats.by_kind(lines) for line in some]
    for number, (kind, line) in enumerate(ordered, 1):
        nominee = line["nominee"]
        yield (
            number,
            line["code"],
            formats.sentence(formats.KINDS[kind]),
            formats.full_name(nominee),
            nominee["address"],
            line["born"],
            line["achievement"],
            line["honours"] or "Chưa có",
            line["assessment"],
            line["appraisal"],
            line["award"],
            line["note"],
        )


def _table(sheet: Worksheet, first: int, rows: list[tuple[Cell, ...]]) -> None:
    side = Side("thin")
    border = Border(side, side, side, side)
    for row, cells in enumerate([tuple(name for name, _width in COLUMNS), *rows], first):
        for column, value in enumerate(cells, 1):
            heading = row == first
            across = "center" if heading or column in CENTRED else "left"
            bold = heading or column == 4
            place = Alignment(across, "center" if heading else "top", wrap_text=True)
            set_cell(sheet, row, column, value, Font(FACE, 12, bold=bold), place, border)
        widths = (width for _name, width in COLUMNS)
        sheet.row_dimensions[row].height = row_height(list(zip(cells, widths, strict=True)))
    for column, (_name, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    last = get_column_letter(len(COLUMNS))
    sheet.auto_filter.ref = f"A{first}:{last}{first + len(rows)}"
    sheet.freeze_panes = f"E{first + 1}"


def _sign(sheet: Worksheet, *signers: Mapping[str, Any]) -> None:
    """Below the last table: who made the sheet, and who answers for it."""
    below, half = sheet.max_row + 2, len(COLUMNS) // 2
    for start, signer in zip((1, half + 1), signers, strict=True):
        hand = "(Đã ký)" if signer["signed"] else ""
        texts = ["\n".join([*signer["lead"], signer["position"]]).upper(), hand, signer["name"] or ""]
        for row, (text, height) in enumerate(zip(texts, (36, 60, 20), strict=True), below):
            font = Font(FACE, 13, bold=text != hand, italic=text == hand)
            set_cell(sheet, row, start, text, font, Alignment("center", "center", wrap_text=True))
            sheet.merge_cells(start_row=row, end_row=row, start_column=start, end_column=start + half - 1)
            sheet.row_dimensions[row].height = height


def row_height(cells: list[tuple[Cell, int]]) -> float:
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


def _print_setup(sheet: Worksheet, heading: int) -> None:
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
