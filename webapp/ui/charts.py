"""Where the parts of a chart lie: bars in a table's cells, lines over years. Drawn as SVG by the templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

FULL = Decimal(100)
WIDTH, HEIGHT = 320, 150
LEFT, RIGHT, TOP, BOTTOM = 34, 16, 22, 24
INSET = 18
"""How far inside the axis the first point stands, so that its number is read."""


@dataclass(frozen=True)
class Bar:
    """A bar in per cent of the width: from ``x`` over ``width``, its target at ``mark``; zero lies at ``zero``.

    ``pledge``: where a second mark stands, if any.
    """

    x: float
    width: float
    mark: float
    zero: float
    pledge: float | None = None


def bars(rows: Sequence[tuple[Decimal, Decimal, Decimal | None]]) -> list[Bar]:
    """Bars for rows of value, target and pledge, all on one scale that holds zero."""
    ends = [Decimal(0), *(number for row in rows for number in row if number is not None)]
    low, high = min(ends), max(ends)
    span = (high - low) or Decimal(1)

    def place(number: Decimal) -> float:
        return round(float((number - low) / span * FULL), 2)

    return [
        Bar(
            x=min(place(Decimal(0)), place(value)),
            width=round(abs(place(value) - place(Decimal(0))), 2),
            mark=place(target),
            zero=place(Decimal(0)),
            pledge=None if pledge is None else place(pledge),
        )
        for value, target, pledge in rows
    ]


@dataclass(frozen=True)
class Point:
    """A place in the drawing, with what stands there."""

    x: float
    y: float
    label: str
    value: Decimal | None = None


@dataclass(frozen=True)
class LineChart:
    """Values over labels and the target beside them; ``ticks`` are levels of the axis, ``labels`` stand below it."""

    values: tuple[Point, ...]
    targets: tuple[Point, ...]
    ticks: tuple[Point, ...]
    labels: tuple[Point, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT

    @property
    def value_path(self) -> str:
        return _path(self.values)

    @property
    def target_path(self) -> str:
        return _path(self.targets)


def line_chart(rows: Sequence[tuple[str, Decimal | None, Decimal]]) -> LineChart | None:
    """A line over rows of label, value and target; None for fewer than two values."""
    known = [value for _label, value, _target in rows if value is not None]
    if len(known) < 2:
        return None
    low = min(Decimal(0), *known, *(row[2] for row in rows))
    high = max(Decimal(0), *known, *(row[2] for row in rows))
    span = (high - low) or Decimal(1)
    step = (WIDTH - LEFT - INSET - RIGHT) / max(1, len(rows) - 1)

    def at(index: int, number: Decimal, label: str) -> Point:
        y = HEIGHT - BOTTOM - float((number - low) / span) * (HEIGHT - TOP - BOTTOM)
        return Point(round(LEFT + INSET + index * step, 1), round(y, 1), label, number)

    return LineChart(
        values=tuple(at(i, value, label) for i, (label, value, _t) in enumerate(rows) if value is not None),
        targets=tuple(at(i, target, label) for i, (label, _v, target) in enumerate(rows)),
        ticks=tuple(at(0, number, "") for number in (low, low + span / 2, high)),
        labels=tuple(
            Point(round(LEFT + INSET + i * step, 1), HEIGHT - 7, row[0]) for i, row in enumerate(rows)
        ),
    )


def _path(points: Iterable[Point]) -> str:
    return " ".join(f"{point.x},{point.y}" for point in points)
