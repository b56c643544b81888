"""Cases run again in several processes at once, each with the application and a session of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from webapp.config import Settings
from webapp.extensions import db
from webapp.queries.replays import Verdict, verdicts

AT_ONCE = 50
"""So many cases are given to a process at a time."""

Judged = list[tuple[str, Verdict]]


def verdicts_by(jobs: int, settings: Settings, codes: Sequence[str]) -> Iterator[tuple[str, Verdict]]:
    """The verdict on each case by its code, in the order of the codes. Raises UnknownCase."""
    portions = [codes[start : start + AT_ONCE] for start in range(0, len(codes), AT_ONCE)]
    fresh = get_context("spawn")  # what is open here, as connections, is not shared
    with ProcessPoolExecutor(jobs, fresh, _begin, (settings,)) as pool:
        for some in pool.map(_judge, portions):
            yield from some


def _begin(settings: Settings) -> None:
    from webapp import create_app

    create_app(settings).app_context().push()


def _judge(codes: Sequence[str]) -> Judged:
    found = list(verdicts(db.session(), codes))
    db.session.remove()
    return found
