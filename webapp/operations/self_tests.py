"""Tests the proof: falsifies copies of a part of the record, and records whether everything was found."""

from __future__ import annotations

import time
from collections.abc import Iterator

from flask import current_app
from sqlalchemy.orm import Session

from webapp.extensions import db
from webapp.operations.acting import Actor, Now
from webapp.operations.audit import SYSTEM_STREAM
from webapp.operations.papers import file_store
from webapp.operations.transaction import write
from webapp.tampering.copies import Original, copied, sample
from webapp.tampering.scenes import NothingToFalsify, sound_aim
from webapp.tampering.trials import tried
from webapp.tampering.ways import WAYS
from workflows.inspection_events import SelfTestRun

MOST = 2_000
"""Events of a self-test: streams are drawn at random until there are so many, so that a large record costs no more."""


def run_self_test(*, actor: Actor, now: Now) -> SelfTestRun:
    """Falsify a copy of a sample in every way; a thing that is missed is told by the health page."""
    begun = time.monotonic()
    session = db.session()
    streams = sample(session, MOST)
    data_dir = current_app.config["SETTINGS"].data_dir
    with copied(db.engine, data_dir, file_store(), now.wall, streams) as original:
        counts, aim = _untouched(original)
        ways = dict(_tried(original, aim, now))
    run = SelfTestRun(ways=ways, milliseconds=round((time.monotonic() - begun) * 1_000), **counts)
    with write(actor, now) as transaction:
        transaction.log(SYSTEM_STREAM, run)
    return run


def _untouched(original: Original) -> tuple[dict[str, int], tuple[str, int] | None]:
    """How much there is in the copy, how much of it does not hold before anything was done, and what to aim at."""
    with original.again() as copy, Session(copy.engine) as reading:
        proof = copy.proof(reading)
        faults = list(proof.findings())
        counts = {"streams": len(proof.streams), "events": proof.events, "faults": len(faults)}
        return counts, sound_aim(reading, faults)


def _tried(original: Original, aim: tuple[str, int] | None, now: Now) -> Iterator[tuple[str, str]]:
    for name, way in WAYS.items():
        try:
            found = aim and tried(original, way, aim, now.wall).found
        except NothingToFalsify:
            yield name, "nothing"
        else:
            yield name, "nothing" if aim is None else "found" if found else "missed"
