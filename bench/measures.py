"""What was measured, as a table for people and as JSON lines for programs."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Measure:
    """One value: ``what`` was measured in ``part``, on which database, in which unit."""

    part: str
    database: str
    what: str
    value: float
    unit: str
    note: str = ""


def times(part: str, database: str, what: str, seconds: Sequence[float], note: str = "") -> list[Measure]:
    """Median and 95th percentile of some durations, in milliseconds."""
    return [
        Measure(part, database, f"{what}, median", statistics.median(seconds) * 1000, "ms", note),
        Measure(part, database, f"{what}, p95", late(seconds) * 1000, "ms"),
    ]


def ratios(part: str, database: str, by_size: Mapping[int, Mapping[str, Sequence[float]]]) -> list[Measure]:
    """The 95th percentile of each at the largest size, as so many times that at the smallest."""
    if len(by_size) < 2:
        return []
    least, most = min(by_size), max(by_size)
    return [
        Measure(
            part, database, f"{what}, p95 at {most:,} to that at {least:,}", late(taken) / late(few), "times"
        )
        for what, taken in by_size[most].items()
        if (few := by_size[least].get(what))
    ]


def late(seconds: Sequence[float]) -> float:
    """The 95th percentile."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]


def timed(act: Callable[[], Any]) -> float:
    """Seconds that an act takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def say(text: str) -> None:
    """What is being done, for whoever waits."""
    print(text, file=sys.stderr, flush=True)


def shown(value: float) -> str:
    """Three significant digits at least, thousands apart."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:,.1f}" if value >= 10 else f"{value:.2f}"


def print_table(measures: Iterable[Measure]) -> None:
    """One line for what was measured, one column for each database, and the notes below."""
    found = list(measures)
    databases = list(dict.fromkeys(one.database for one in found))
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    for one in found:
        rows.setdefault((one.part, one.what, one.unit), {})[one.database] = shown(one.value)
    width = max(len(f"{part}: {what}") for part, what, _ in rows)
    print(f"{'':{width}} " + "".join(f"{name:>14}" for name in databases))
    for (part, what, unit), values in rows.items():
        cells = "".join(f"{values.get(name, '–'):>14}" for name in databases)
        print(f"{f'{part}: {what}':{width}} {cells} {unit}")
    for note in dict.fromkeys(f"{one.part}: {one.note}" for one in found if one.note):
        print(f"  {note}")


def print_lines(measures: Iterable[Measure]) -> None:
    """One JSON object a line."""
    for one in measures:
        print(json.dumps(asdict(one), ensure_ascii=False))
