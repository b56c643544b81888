"""The events as a table, a line each: of comma-separated values, and as rows of a sheet."""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterable, Iterator
from typing import TextIO

from webapp.documents.event_logs.instants import utc
from workflows.mined import MinedCase

HEADS = (
    "case",
    "process",
    "campaign",
    "unit",
    "number",
    "activity",
    "lifecycle",
    "at",
    "actor",
    "principal",
    "role",
    "round",
    "decision",
    "type",
    "element",
    "group",
    "instance",
)


def write_csv(file: TextIO, cases: Iterable[MinedCase]) -> Generator[int]:
    """Write a head line and a line for each event; yields how many events are in it after each case."""
    lines = csv.writer(file)
    lines.writerow(HEADS)
    count = 0
    for case in cases:
        rows = list(rows_of(case))
        lines.writerows([_inert(cell) for cell in row] for row in rows)
        count += len(rows)
        yield count


def rows_of(case: MinedCase) -> Iterator[list[str]]:
    """The events of a case as texts under the HEADS."""
    for event in case.events:
        row = {**vars(case), **vars(event), "case": case.code, "at": utc(event.at)}
        yield [str(row[head]) for head in HEADS]


def _inert(text: str) -> str:
    """A spreadsheet takes nothing for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
