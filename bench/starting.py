"""Starting: the application made, and a process until it answers for the first time."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

from bench.measures import Measure, say, times
from bench.places import ROOT, Place
from tests.installation import Installation, installed

PART = "starting"
MAKING = """
import os, time
began = time.perf_counter()
from webapp import create_app
from webapp.config import from_environ
imported = time.perf_counter()
create_app(from_environ(os.environ))
print(time.perf_counter() - imported, time.perf_counter() - began)
"""


def measure(place: Place, rounds: int) -> Iterator[Measure]:
    """Median and p95 of so many starts."""
    say(f"{place.kind}: starting")
    made = [_made(Installation(place.settings)) for _each in range(rounds)]
    first = [_first_answer(place) for _each in range(rounds)]
    yield from times(PART, place.kind, "create_app", [one for one, _ in made])
    yield from times(PART, place.kind, "imports and create_app", [both for _, both in made])
    yield from times(
        PART, place.kind, "web process to its first answer", first, "gunicorn as `make run` starts it"
    )


def _made(installation: Installation) -> tuple[float, float]:
    said = subprocess.run(
        [sys.executable, "-c", MAKING],
        cwd=ROOT,
        env=installation.environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    made, both = said.split()
    return float(made), float(both)


def _first_answer(place: Place) -> float:
    with installed(place.settings) as installation:
        began = time.perf_counter()
        installation.start("web")
        return time.perf_counter() - began
