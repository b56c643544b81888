"""Examines the signatures of a file in a process of its own, which is ended when it takes too much time or memory.

For files that anybody may send: one of a kilobyte can be built so that a reader goes through it for hours.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from webapp.documents.signatures.validating import Examined, Found, Unreadable, examined

ROOT = Path(__file__).parents[3]
SECONDS, PATIENCE = 15, 30
MEMORY = 2 * 2**30
INSTANTS = ("claimed_at", "stamped_at")


def examined_apart(pdf: bytes, trusted: Sequence[bytes], now: dt.datetime) -> Examined:
    """As `examined`; a file that takes too much is Unreadable, too."""
    asked = [b64encode(pdf).decode(), [b64encode(each).decode() for each in trusted], now.isoformat()]
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, and nothing of the file in its arguments
            [sys.executable, "-m", __name__],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=True,
            cwd=ROOT,
        )
    except subprocess.SubprocessError as fault:
        raise Unreadable from fault
    told = json.loads(done.stdout)
    return Examined(tuple(map(_found, told["signatures"])), tuple(told["empty"]))


def _found(told: dict[str, Any]) -> Found:
    at = {name: dt.datetime.fromisoformat(told[name]) for name in INSTANTS if told[name]}
    return Found(**{**told, **at})


def _answer() -> None:
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # not every system limits everything; who waits for us has a clock, too
            continue
    pdf, trusted, now = json.load(sys.stdin)
    found = examined(b64decode(pdf), [b64decode(each) for each in trusted], dt.datetime.fromisoformat(now))
    json.dump(asdict(found), sys.stdout, default=dt.datetime.isoformat)


if __name__ == "__main__":
    _answer()
