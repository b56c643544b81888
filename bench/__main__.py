"""`python -m bench`: what to measure, on what, how much of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from bench import (
    bulk,
    certificates,
    completing,
    exporting,
    importing,
    pages,
    peering,
    replaying,
    starting,
    tasks,
    verifying,
    voting,
    walking,
)
from bench.measures import Measure, print_lines, print_table, say, shown
from bench.places import POSTGRESQL, SQLITE, Place, kinds, place

PARTS: dict[str, Callable[[Place, argparse.Namespace], Iterator[Measure]]] = {
    "bulk": lambda here, given: bulk.measure(here, given.bulk),
    "certificates": lambda here, given: certificates.measure(here, given.certificates),
    "completing": lambda here, given: completing.measure(here, given.completions),
    "exporting": lambda here, given: exporting.measure(here, given.exported),
    "importing": lambda here, given: importing.measure(here, given.rows),
    "pages": lambda here, given: pages.measure(here, given.sizes, given.rounds),
    "peers": lambda here, given: peering.measure(here, given.sizes, given.rounds),
    "replaying": lambda here, given: replaying.measure(here, given.rounds),
    "starting": lambda here, given: starting.measure(here, given.starts),
    "tasks": lambda here, given: tasks.measure(here, given.tasks, given.rounds),
    "verifying": lambda here, given: verifying.measure(here, given.verified),
    "walking": lambda here, given: walking.measure(here, given.rounds),
    "voting": lambda here, given: voting.measure(here, given.votes),
}
SIZES = (1_000, 10_000, 100_000, 300_000)
TASKS = (10_000, 1_000_000)


def arguments() -> argparse.Namespace:
    """What was asked for; without anything everything, which takes some minutes."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument(
        "parts", nargs="*", metavar="PART", help=f"one or more of {', '.join(PARTS)}; all without"
    )
    asked.add_argument("--database", choices=(SQLITE, POSTGRESQL), help="only this one")
    asked.add_argument("--completions", type=int, default=200, help="tasks to complete each way (200)")
    asked.add_argument("--sizes", type=_numbers, default=SIZES, help="nominations (1000,10000,100000,300000)")
    asked.add_argument("--tasks", type=_numbers, default=TASKS, help="tasks (10000,1000000)")
    asked.add_argument(
        "--rounds", type=int, default=20, help="requests for each page, and re-executions (20)"
    )
    asked.add_argument("--starts", type=int, default=5, help="how often to start (5)")
    asked.add_argument("--votes", type=int, default=1, help="how often the council votes (1)")
    asked.add_argument("--rows", type=int, default=1_000, help="rows of a list that is taken over (1000)")
    asked.add_argument(
        "--exported", type=int, default=100_000, help="rows of a list that is written to a file (100000)"
    )
    asked.add_argument("--bulk", type=int, default=500, help="tasks decided in one act (500)")
    asked.add_argument("--verified", type=int, default=100_000, help="events to verify (100000)")
    asked.add_argument("--certificates", type=int, default=500, help="certificates in one file (500)")
    given = asked.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        asked.error(f"unknown part: {', '.join(sorted(unknown))}")
    return given


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.split(","))


def measured(given: argparse.Namespace) -> Iterator[Measure]:
    """Everything that was asked for, each part on a database of its own."""
    for kind in kinds(given.database):
        for part in given.parts or PARTS:
            with place(kind) as here:
                for one in PARTS[part](here, given):
                    say(f"{one.database}: {one.what}: {shown(one.value)} {one.unit}")
                    yield one


if __name__ == "__main__":
    everything = list(measured(arguments()))
    print_table(everything)
    print()
    print_lines(everything)
