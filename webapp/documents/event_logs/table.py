"""The events as a table of comma-separated values, for spreadsheets and scripts."""

from __future__ import annotations

import csv
from collections.abc import Iterable
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
)


def write_csv(file: TextIO, cases: Iterable[MinedCase]) -> int:
    """Write a head line and a line for each event; returns how many events."""
    lines = csv.writer(file)
    lines.writerow(HEADS)
    count = 0
    for case in cases:
        for event in case.events:
            row = {**vars(case), **vars(event), "case": case.code, "at": utc(event.at)}
            lines.writerow(_inert(str(row[head])) for head in HEADS)
            count += 1
    return count


def _inert(text: str) -> str:
    """A spreadsheet takes nothing for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
