"""A secret vote of a whole council: cast by everybody at once, then counted; beside the same rows written bare."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

from sqlalchemy import select

from bench import shadows
from bench.copies import Copier
from bench.measures import Measure, say, timed, times
from bench.places import Place
from tests.sittings import OURS, Council
from tests.together import together
from webapp.extensions import db
from webapp.models import Task
from webapp.operations.acting import Actor
from webapp.operations.outbox import lease_due, run_item
from webapp.operations.tasks import complete_task

PART = "voting"
MEMBERS, NOMINEES = 25, 200
NOTE = (
    f"{NOMINEES} nominees are copied in bulk from four really acted ones, with other names and units and recomputed"
    f" chains; {MEMBERS} members cast a secret sheet at the same moment, each in a thread of their own; the floors"
    " write the same rows in bare transactions, just as many at once, and know neither rights nor forms nor engine"
    " nor seals"
)


def measure(place: Place, votes: int) -> Iterator[Measure]:
    """``votes`` votes, all but the last voided and held again; casts and counts of all of them."""
    say(f"{place.kind}: bringing {NOMINEES} nominations before a council of {MEMBERS}")
    council, code = _sitting(place)
    casts, floors, counts, bare = [], [], [], []
    for number in range(votes):
        say(f"{place.kind}: voting, {number + 1} of {votes}")
        casts += _cast(place, council, code)
        floors += shadows.casts(place, code, MEMBERS)
        counts.append(_count(council))
        bare.append(shadows.count(place, code))
        if number + 1 < votes:
            _again(council, code)
    waited = times(PART, place.kind, f"a sheet cast, {MEMBERS} at once", casts, NOTE)
    floor = times(PART, place.kind, "floor: marker, ballot, entry, event, task", floors)
    yield from (*waited, *floor, _ratio(place, "a sheet cast, p95, beside its floor", waited[1], floor[1]))
    counted = _median(place, f"count of {NOMINEES} × {MEMBERS} marks", counts)
    floor_of_count = _median(place, "floor: the rows of a count in one commit", bare)
    yield from (counted, floor_of_count, _ratio(place, "count beside its floor", counted, floor_of_count))


def _median(place: Place, what: str, seconds: list[float]) -> Measure:
    return Measure(PART, place.kind, what, statistics.median(seconds) * 1000, "ms")


def _ratio(place: Place, what: str, measured: Measure, floor: Measure) -> Measure:
    return Measure(PART, place.kind, what, measured.value / floor.value, "times")


def _sitting(place: Place) -> tuple[Council, str]:
    """A council of MEMBERS that sits on NOMINEES, all present, by a rule that makes the ballot secret."""
    council = Council()
    acted = council.bring(*OURS)
    Copier(place, acted).grow_to(NOMINEES)
    year, _, first = acted[0].rpartition("-")
    codes = [f"{year}-{int(first) + number:04d}" for number in range(NOMINEES)]
    council.seat(MEMBERS - len(council.attendance()))
    council.rule(ballot="secret")
    return council, council.sit(codes)


def _cast(place: Place, council: Council, code: str) -> list[float]:
    """Seconds that each member waits, from the moment at which all of them send their sheet."""
    marks = ("agree", "disagree", "abstain")
    sheets = [
        [
            {"nomination": one, "vote": marks[(member + index) % len(marks)]}
            for index, one in enumerate(council.agenda(code))
        ]
        for member in range(MEMBERS)
    ]
    query = select(Task).where(Task.element == "cast_vote", Task.status == "open").order_by(Task.id)
    tasks = [(task.public_id, Actor.of(task.person)) for task in council.read(query)]
    now = council.now

    def act(task: str, actor: Actor, sheet: list[dict[str, str]]) -> Callable[[], float]:
        return lambda: timed(lambda: complete_task(task, {"ballots": sheet}, actor=actor, now=now))

    acts = [act(task, actor, sheet) for (task, actor), sheet in zip(tasks, sheets, strict=True)]
    taken = together(place.app, acts)
    if failed := [each for each in taken if isinstance(each, Exception)]:
        raise SystemExit(f"a ballot was not cast: {failed[0]!r}")
    return taken


def _count(council: Council) -> float:
    """Seconds that opening the ballots, both tallies and the results take."""
    now = council.now
    [item] = lease_due(now, only=("count_votes",))
    began = time.perf_counter()
    run_item(item, now)
    took = time.perf_counter() - began
    council.work()
    db.session.rollback()
    return took


def _again(council: Council, code: str) -> None:
    """Void the vote and hold it again."""
    council.do("secretary", "draft_minutes", code)
    council.do("chair", "sign_minutes", code, decision="void", void_reason="Bỏ phiếu lại")
    council.do("secretary", "reconvene", code, meets_at=council.at.isoformat(), mode="in_person")
    council.work()
    council.open(code)
