"""Events verified a second: in the database, and offline by `verify.py`, beside the bare hashing of the same bytes."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.copies import Copier
from bench.measures import Measure, say, timed
from bench.places import Place
from bench.templates import act_templates
from webapp import eventlog
from webapp.extensions import db
from webapp.operations.acting import SYSTEM
from webapp.operations.audit import export_log, make_checkpoint
from webapp.operations.papers import file_store
from webapp.queries.proof import Proof

PART = "verifying"
NOTE = (
    "chains, columns, private parts, numbers, checkpoints and papers in the database; offline the export without"
    " personal parts, start of Python included; the floor hashes the same texts from memory and looks at nothing"
)


def measure(place: Place, wanted: int) -> Iterator[Measure]:
    """Both verifications over about so many events, each also as so many times the floor."""
    say(f"{place.kind}: verifying about {wanted:,} events")
    codes = act_templates(place.office)
    of_templates = sum(len(eventlog.read_stream(db.session(), f"case/{code}")) for code in codes)
    Copier(place, codes).grow_to(max(1, wanted // of_templates) * len(codes))
    make_checkpoint(actor=SYSTEM, now=place.office.now)
    bodies = [event.body.encode() for event in eventlog.stored(db.session())]
    bare = timed(lambda: _hashed(bodies))
    yield Measure(PART, place.kind, "floor: the same texts hashed", len(bodies) / bare, "1/s", NOTE)
    for what, seconds in (("in the database", _in_database(place)), ("offline", _offline(place))):
        yield Measure(PART, place.kind, f"events verified {what}", len(bodies) / seconds, "1/s")
        yield Measure(PART, place.kind, f"verified {what}, beside the floor", seconds / bare, "times")


def _hashed(bodies: list[bytes]) -> None:
    previous = ""
    for body in bodies:
        previous = hashlib.sha256(previous.encode() + b"\n" + body).hexdigest()


def _in_database(place: Place) -> float:
    proof = Proof(db.session(), place.settings.data_dir, file_store())

    def verify() -> None:
        for finding in proof.findings():
            raise SystemExit(f"{finding.kind}: {finding.place} {finding.detail}")

    seconds = timed(verify)
    db.session.rollback()
    return seconds


def _offline(place: Place) -> float:
    with tempfile.TemporaryDirectory(prefix="thidua-export-") as out:
        export_log(Path(out), private=False, actor=SYSTEM, now=place.office.now)
        command = [sys.executable, str(Path(out) / "verify.py"), out]
        return timed(lambda: subprocess.run(command, capture_output=True, check=True))
