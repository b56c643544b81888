"""Where the queue lives, and the bell that rings for the worker."""

import sys

import pytest

from tests.factories import Office
from tests.installation import installed
from tests.offices import Database
from webapp.config import Settings
from webapp.extensions import db
from webapp.jobs.queue import bell, job_of, open_queue
from webapp.models import OutboxItem, SystemFact
from webapp.operations.transaction import on_promise


@pytest.fixture
def queued(database: Database, tmp_path) -> Settings:
    """An installation whose queue is a file, or in the PostgreSQL database."""
    jobs_url = database.url if database.kind == "postgresql" else ""
    return Settings(data_dir=tmp_path / "data", database_url=database.url, jobs_url=jobs_url)


def run_all(queue):
    """What a worker does with a queue until it is empty; how many jobs."""
    done = 0
    while (task := queue.dequeue()) is not None:
        queue.execute(task)
        done += 1
    return done


def test_the_web_rings_and_the_worker_works(queued):
    worked = []
    worker = open_queue(queued)
    job_of(worker, lambda: worked.append(1) or 0)
    ring = bell(queued)
    ring()
    assert run_all(worker) == 1
    assert worked == [1]


def test_many_rings_are_one_job(queued):
    worker = open_queue(queued)
    job_of(worker, lambda: 0)
    ring = bell(queued)
    for _each in range(5):
        ring()
    assert run_all(worker) == 1
    ring()
    assert run_all(worker) == 1


def test_what_is_left_waits_behind_what_came_meanwhile(queued):
    """Long work takes turns with the jobs of the minute and whatever else is in the queue."""
    worker, worked, left = open_queue(queued), [], [2, 1, 0]

    @worker.task()
    def short():
        worked.append("short")

    def long():
        worked.append("long")
        if len(worked) == 1:
            short()
        return left.pop(0)

    job_of(worker, long)()
    run_all(worker)
    assert worked == ["long", "short", "long", "long"]


def test_nothing_is_opened_before_the_first_ring(tmp_path):
    ring = bell(Settings(data_dir=tmp_path / "data"))
    assert not (tmp_path / "data").exists()
    ring()
    assert (tmp_path / "data" / "jobs.sqlite3").exists()


@pytest.mark.parametrize("url", ["mysql://localhost/jobs", "jobs.sqlite3"])
def test_an_address_that_is_none_is_refused(tmp_path, url):
    with pytest.raises(ValueError, match="JOBS_URL"):
        open_queue(Settings(data_dir=tmp_path, jobs_url=url))


def test_what_redis_needs_is_said(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ValueError, match="pip install redis"):
        open_queue(Settings(data_dir=tmp_path, jobs_url="redis://localhost"))


@pytest.mark.slow
def test_the_worker_of_make_run_hears_the_bell(app, office: Office, campaign: str, queued):
    """What was promised before it began is done at its beginning; what comes then, by the bell alone."""
    first, second = office.register(nominee_name="Một"), office.register(nominee_name="Hai")
    for code in (first, second):
        office.do("officer", "fill_on_behalf", code)
    office.do("officer", "check_registration", first, decision="accept")
    with installed(queued) as installation:
        installation.more["worker"] = ["--no-periodic"]
        installation.start("worker")
        installation.wait_until(lambda: promises() == {"done"})
        db.session.rollback()
        assert db.session.get(SystemFact, "worker_heartbeat") is not None
        on_promise(bell(queued))
        try:
            office.do("officer", "check_registration", second, decision="accept")
        finally:
            on_promise(lambda: None)
        installation.wait_until(lambda: promises() == {"done"})


def promises():
    """The states of all promises."""
    db.session.rollback()
    return set(db.session.scalars(db.select(OutboxItem.status)))
