"""A second process that draws the papers nobody waits for, while the demo is acted in the first.

Drawing is a third of the work of a demo, and most machines have another core for it. The promise is carried out as the
worker of an installation would; whatever is left at the end, the first process carries out itself.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from typing import Any, Self

from flask import Flask

from webapp.clock import wall
from webapp.extensions import db
from webapp.operations import outbox
from webapp.operations.acting import Now

KINDS = frozenset({"render", "send_invitations"})
"""Effects that draw papers and that no diagram waits for."""

PAUSE = 0.05
_forked = multiprocessing.get_context("fork")


class Draughtsman:
    """The process; ``at`` tells it the business instant of the play. Leave it before the last promises are settled."""

    def __init__(self, app: Flask) -> None:
        self._at: Synchronized[float] = _forked.Value("d")
        self._over = _forked.Event()
        self._process = _forked.Process(target=_draw, args=(app, self._at, self._over), daemon=True)

    def __enter__(self) -> Self:
        db.session.remove()
        db.engine.dispose()
        self._process.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._over.set()
        self._process.join()

    def tell(self, at: dt.datetime) -> None:
        """Say how late it is in the play."""
        self._at.value = at.timestamp()


def _draw(app: Flask, at: Any, over: Event) -> None:
    """Carry out what is promised until the play is over and nothing is left."""
    with app.app_context():
        db.engine.dispose(close=False)
        while True:
            last = over.is_set()
            now = Now(dt.datetime.fromtimestamp(at.value, dt.UTC), wall())
            items = outbox.lease_due(now, 1, only=KINDS)
            for item in items:
                outbox.run_item(item, now)
            db.session.remove()
            if last and not items:
                return
            if not items:
                over.wait(PAUSE)
