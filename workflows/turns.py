"""How often a case went through its processes: what a loop repeats is another turn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workflows.engine import Drawing
from workflows.values import Move

ENDS = frozenset({"endEvent"})
"""Two branches may come to one end; nothing is repeated by that."""


@dataclass(frozen=True)
class Turn:
    """One time through a scope: a process, or one instance of a multi-instance.

    ``scope`` is the path that leads to it (empty: the root process), ``process`` is the one it is drawn in; ``whole``:
    it is that whole process and no instance in it. ``number`` counts the turns of the scope, ``around`` is the place
    of the turn that it is part of.
    """

    scope: str
    process: str
    whole: bool
    number: int
    around: int | None


@dataclass(frozen=True)
class _Scope:
    """A scope around a move; ``inner`` are the paths of what is repeated in it when the move is."""

    path: str
    process: str
    whole: bool
    inner: tuple[str, ...]


@dataclass
class Turns:
    """The turns of a case, found as its moves are read.

    A turn is over as soon as something in its scope is completed, or entered, that was completed in it before.
    """

    drawing: Drawing
    root: str
    found: list[Turn] = field(default_factory=list)
    _now: dict[str, int] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)
    _done: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def read(self, moves: Iterable[Move]) -> tuple[int, ...]:
        """The turn of each of the next moves, by its place among those found."""
        return tuple(self._turn_of(move) for move in moves)

    def _turn_of(self, move: Move) -> int:
        ends = self.drawing.processes[move.process].elements[move.element].type in ENDS
        at: int | None = None
        scope = None
        for scope in scopes(self.drawing, self.root, move.path):
            now = self._now.get(scope.path)
            repeats = not ends and any(path in self._done[scope.path] for path in scope.inner)
            if now is None or self.found[now].around != at or repeats:
                now = self._begin(scope, at)
            at = now
        assert scope is not None
        assert at is not None  # a move lies at least in the root
        self._done[scope.path].add(move.path)
        return at

    def _begin(self, scope: _Scope, around: int | None) -> int:
        self._counts[scope.path] += 1
        self._done[scope.path] = set()
        self._now[scope.path] = len(self.found)
        self.found.append(Turn(scope.path, scope.process, scope.whole, self._counts[scope.path], around))
        return self._now[scope.path]


def scopes(drawing: Drawing, root: str, path: str) -> Iterator[_Scope]:
    """The scopes around what a path leads to, the root first."""
    process, scope, whole = root, "", True
    inner: list[str] = []
    *around, last = path.split("/")
    at = ""
    for step in around:
        inner.append(at + step)
        called = drawing.processes[process].elements[step.partition("[")[0]].called
        if called or "[" in step:
            yield _Scope(scope, process, whole, tuple(inner))
            process, scope, whole, inner = called or process, at + step, bool(called), []
        at += f"{step}/"
    yield _Scope(scope, process, whole, (*inner, at + last))
