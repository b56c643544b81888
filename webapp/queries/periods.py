"""The periods offices report by: a year, a half of one, a quarter, a month, or the days from one to another."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, extract

MONTHS = 12
OF_QUARTER = 3
PARTS: Mapping[str, tuple[int, int]] = {
    **{f"h{half}": (half * 6 - 5, half * 6) for half in (1, 2)},
    **{f"q{quarter}": (quarter * 3 - 2, quarter * 3) for quarter in range(1, 5)},
    **{f"m{month}": (month, month) for month in range(1, MONTHS + 1)},
}
"""Parts of a year: first and last month."""
DAYS = "days"
"""What stands for a part where a period is given by its first and last day."""
FIELDS = ("year", "part", "since", "until")
BY_PERIOD = ("year", "quarter", "month")
"""What facts can be grouped by, the longest first."""


@dataclass(frozen=True)
class Period:
    """The days from ``first`` to ``last``, both among them; None: on that side it has no end."""

    first: dt.date | None = None
    last: dt.date | None = None

    def __contains__(self, day: dt.date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def __and__(self, other: Period) -> Period:
        """The days both have."""
        firsts = [each for each in (self.first, other.first) if each]
        lasts = [each for each in (self.last, other.last) if each]
        return Period(max(firsts, default=None), min(lasts, default=None))

    @property
    def filters(self) -> dict[str, str]:
        """How an address names it: by year and part where it is one, else by its days (ISO)."""
        named = dict.fromkeys(FIELDS, "")
        if self.first is None and self.last is None:
            return named
        year = (self.last or self.first or dt.date.max).year
        for part, months in {"": (1, MONTHS), **PARTS}.items():
            if self == part_of(year, *months):
                return {**named, "year": str(year), "part": part}
        since, until = (day.isoformat() if day else "" for day in (self.first, self.last))
        return {**named, "part": DAYS, "since": since, "until": until}

    def holds(self, day: ColumnElement[Any]) -> list[ColumnElement[bool]]:
        """Conditions on a column of days."""
        ends = [day >= self.first] if self.first else []
        return [*ends, day <= self.last] if self.last else ends


def part_of(year: int, first: int, last: int) -> Period:
    """The months from one to another of a year."""
    return Period(dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]))


def period_of(year: str = "", part: str = "", since: str = "", until: str = "") -> Period:
    """What an address names, its days in ISO; empty: all days."""
    if part == DAYS:
        first, last = (dt.date.fromisoformat(day) if day else None for day in (since, until))
        return Period(first, last)
    return part_of(int(year), *PARTS.get(part, (1, MONTHS))) if year else Period()


def key_of(by: str, day: ColumnElement[Any]) -> ColumnElement[int]:
    """What days of one year, quarter or month have in common, as a number that grows with them."""
    year, month = (cast(extract(field, day), Integer) for field in ("year", "month"))
    return {
        "year": year,
        "quarter": year * MONTHS + (month + OF_QUARTER - 1) // OF_QUARTER,
        "month": year * MONTHS + month,
    }[by]


def key_at(by: str | None, day: dt.date) -> int:
    """The same of one day."""
    if by == "year":
        return day.year
    return day.year * MONTHS + (day.month if by == "month" else (day.month + OF_QUARTER - 1) // OF_QUARTER)


def period_at(by: str, key: int) -> Period:
    """The period of a key."""
    if by == "year":
        return part_of(key, 1, MONTHS)
    year, place = divmod(key - 1, MONTHS)
    return part_of(year, *PARTS[f"{by[0]}{place + 1}"])
