"""The job queue: where it lives, the one job that is put into it, and the bell that operations ring.

The library only runs things, and loses a job whose worker dies. What must not be lost is a row of our outbox; a bell
that is not heard costs at most the time until the next sweep.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from webapp.config import Settings

if TYPE_CHECKING:
    from huey import Huey

REDIS = ("redis://", "rediss://")
POSTGRESQL = ("postgresql://", "postgresql+psycopg://")
PATIENCE = 5
"""Seconds until a Redis that does not answer is given up: somebody waits for a page meanwhile."""


def open_queue(settings: Settings) -> Huey:
    """The queue of an installation: a file beside the data, or Redis or PostgreSQL by JOBS_URL.

    Raises ValueError for another kind of address.
    """
    from huey import PostgresHuey, SqliteHuey  # with the clients of all its stores a tenth of the start

    url = settings.jobs_url
    if url.startswith(REDIS):
        return _redis_queue(url)
    if url.startswith(POSTGRESQL):
        dsn = url.replace("+psycopg", "", 1)
        return PostgresHuey("thidua", dsn=dsn, results=False, connect_timeout=PATIENCE)
    if url:
        raise ValueError("JOBS_URL starts with redis://, rediss:// or postgresql://, or is empty")
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = settings.data_dir.resolve() / "jobs.sqlite3"
    return SqliteHuey("thidua", filename=str(path), results=False, fsync=False)


def _redis_queue(url: str) -> Huey:
    try:
        from redis import ConnectionPool
    except ImportError as fault:
        raise ValueError("JOBS_URL names Redis, whose client is missing: pip install redis") from fault
    from huey import RedisHuey

    pool = ConnectionPool.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
    return RedisHuey("thidua", connection_pool=pool, results=False)


def job_of(queue: Huey, work: Callable[[], int]) -> Callable[[], Any]:
    """What puts the one job into the queue. Web and worker declare it alike; only the worker does the ``work``.

    While something is left of it (it says how much), it is put in again, behind the jobs that came meanwhile.
    """

    @queue.task()
    def carry_out() -> None:
        if work():
            carry_out()

    call: Callable[[], Any] = carry_out
    return call


def bell(settings: Settings) -> Callable[[], None]:
    """What rings for the worker. The queue is opened by the first ring.

    One waiting job is enough: whoever takes it begins after all that has been promised so far.
    """

    @cache
    def opened() -> tuple[Huey, Callable[[], Any]]:
        queue = open_queue(settings)
        return queue, job_of(queue, _not_here)

    def ring() -> None:
        queue, put = opened()
        if not queue.pending_count():
            put()

    return ring


def _not_here() -> int:
    raise RuntimeError("the web only rings; the worker carries out")
