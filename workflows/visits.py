"""The stages a case went through, as running it again shows them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from workflows.replay import ReplayedStep


@dataclass(frozen=True)
class Visit:
    """A case was at a stage for the ``round``-th time; without ``left`` it is there now."""

    stage: str
    round: int
    entered: dt.datetime
    left: dt.datetime | None = None


def visits(steps: Iterable[ReplayedStep]) -> list[Visit]:
    """In their order. The step that ends a case leaves the stage it was at and enters none."""
    found: list[Visit] = []
    rounds: Counter[str] = Counter()
    at: str | None = None
    for step in steps:
        stage = None if step.ended else step.stage
        if stage == at:
            continue
        if at is not None:
            found[-1] = replace(found[-1], left=step.at)
        if stage is not None:
            rounds[stage] += 1
            found.append(Visit(stage, rounds[stage], step.at))
        at = stage
    return found
