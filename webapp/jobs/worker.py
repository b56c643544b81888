"""What the worker process loads: the application, the jobs and their times."""

from __future__ import annotations

import gc
import os

from huey import crontab

from webapp import create_app
from webapp.clock import now, wall
from webapp.config import from_environ
from webapp.extensions import db
from webapp.jobs import run
from webapp.jobs.queue import job_of, open_queue
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.award_notices import notify_awardees
from webapp.operations.checkpoints import mail_checkpoints
from webapp.operations.handovers import carry_out_handovers
from webapp.operations.red_flags import MOST, examine_cases
from webapp.operations.routes import read_routes
from webapp.operations.sessions import relieve_former_members
from webapp.operations.stranded import give_back_stranded
from webapp.operations.suspensions import remind_of_reviews

settings = from_environ(os.environ)
app = create_app(settings)
huey = open_queue(settings)
gc.freeze()  # what is loaded stays for good; steps of the engine need not look through it again and again


def _now() -> Now:
    return now(db.session())


def work() -> int:
    """One turn of what waits; 0 when nothing is left."""
    with app.app_context():
        return run.turn(_now)


carry_out = job_of(huey, work)


@huey.periodic_task(crontab())
def every_minute() -> None:
    """The sweep: what a killed process or an unheard bell has left, all timers, tasks nobody can do any more.

    At last the ways of cases are read out of the log, for whoever inspects.
    """
    with app.app_context():
        run.beat(wall())
        carry_out_handovers(actor=SYSTEM, now=_now())
        give_back_stranded(actor=SYSTEM, now=_now())
        relieve_former_members(actor=SYSTEM, now=_now())
        remind_of_reviews(actor=SYSTEM, now=_now())
        read_routes(_now())
    if work() and not huey.pending_count():
        carry_out()


@huey.periodic_task(crontab(minute="*/5"))
def every_five_minutes() -> None:
    """Red flags of the cases that have moved: to ask which these are is a look at each."""
    with app.app_context():
        examine_cases(_now(), MOST)


@huey.periodic_task(crontab(minute="0"))
def every_hour() -> None:
    """What is to be done once a day, as soon as the machine runs: an office may switch it off at night.

    Awardees are told by clocks that count in days.
    """
    with app.app_context():
        run.daily(_now())
        notify_awardees(actor=SYSTEM, now=_now())
        mail_checkpoints(_now())


@huey.on_startup()
def begin() -> None:
    """Do what waited while no worker was there."""
    every_minute.call_local()
