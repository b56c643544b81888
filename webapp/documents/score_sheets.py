"""The scores of a cluster's year as an Excel file: the ranking, and every member's points for every criterion."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from webapp.documents.cells import FACE, Cell, height_of, print_setup, set_cell
from webapp.documents.packing import repacked
from webapp.documents.render import composed
from webapp.documents.word_files import plain

RANKING = (
    ("Hạng", 8),
    ("Đơn vị thành viên", 34),
    ("Tự chấm", 12),
    ("Chấm chéo", 12),
    ("Tổng hợp", 12),
    ("Sau thẩm định", 12),
    ("Đơn vị chấm chéo", 34),
    ("Kết quả suy tôn", 18),
)
POINTS = (("Tiêu chí", 48), ("Điểm tối đa", 9), ("Hệ số", 8))
"""Heading and width (in characters) of each column; in the second sheet each member has one for each of its kinds."""

KINDS = (("self", "Tự chấm"), ("cross", "Chấm chéo"), ("verified", "Thẩm định"))
ADDED = {"bonus": " (điểm thưởng)", "penalty": " (điểm trừ)"}
EACH = 10
EXACT = "#,##0.##"

_SIDE = Side("thin")
_BORDER = Border(_SIDE, _SIDE, _SIDE, _SIDE)
_GROUND = PatternFill("solid", "EEEEEE")


def score_workbook(facts: Mapping[str, Any]) -> bytes:
    """An Excel file of a year. Equal facts give equal bytes; points are numbers, None where there are none.

    ``facts``: title, cluster, criteria, note; ``members`` with name, rank, scorer, acclaimed, totals by kind; ``parts``
    with name and criteria, each with name, maximum, weight, kind and for each member its points by kind.
    """
    told = plain(composed(facts))
    book = Workbook()
    book.properties.title = told["title"]
    book.properties.creator = told["cluster"]
    _ranking(book.worksheets[0], told)
    _points(book.create_sheet("Điểm từng tiêu chí"), told)
    written = io.BytesIO()
    book.save(written)
    return repacked(written.getvalue())


def _ranking(sheet: Worksheet, told: Mapping[str, Any]) -> None:
    sheet.title = "Xếp hạng"
    first = _head(sheet, told, [width for _name, width in RANKING])
    _line(sheet, first, [name for name, _width in RANKING], RANKING, bold=True)
    for row, member in enumerate(told["members"], first + 1):
        totals = [member["totals"].get(kind) for kind in ("self", "cross", "consolidated", "verified")]
        acclaimed = "Được suy tôn" if member["acclaimed"] else ""
        _line(sheet, row, [member["rank"], member["name"], *totals, member["scorer"], acclaimed], RANKING)
    _finish(sheet, first, RANKING, freeze="C")


def _points(sheet: Worksheet, told: Mapping[str, Any]) -> None:
    members: Sequence[Mapping[str, Any]] = told["members"]
    columns = [*POINTS, *((name, EACH) for _member in members for _kind, name in KINDS)]
    first = _head(sheet, told, [width for _name, width in columns])
    names = [cell for member in members for cell in (member["name"], "", "")]
    _line(sheet, first, ["", "", "", *names], columns, bold=True)
    _over_kinds(sheet, first, len(members))
    sheet.row_dimensions[first].height = height_of([(member["name"], 3 * EACH) for member in members])
    _line(sheet, first + 1, [name for name, _width in columns], columns, bold=True)
    row = first + 2
    for part in told["parts"]:
        _line(sheet, row, [part["name"], *[""] * (len(columns) - 1)], columns, bold=True, ground=True)
        for below, criterion in enumerate(part["criteria"], 1):
            _line(sheet, row + below, _criterion(criterion), columns)
        row += len(part["criteria"]) + 1
    totals = [member["totals"].get(kind) for member in members for kind, _name in KINDS]
    _line(sheet, row, ["Tổng điểm (đã nhân hệ số)", "", "", *totals], columns, bold=True)
    ranks = [cell for member in members for cell in (member["rank"], "", "")]
    _line(sheet, row + 1, ["Xếp hạng", "", "", *ranks], columns, bold=True)
    _over_kinds(sheet, row + 1, len(members))
    _finish(sheet, first + 1, columns, freeze="D")


def _criterion(criterion: Mapping[str, Any]) -> list[Cell]:
    name = criterion["name"] + ADDED.get(criterion["kind"], "")
    given = [points.get(kind) for points in criterion["points"] for kind, _name in KINDS]
    return [name, criterion["maximum"], criterion["weight"], *given]


def _head(sheet: Worksheet, told: Mapping[str, Any], widths: Sequence[int]) -> int:
    """Title, cluster and criteria over the table; returns the row it begins in."""
    head = (
        (told["title"].upper(), Font(FACE, 14, bold=True)),
        (told["cluster"], Font(FACE, 13, bold=True)),
        (told["criteria"], Font(FACE, 12, italic=True)),
        (told["note"], Font(FACE, 12, italic=True)),
    )
    for row, (text, font) in enumerate(head, 1):
        set_cell(sheet, row, 1, text, font, Alignment("center", "center", wrap_text=True))
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
        sheet.row_dimensions[row].height = height_of([(text, sum(widths))])
    return len(head) + 1


def _line(
    sheet: Worksheet,
    row: int,
    cells: Sequence[Cell],
    columns: Sequence[tuple[str, int]],
    *,
    bold: bool = False,
    ground: bool = False,
) -> None:
    for column, value in enumerate(cells, 1):
        _name, width = columns[column - 1]
        across = "left" if width > 2 * EACH and not (bold and not ground) else "center"
        place = Alignment(across, "center", wrap_text=not ground)
        set_cell(sheet, row, column, value, Font(FACE, 12, bold=bold), place, _BORDER)
        if isinstance(value, int | float):
            sheet.cell(row, column).number_format = EXACT if value % 1 else "#,##0"
        if ground:
            sheet.cell(row, column).fill = _GROUND
    widths = (width for _name, width in columns)
    if not ground:
        sheet.row_dimensions[row].height = height_of(list(zip(cells, widths, strict=True)))


def _over_kinds(sheet: Worksheet, row: int, members: int) -> None:
    """One cell over the kinds of each member."""
    for number in range(members):
        start = len(POINTS) + 1 + number * len(KINDS)
        sheet.merge_cells(start_row=row, end_row=row, start_column=start, end_column=start + len(KINDS) - 1)


def _finish(sheet: Worksheet, heading: int, columns: Sequence[tuple[str, int]], freeze: str) -> None:
    for column, (_name, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"{freeze}{heading + 1}"
    print_setup(sheet, heading)
