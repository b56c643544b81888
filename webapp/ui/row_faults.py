"""Faults of rows that come in from Excel, as sentences: of the file, and of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from webapp.row_files import Row, UnreadableFile
from webapp.ui.fault_texts import fault_text
from workflows.forms import Fault, Schema

MOST_SHOWN = 200
MOST_OFFERED = 8


@dataclass(frozen=True)
class FaultLine:
    """A row that cannot be taken over, and why."""

    number: int
    name: str
    texts: list[str]


@dataclass(frozen=True)
class FaultyList:
    """Why a list was not taken over: the file's own ``fault``, or the first ``lines`` of ``faulty`` in ``rows``."""

    fault: str = ""
    lines: Sequence[FaultLine] = ()
    faulty: int = 0
    rows: int = 0

    @property
    def more(self) -> int:
        """How many rows at fault are not named."""
        return self.faulty - len(self.lines)


def faulty_list(faulty: Sequence[Row], rows: int, schema: Schema, name: str) -> FaultyList:
    """The rows at fault of a list with so many rows; ``name`` is the property that says whom a row is about."""
    lines = [
        FaultLine(
            row.number,
            str(row.data.get(name, "")),
            [row_fault_text(each, schema, row.data) for each in row.faults],
        )
        for row in faulty[:MOST_SHOWN]
    ]
    return FaultyList(lines=lines, faulty=len(faulty), rows=rows)


def row_fault_text(fault: Fault, schema: Schema, said: Mapping[str, Any]) -> str:
    """What is wrong with a cell, naming its heading, what stands in it and what may."""
    name = fault.pointer.strip("/").partition("/")[0]
    part = schema["properties"].get(name, {"type": "string"})
    label, value = part.get("title", name), said.get(name, "")
    if fault.code == "example_row":
        return _("This is the example row of the template. Delete it or write over it.")
    if fault.code == "not_a_choice":
        offered = [each["title"] for each in part.get("oneOf", ())]
        return _not_offered(label, value, offered)
    if fault.code == "malformed":
        hint = part.get("description", "")
        said_wrong = _("“%(label)s”: “%(value)s” is not written as asked.", label=label, value=value)
        return f"{said_wrong} {hint}".strip()
    return fault_text(fault, label, part)


def _not_offered(label: str, value: Any, offered: Sequence[str]) -> str:
    told = _("“%(label)s”: there is no “%(value)s” here.", label=label, value=value)
    if len(offered) > MOST_OFFERED:
        return f"{told} {_('Choose from the list in the cell of the template.')}"
    return f"{told} {_('Write one of: %(choices)s.', choices='; '.join(offered))}"


def unreadable_text(fault: UnreadableFile) -> str:
    """Why a file cannot be read as a list, and what to do."""
    match fault.code:
        case "headings_missing":
            return _(
                "These columns are missing: %(headings)s. Use the template, or give your columns its headings.",
                headings=fault.values["headings"],
            )
        case "too_many_rows":
            return _("The list is too long: at most %(limit)s rows. Split it.", limit=fault.values["limit"])
        case "no_rows":
            return _("The list has no rows. Fill the template in and choose it again.")
    return _("The file is no Excel workbook (.xlsx). Save it as one and choose it again.")
