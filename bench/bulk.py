"""Deciding 500 tasks in one act, beside as many decided one after the other in the same run."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from sqlalchemy import func, select

from bench.measures import Measure, say
from bench.places import Place
from webapp.extensions import db
from webapp.models import BulkItem, Task
from webapp.operations.bulk import NewBulk, begin_bulk
from webapp.operations.bulk_carrying import BULK
from webapp.operations.long_work import carry_each
from webapp.operations.tasks import complete_task
from webapp.queries.bulk_selection import marks_of, selected, selection
from webapp.queries.standing import standing_of

PART = "bulk"
ELEMENT = "check_dossier"
DECISION = "complete"
NOTE = "the check of dossiers; both ways through the operations, each task in a transaction of its own"


def measure(place: Place, count: int) -> Iterator[Measure]:
    """``count`` decisions in one act, and as many alone."""
    office = place.office
    say(f"{place.kind}: opening {2 * count} nominations")
    tasks = [_waiting(place, number) for number in range(2 * count)]
    many, alone = tasks[:count], tasks[count:]
    say(f"{place.kind}: deciding")
    actor = office.actor("officer")
    person = office.person("officer")
    standing = standing_of(db.session(), person, office.today)
    begun = perf_counter()
    selection(db.session(), standing, many, "decide", DECISION, office.today)
    checked = perf_counter() - begun
    marks, _busy = marks_of(db.session(), standing, selected(db.session(), standing, many))
    begun = perf_counter()
    begin_bulk(NewBulk("decide", marks, DECISION), actor=actor, now=office.now)
    db.session.remove()
    while carry_each(BULK, lambda: office.now):
        db.session.remove()
    together = perf_counter() - begun
    done = db.session.scalar(select(func.count(BulkItem.id)).where(BulkItem.state == "done"))
    assert done == count
    begun = perf_counter()
    for task in alone:
        complete_task(task, {"decision": DECISION}, actor=actor, now=office.now)
    single = perf_counter() - begun
    yield Measure(PART, place.kind, f"check page of {count}", checked * 1000, "ms", NOTE)
    yield Measure(PART, place.kind, f"bulk approve of {count}", together, "s")
    yield Measure(PART, place.kind, f"{count} completed alone", single, "s")
    yield Measure(PART, place.kind, "bulk beside alone", together / single, "times")


def _waiting(place: Place, number: int) -> str:
    """The check of a nomination."""
    code = place.office.nominate(nominee_name=f"Người {number}")
    place.office.do("officer", "prepare_on_behalf", code)
    task: Task = place.office.task(ELEMENT, code)
    return task.public_id
