"""Re-executing recorded steps, and what a case weighs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select, text

from bench.measures import Measure, say, timed
from bench.places import SQLITE, Place
from bench.templates import act_templates
from webapp import eventlog
from webapp.extensions import db
from webapp.models import FormEntry, OutboxItem, Paper, Task
from webapp.queries.deployments import load_deployment
from webapp.queries.replays import recorded_steps
from workflows.record import canonical
from workflows.replay import replay

PART, BYTES = "replaying", "bytes per case"


def measure(place: Place, rounds: int) -> Iterator[Measure]:
    """Steps a second over ten cases, and the mean weight of those cases."""
    say(f"{place.kind}: acting cases to run again")
    before = _database_size(place)
    codes = act_templates(place.office)
    grown = _database_size(place) - before
    session = db.session()
    recorded = [recorded_steps(code, eventlog.read_stream(session, f"case/{code}")) for code in codes]

    def again() -> None:
        for steps in recorded:
            report = replay(lambda digest: load_deployment(session, digest), steps)
            if report.difference is not None:
                raise SystemExit(f"a step was not reproduced: {report.difference}")

    again()
    seconds = sum(timed(again) for _each in range(rounds))
    steps = sum(map(len, recorded)) * rounds
    yield Measure(
        PART, place.kind, "re-executed steps", steps / seconds, "1/s", "state hashes compared, chains apart"
    )
    yield from _weights(place, codes, grown)


def _weights(place: Place, codes: Sequence[str], grown: int) -> Iterator[Measure]:
    cases = [place.office.case(code) for code in codes]
    ids = [case.id for case in cases]
    events = [event for code in codes for event in eventlog.stored(db.session(), f"case/{code}")]
    entries = db.session.scalars(select(FormEntry.data).where(FormEntry.case_id.in_(ids))).all()
    rows = len(events) + sum(event.content is not None for event in events) + len(cases)
    for model in (Task, FormEntry, Paper, OutboxItem):
        rows += db.session.scalar(select(func.count()).select_from(model).where(model.case_id.in_(ids))) or 0
    totals = {
        "snapshot": sum(len(case.snapshot or b"") for case in cases),
        "events": sum(len(event.body.encode()) + len((event.content or "").encode()) for event in events),
        "entries": sum(len(canonical(data)) for data in entries),
        "database with indexes": grown,
    }
    note = "mean of ten nominations between draft and appraisal, with the one batch of two of them"
    for what, total in totals.items():
        yield Measure(BYTES, place.kind, what, total / len(cases), "bytes", note)
    yield Measure(BYTES, place.kind, "rows", rows / len(cases), "rows")
    yield Measure(BYTES, place.kind, "events", len(events) / len(cases), "events")


def _database_size(place: Place) -> int:
    """Bytes of tables and indexes; of SQLite the pages in use."""
    if place.kind == SQLITE:
        tables = "pragma_page_count, pragma_freelist_count, pragma_page_size"
        used = f"SELECT (page_count - freelist_count) * page_size FROM {tables}"
    else:
        used = "SELECT pg_database_size(current_database())"
    size = db.session.scalar(text(used))
    db.session.rollback()
    return int(size or 0)
