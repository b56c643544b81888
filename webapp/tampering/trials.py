"""Trials: a copy is falsified in one of the ways, and the verification has to name it."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import Recorded
from webapp.extensions import db
from webapp.queries.chains import Finding
from webapp.tampering.copies import Copy, Original
from webapp.tampering.guards import unguarded
from webapp.tampering.scenes import Deed, Scene
from webapp.tampering.ways import Way


class LiveRecord(RuntimeError):
    """What should have been falsified is the database of the installation."""


@dataclass(frozen=True)
class Trial:
    """What was done and what the verification said. ``before`` and ``after``: the stream as pages read it."""

    way: Way
    stream: str
    deed: Deed
    findings: tuple[Finding, ...]
    before: tuple[Recorded, ...]
    after: tuple[Recorded, ...]
    seconds: float

    @property
    def found(self) -> Finding | None:
        """The finding that names what was done, of its kind and at its place."""
        named = (
            each for each in self.findings if (each.kind, each.place) == (self.way.kind, self.deed.place)
        )
        return next(named, None)


def falsify(copy: Copy, way: Way, aim: tuple[str, int], made_at: dt.datetime) -> Deed:
    """Falsify a copy. Raises LiveRecord before anything is done to what is none, and NothingToFalsify."""
    if copy.engine.url == db.engine.url:
        raise LiveRecord
    with Session(copy.engine) as copied, copied.begin():
        stream, number = aim
        with unguarded(copied.connection()):
            return way.do(Scene(copied, copy, stream, number, made_at))


def verified(copy: Copy) -> tuple[Finding, ...]:
    """What the verification says of a copy."""
    with Session(copy.engine) as copied:
        return tuple(copy.proof(copied).findings())


def tried(original: Original, way: Way, aim: tuple[str, int], made_at: dt.datetime) -> Trial:
    """Falsify another copy of a copy and verify it. Raises NothingToFalsify."""
    with original.again() as copy:
        before = _as_read(copy, aim[0])
        deed = falsify(copy, way, aim, made_at)
        begun = time.monotonic()
        findings = verified(copy)
        seconds = time.monotonic() - begun
        return Trial(way, aim[0], deed, findings, before, _as_read(copy, aim[0]), seconds)


def _as_read(copy: Copy, stream: str) -> tuple[Recorded, ...]:
    with Session(copy.engine) as copied:
        return tuple(eventlog.read_stream(copied, stream))
