"""Dies on purpose: does an act in forked copies of this process, each killed some statements later than the last.

    python -m tests.dying settle [TYPE OF CERTIFICATE …]
    python -m tests.dying post /tasks/TASK/complete TOKEN KEY < form.json

The last copy lives. With the settings of the environment, like web and worker; prints how many copies died.
"""

import dataclasses
import datetime as dt
import itertools
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.drawn import once
from webapp import create_app
from webapp.clock import now
from webapp.config import from_environ
from webapp.documents import drawing
from webapp.documents.certificates import certificate_type
from webapp.documents.certificates.writer import Certificate, Described, write
from webapp.extensions import db
from webapp.jobs import run
from webapp.operations.acting import Now
from webapp.operations.outbox import LEASE
from webapp.queries.replays import verdicts

STRIDES = {"settle": 8, "post": 3}
"""Statements and commits by which each copy gets farther than the one before, for each act, in a thorough run."""
STEPS = int(os.environ.get("DYING_STEPS", "1"))
"""How many strides a copy takes at once: a quick run dies at fewer places."""


def settle(app: Flask, attempt: int) -> None:
    """What the worker does, so much later that nothing is leased any more."""

    def later() -> Now:
        there = now(db.session())
        return Now(there.at, there.wall + attempt * (LEASE + dt.timedelta(seconds=1)))

    with app.app_context():
        run.settle(later)


def post(app: Flask, _attempt: int) -> None:
    """A request to the web process, sent again and again under its key."""
    _, _, path, token, key = sys.argv
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    answer = app.test_client().post(f"/api/v1{path}", json=FORM, headers=headers)
    if answer.status_code not in (HTTPStatus.OK, HTTPStatus.NO_CONTENT):
        raise RuntimeError(f"{answer.status}: {answer.get_data(as_text=True)}")


ACTS: dict[str, Callable[[Flask, int], None]] = {"settle": settle, "post": post}
FORM = json.load(sys.stdin) if sys.argv[1:2] == ["post"] else None


def deaths(app: Flask, act: Callable[[Flask, int], None]) -> int:
    """Fork until a copy lives; how many died. Raises RuntimeError when a copy failed instead."""
    for attempt in itertools.count(1):
        child = os.fork()
        if not child:
            _live(app, act, attempt)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            if os.WEXITSTATUS(status):
                raise RuntimeError(f"copy {attempt} failed")
            return attempt - 1
    raise AssertionError


def _live(app: Flask, act: Callable[[Flask, int], None], attempt: int) -> None:
    left = itertools.count((attempt - 1) * STRIDES[act.__name__] * STEPS, -1)

    def die(*_arguments: Any) -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "commit"):
        event.listen(Engine, moment, die)
    try:
        act(app, attempt)
    except BaseException:  # noqa: BLE001 -- a copy must never go on as if it were the first process
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def grounds(types: Sequence[str]) -> None:
    """What is drawn and cut out once in the life of a process to write certificates of these types."""
    for kind in map(certificate_type, types):
        write([Certificate(kind.name, kind.sheet, kind.sample)], Described("", ""))


def main() -> None:
    app = create_app(dataclasses.replace(from_environ(os.environ), testing=True))
    drawing.draw = once(Path(app.config["SETTINGS"].data_dir) / "drawn")
    with app.app_context():  # what is read once in the life of a process need not be read in each copy
        list(verdicts(db.session()))
        if sys.argv[1] == "settle":
            grounds(sys.argv[2:])
        db.session.remove()
        db.engine.dispose()
    sys.stdout.write(f"{deaths(app, ACTS[sys.argv[1]])}\n")


if __name__ == "__main__":
    main()
