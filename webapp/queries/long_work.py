"""How far long work has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """``state``: waiting, running, done, cancelled or failed, or what its kind knows beside; counts are of items."""

    state: str
    total: int
    done: int
    failed: int = 0

    @property
    def running(self) -> bool:
        return self.state in ("waiting", "running")

    @property
    def retryable(self) -> bool:
        """Whether something of it can be tried again."""
        return self.state == "failed" or (self.state == "done" and self.failed > 0)

    @property
    def tried(self) -> int:
        return self.done + self.failed

    @property
    def waiting(self) -> int:
        return self.total - self.tried

    @property
    def tenths(self) -> int:
        """How many tenths of the way are behind it."""
        return self.tried * 10 // self.total if self.total else 0


def progress_of(state: str, counts: Mapping[str, int]) -> Progress:
    """The progress of work whose items are counted by their states."""
    known = {name: counts.get(name, 0) for name in ("waiting", "done", "failed")}
    return Progress(state, sum(known.values()), known["done"], known["failed"])
