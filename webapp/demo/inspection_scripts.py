"""Inspections as the demo plays them, as typed values read from `data/inspections/*.yaml`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from webapp.demo.script import DATA, load


@dataclass(frozen=True)
class Note:
    """A note about the first time a step of a nomination was done."""

    nominee: str
    step: str
    on: str
    text: str


@dataclass(frozen=True)
class Finding:
    """A finding about such a step: raised, answered by the organiser's head, concluded."""

    nominee: str
    step: str
    on: str
    severity: str
    seen: str
    request: str
    answer_by: dt.date
    answered: str
    answer: str
    reviewed: str
    result: str
    conclusion: str
    measures: str = ""


@dataclass(frozen=True)
class Inspection:
    """An inspection of the organiser of a campaign; nominees are those of a round."""

    campaign: str
    round: str
    title: str
    decision_number: str
    decision_date: dt.date
    issued_by: str
    period_from: dt.date
    period_to: dt.date
    begins_on: dt.date
    ends_on: dt.date
    begun: str
    head: str
    note: Note
    findings: tuple[Finding, ...]
    ended: str
    conclusion: str


@cache
def inspections() -> tuple[Inspection, ...]:
    """Every inspection of the script."""
    return tuple(load(Inspection, file) for file in sorted(DATA.glob("inspections/*.yaml")))
