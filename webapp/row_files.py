"""Lists that come in from Excel: the template a schema asks for, and a filled one read back, row by row.

A row is an object by its JSON Schema; the headings are the titles of its properties, in any of our languages.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from webapp.text import nfc, search_key
from workflows.forms import Fault, Schema, validate

MOST_ROWS = 20_000
MOST_BYTES = 200 * 2**20
"""What a file may unfold to: a small one can be made to fill the memory."""
HEADING_ROWS = 10
"""Within so many rows the headings must stand; above them is room for the office's own title."""
WIDEST, NARROWEST = 46, 12
TEXT = "@"
WHOLE = re.compile(r"-?[0-9]{1,18}")
"""A whole number as databases hold it; what is longer stays a text, which the validation names."""


class UnreadableFile(ValueError):
    """The file is no such list; ``code`` says why, ``values`` what was missing."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, what it says, and what is wrong with it."""

    number: int
    data: Mapping[str, Any]
    faults: tuple[Fault, ...]


def template(schema: Schema, title: str, example: Mapping[str, Any]) -> bytes:
    """An empty list as an Excel file: headings with notes, choices to pick from, one row as an example."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title[:31]
    for column, (name, part) in enumerate(schema["properties"].items(), 1):
        _head(sheet, column, part, required=name in schema["required"])
        _offer(book, sheet, column, part)
        cell = sheet.cell(2, column, _shown(part, example.get(name)))
        cell.font = Font(italic=True, color="777777")
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def listed(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A list as an Excel file, every cell a text."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title[:31]
    for number, cells in enumerate([headings, *rows], 1):
        for column, text in enumerate(cells, 1):
            cell = sheet.cell(number, column, text)
            cell.number_format, cell.data_type = TEXT, "s"
            cell.font = Font(bold=number == 1)
    for column in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 28
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _head(sheet: Worksheet, column: int, part: Schema, *, required: bool) -> None:
    cell = sheet.cell(1, column, part["title"] + (" *" if required else ""))
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EEF0F4")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    letter = get_column_letter(column)
    sheet.column_dimensions[letter].width = min(WIDEST, max(NARROWEST, len(part["title"]) + 4))
    if part["type"] == "string" and "format" not in part:
        for row in range(2, 1_000):
            sheet.cell(row, column).number_format = TEXT


def _offer(book: Workbook, sheet: Worksheet, column: int, part: Schema) -> None:
    """A list to pick from; it stands in a sheet of its own, because Excel takes 255 characters only otherwise."""
    if "oneOf" not in part:
        return
    if "…" not in book.sheetnames:
        book.create_sheet("…").sheet_state = "hidden"
    kept = book["…"]
    for row, option in enumerate(part["oneOf"], 1):
        kept.cell(row, column, option["title"])
    letter = get_column_letter(column)
    source = f"='…'!${letter}$1:${letter}${len(part['oneOf'])}"
    offered = DataValidation(type="list", formula1=source, allow_blank=True)
    sheet.add_data_validation(offered)
    offered.add(f"{letter}2:{letter}{MOST_ROWS}")


def _shown(part: Schema, value: Any) -> Any:
    titles = {option["const"]: option["title"] for option in part.get("oneOf", ())}
    return titles.get(value, value)


def read_rows(data: bytes, schemas: Sequence[Schema], day: dt.date) -> list[Row]:
    """The rows of a filled list; ``schemas`` is the row's schema once in each language.

    Empty rows are passed over. Raises UnreadableFile: not_excel, headings_missing, too_many_rows, no_rows.
    """
    rows = _cells(data)
    headings = _headings(rows, schemas)
    columns = {name: _column([schema["properties"][name] for schema in schemas]) for name in headings}
    found = []
    for number, cells in rows:
        said = {name: cells[at] for name, at in headings.items() if at < len(cells)}
        if any(value not in (None, "") for value in said.values()):
            found.append(_row(number, said, columns, schemas[0], day))
        if len(found) > MOST_ROWS:
            raise UnreadableFile("too_many_rows", limit=MOST_ROWS)
    if not found:
        raise UnreadableFile("no_rows")
    return found


def _cells(data: bytes) -> Iterator[tuple[int, tuple[Any, ...]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
                raise UnreadableFile("too_many_rows", limit=MOST_ROWS)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        yield from enumerate(sheet.iter_rows(values_only=True), 1)
    except UnreadableFile:
        raise
    except Exception as fault:  # the library raises whatever a broken file makes it stumble over
        raise UnreadableFile("not_excel") from fault


def _headings(rows: Iterable[tuple[int, tuple[Any, ...]]], schemas: Sequence[Schema]) -> dict[str, int]:
    """Which column says what; the first row with all required headings is the one."""
    known = {_key(part["title"]): name for each in schemas for name, part in each["properties"].items()}
    missing: list[str] = list(schemas[0]["required"])
    for number, cells in rows:
        found = {known[_key(cell)]: at for at, cell in enumerate(cells) if _key(cell) in known}
        lacking = [name for name in schemas[0]["required"] if name not in found]
        if not lacking:
            return found
        missing = min(missing, lacking, key=len)
        if number >= HEADING_ROWS:
            break
    titles = [schemas[0]["properties"][name]["title"] for name in missing]
    raise UnreadableFile("headings_missing", headings="; ".join(titles))


def _key(text: Any) -> str:
    return search_key(str(text or "")).rstrip("* ")


@dataclass(frozen=True)
class _Column:
    """What a column holds; ``choices`` by the key of their titles in any language and of their values."""

    kind: str
    is_day: bool
    choices: Mapping[str, Any]


def _column(parts: Sequence[Schema]) -> _Column:
    options = [option for part in parts for option in part.get("oneOf", ())]
    choices = {_key(option[word]): option["const"] for option in options for word in ("const", "title")}
    return _Column(parts[0]["type"], parts[0].get("format") == "date", choices)


def _row(
    number: int, said: Mapping[str, Any], columns: Mapping[str, _Column], schema: Schema, day: dt.date
) -> Row:
    read = {name: _value(columns[name], value) for name, value in said.items()}
    data = {name: value for name, value in read.items() if value not in (None, "")}
    return Row(number, data, tuple(validate(schema, data, day)))


def _value(column: _Column, value: Any) -> Any:
    """A cell as the schema has it; what cannot be read stays as it is, and the validation names it."""
    if value is None:
        return None
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%Y-%m-%d") if column.is_day else value.strftime("%d/%m/%Y")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = nfc(str(value))
    if column.choices:
        return column.choices.get(_key(text), text)
    if column.kind == "integer":
        return int(text) if WHOLE.fullmatch(text) else text
    if column.kind == "number":
        return value if isinstance(value, int | float) else _number(text)
    return _day(text) if column.is_day else text


def _number(text: str) -> Any:
    try:
        return float(text.replace(".", "").replace(",", ".") if "," in text else text)
    except ValueError:
        return text


def _day(text: str) -> str:
    try:
        return dt.datetime.strptime(text, "%d/%m/%Y").date().isoformat()  # noqa: DTZ007 -- a day has no zone
    except ValueError:
        return text
