"""The columns of the tracking table: which there are, which a reader has chosen, and their cells in a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.i18n import content
from webapp.queries.forecasts import Forecasts
from webapp.queries.tracking import NominationRow
from webapp.ui.case_states import case_status, kind_name, outcome_name, phase_name
from webapp.ui.formats import days_until
from webapp.ui.roles import role_name
from workflows.values import local_day

Cell = str | int | dt.date | None


@dataclass(frozen=True)
class Words:
    """What the cells of one file need beside the row: names of awards, the instant, how long such dossiers take."""

    awards: Mapping[str, str]
    now: dt.datetime
    forecasts: Forecasts
    kept: dict[tuple[Any, ...], str] = field(default_factory=dict)

    def said(self, say: Callable[..., object], *of: str | None) -> str:
        """What something is called in the language of the file; looked up once, however many rows it stands in."""
        key = (say, *of)
        if key not in self.kept:
            self.kept[key] = str(say(*of))
        return self.kept[key]


Part = tuple[LazyString, int, Callable[[NominationRow, Words], Cell]]
"""A column of a file: its heading, its width in characters, its value."""


@dataclass(frozen=True)
class Column:
    """A column of the table; in a file it is one or more."""

    label: LazyString
    parts: tuple[Part, ...]


def _state(*of: Any) -> object:
    return case_status("nomination", *of).word


def _outcome(outcome: str | None) -> object:
    return outcome_name("nomination", outcome)


def _status(row: NominationRow, words: Words) -> Cell:
    return words.said(_state, row.state, row.stage, row.outcome, row.element)


def _phase(row: NominationRow, words: Words) -> Cell:
    return words.said(phase_name, row.stage or "") if row.state != "ended" else None


def _holder(row: NominationRow, words: Words) -> Cell:
    if row.state == "ended" or not row.role:
        return None
    return row.holder or words.said(role_name, row.role)


def _waited(row: NominationRow, words: Words) -> Cell:
    running = row.state != "ended" and row.since is not None
    return max(0, -days_until(row.since, words.now)) if running and row.since else None


def _day(value: dt.datetime | None) -> dt.date | None:
    return local_day(value) if value else None


def _due(row: NominationRow, _words: Words) -> Cell:
    return _day(row.due) if row.state == "active" else None


def _expected(row: NominationRow, words: Words) -> Cell:
    found = words.forecasts.of_row(row, words.now)
    return found.day if found else None


def _later(row: NominationRow, words: Words) -> Cell:
    found = words.forecasts.of_row(row, words.now)
    return found.later if found else None


COLUMNS: Mapping[str, Column] = {
    "code": Column(_l("Code"), ((_l("Code"), 16, lambda row, _: row.code),)),
    "name": Column(
        _l("Person or unit"),
        (
            (_l("Person or unit"), 32, lambda row, _: row.title),
            (_l("Kind of nominee"), 14, lambda row, words: words.said(kind_name, row.kind)),
            (_l("Unit"), 26, lambda row, words: words.said(content, row.unit)),
        ),
    ),
    "campaign": Column(
        _l("Campaign"), ((_l("Campaign"), 40, lambda row, words: words.said(content, row.campaign)),)
    ),
    "strand": Column(
        _l("Strand and proposed award"),
        (
            (_l("Strand"), 40, lambda row, words: words.said(content, row.strand)),
            (_l("Award"), 22, lambda row, words: words.said(content, words.awards.get(row.award, row.award))),
        ),
    ),
    "phase": Column(_l("Phase"), ((_l("State"), 22, _status), (_l("Phase"), 22, _phase))),
    "outcome": Column(
        _l("Outcome"),
        (
            (
                _l("Outcome"),
                22,
                lambda row, words: words.said(_outcome, row.outcome) if row.state == "ended" else None,
            ),
        ),
    ),
    "holder": Column(
        _l("Waiting for"),
        (
            (_l("Waiting for"), 26, _holder),
            (
                _l("Task"),
                30,
                lambda row, words: words.said(content, row.task or "") if _holder(row, words) else None,
            ),
        ),
    ),
    "since": Column(
        _l("Waiting since"),
        (
            (_l("Waiting since"), 14, lambda row, _: _day(row.since) if row.state != "ended" else None),
            (_l("Days"), 8, _waited),
            (_l("Ended on"), 14, lambda row, _: _day(row.ended_at)),
        ),
    ),
    "due": Column(_l("Due"), ((_l("Due"), 14, _due),)),
    "expected": Column(
        _l("Expected finish"),
        ((_l("Expected finish"), 14, _expected), (_l("At the latest, for four of five"), 16, _later)),
    ),
    "received": Column(_l("Received on"), ((_l("Received on"), 14, lambda row, _: row.received_on),)),
    "batch": Column(_l("Submission batch"), ((_l("Submission batch"), 16, lambda row, _: row.batch),)),
    "decision": Column(_l("Decision"), ((_l("Decision"), 18, lambda row, _: row.decision),)),
}
ALWAYS = "name"
USUAL = ("code", "name", "strand", "phase", "holder", "since", "due")
SEPARATOR = "."


def columns_of(text: str) -> tuple[str, ...]:
    """The columns an address or a person's choice names, in the order of the table; the usual ones for none."""
    named = set(text.split(SEPARATOR))
    if not named & set(COLUMNS):
        return USUAL
    return tuple(code for code in COLUMNS if code in named or code == ALWAYS)


def text_of(columns: Iterable[str]) -> str:
    """Columns as an address names them."""
    chosen = set(columns)
    return SEPARATOR.join(code for code in COLUMNS if code in chosen or code == ALWAYS)


def parts_of(columns: Iterable[str]) -> list[Part]:
    """The columns of a file that stand for columns of the table."""
    return [part for code in columns for part in COLUMNS[code].parts]


def cells_of(parts: Iterable[Part], row: NominationRow, words: Words) -> list[Any]:
    """A row of a file."""
    return [value(row, words) for _heading, _width, value in parts]
