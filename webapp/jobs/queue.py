"""The job queue: where it lives, and the bell that operations ring.

The library only runs things. What must not be lost is a row of our outbox; a bell that is not heard costs at most
the time until the next sweep.
"""

from __future__ import annotations

import os
from pathlib import Path

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey

from webapp.config import Settings, from_environ


def open_queue(settings: Settings) -> Huey:
    """The queue of an installation: a file beside the data, or Redis or PostgreSQL by JOBS_URL."""
    if settings.jobs_url.startswith(("redis://", "rediss://")):
        return RedisHuey("thidua", url=settings.jobs_url, results=False)
    if settings.jobs_url.startswith("postgresql://"):
        return PostgresHuey("thidua", dsn=settings.jobs_url, results=False)
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = Path(settings.data_dir) / "jobs.sqlite3"
    return SqliteHuey("thidua", filename=str(path.resolve()), results=False, fsync=False)


huey = open_queue(from_environ(os.environ))


@huey.task()
def carry_out() -> None:
    """Carry out what is promised and due; the worker fills in how (`worker.py`)."""
    from webapp.jobs.worker import work

    work()
