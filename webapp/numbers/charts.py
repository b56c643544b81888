"""The chart of a table: bars of its lines on one scale, told apart by pattern as well as by colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.numbers.tables import Cell, Table, TableLine

MOST = 12
FULL = 100
LEAST = 0.6


@dataclass(frozen=True)
class Bar:
    """A bar in per cent of the width; ``pattern`` counts from 0."""

    cell: Cell
    title: str
    width: float
    pattern: int


@dataclass(frozen=True)
class ChartLine:
    """The bars of a line of the table."""

    label: str
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Chart:
    """``keys`` are the names of the patterns; ``more`` lines stand in the table alone."""

    lines: Sequence[ChartLine]
    keys: Sequence[str]
    more: int


def chart_of(table: Table) -> Chart | None:
    """The chart of the largest lines of a table, in its order; None where nothing is to be drawn."""
    places = [at for at, column in enumerate(table.columns) if column.code in table.drawn]
    first = _largest(table, places)
    largest = max((line.cells[at].value or 0 for line in first for at in places), default=0)
    if not largest:
        return None
    lines = [
        ChartLine(
            line.label,
            [
                Bar(cell, table.columns[at].title, _width(cell, largest), pattern)
                for pattern, at in enumerate(places)
                for cell in (line.cells[at],)
            ],
        )
        for line in first
    ]
    return Chart(lines, [table.columns[at].title for at in places], len(table.lines) - len(first))


def _largest(table: Table, places: Sequence[int]) -> Sequence[TableLine]:
    """So many lines as are drawn: those with the largest numbers in the first column that is drawn."""
    if len(table.lines) <= MOST or not places:
        return table.lines
    by_size = sorted(range(len(table.lines)), key=lambda at: -(table.lines[at].cells[places[0]].value or 0))
    return [table.lines[at] for at in sorted(by_size[:MOST])]


def _width(cell: Cell, largest: int) -> float:
    value = cell.value or 0
    return max(round(value / largest * FULL, 2), LEAST) if value else 0
