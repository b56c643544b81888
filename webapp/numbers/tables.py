"""A table of numbers: cells that lead to their rows, columns, lines, a total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["count", "money", "days"]


@dataclass(frozen=True)
class Cell:
    """A number and the address of its rows, empty where there are none. ``share`` of the total in per cent."""

    value: int | None
    url: str = ""
    kind: Kind = "count"
    share: float | None = None


@dataclass(frozen=True)
class Column:
    """A column and what it is called."""

    code: str
    title: str
    money: bool = False


@dataclass(frozen=True)
class TableLine:
    """A line: what it is about, what stands beside that, and its cells in the order of the columns."""

    label: str
    note: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """``head`` is what the lines are; ``drawn`` are the columns of its chart."""

    title: str
    head: str
    columns: Sequence[Column]
    lines: Sequence[TableLine]
    total: TableLine | None
    drawn: tuple[str, ...]

    def joined(self, other: Table, title: str, word: str) -> Table:
        """The columns of both over the lines of either, zeros where one has none; ``word`` names the total."""
        mine, theirs = ({line.label: line for line in table.lines} for table in (self, other))
        labels = list(dict.fromkeys((*theirs, *mine)))
        lines = [self._beside(other, mine.get(label), theirs.get(label)) for label in labels]
        total = TableLine(word, "", [*self._all(), *other._all()]) if len(lines) > 1 else None
        return Table(title, self.head, [*self.columns, *other.columns], lines, total, other.drawn)

    def _all(self) -> Sequence[Cell]:
        """The numbers of all lines as one."""
        whole = self.total or next(iter(self.lines), None)
        return whole.cells if whole else [Cell(0)] * len(self.columns)

    def _beside(self, other: Table, mine: TableLine | None, theirs: TableLine | None) -> TableLine:
        known = mine or theirs
        assert known is not None
        left = mine.cells if mine else [Cell(0)] * len(self.columns)
        right = theirs.cells if theirs else [Cell(0)] * len(other.columns)
        return replace(known, cells=[*left, *right])
