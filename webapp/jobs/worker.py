"""What the worker process loads: the application, the jobs and their times."""

from __future__ import annotations

import os

from huey import crontab

from webapp import create_app
from webapp.clock import now, wall
from webapp.config import from_environ
from webapp.extensions import db
from webapp.jobs import run
from webapp.jobs.queue import huey
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.audit import make_checkpoint
from webapp.operations.sweeps import sweep_files

app = create_app(from_environ(os.environ))

__all__ = ["huey", "work"]


def _now() -> Now:
    return now(db.session())


def work() -> None:
    """Carry out promises and fire timers until nothing is left."""
    with app.app_context():
        run.settle(_now)
        run.beat(wall())


@huey.periodic_task(crontab())
def every_minute() -> None:
    """The sweep: whatever a killed process or an unheard bell has left, and all timers."""
    work()


@huey.periodic_task(crontab(hour="19", minute="0"))
def nightly() -> None:
    """At 02:00 in Việt Nam: a signed checkpoint, and files no row names."""
    with app.app_context():
        make_checkpoint(actor=SYSTEM, now=_now())
        sweep_files(wall())


@huey.on_startup()
def begin() -> None:
    """Do what waited while no worker was there."""
    work()
