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
from webapp.queries.replays import differing_step
from webapp.tampering.copies import Copy, Original
from webapp.tampering.guards import unguarded
from webapp.tampering.scenes import Deed, Scene
from webapp.tampering.ways import Way


class LiveRecord(RuntimeError):
    """What should have been falsified is the database of the installation."""


@dataclass(frozen=True)
class Trial:
    """What was done and what the verification said of how much.

    ``before`` and ``after``: the stream as pages read it. ``step``: the first that does not come out when the case is
    run again, where that was tried.
    """

    way: Way
    stream: str
    deed: Deed
    findings: tuple[Finding, ...]
    before: tuple[Recorded, ...]
    after: tuple[Recorded, ...]
    events: int
    streams: int
    papers: int
    step: int | None
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
        with Session(copy.engine) as copied:
            proof = copy.proof(copied)
            findings = tuple(proof.findings())
            seconds = time.monotonic() - begun
            after = tuple(eventlog.read_stream(copied, aim[0]))
            step = _run_again(copied, aim[0], after) if way.rerun else None
        return Trial(
            way=way,
            stream=aim[0],
            deed=deed,
            findings=findings,
            before=before,
            after=after,
            events=proof.events,
            streams=len(proof.streams),
            papers=len(proof.papers),
            step=step,
            seconds=seconds,
        )


def _run_again(copied: Session, stream: str, events: tuple[Recorded, ...]) -> int | None:
    """The diagrams of the copy are those of the record: this way leaves them alone."""
    return differing_step(copied, stream.removeprefix("case/"), events)


def _as_read(copy: Copy, stream: str) -> tuple[Recorded, ...]:
    with Session(copy.engine) as copied:
        return tuple(eventlog.read_stream(copied, stream))
