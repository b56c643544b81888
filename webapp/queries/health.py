"""How the installation is: what a person who runs it looks at first."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.models import OutboxItem, SystemFact
from webapp.queries.log_guards import broken_guards
from webapp.queries.self_tests import last_self_test, passed
from webapp.queries.stuck import count_stuck

MIGRATIONS = Path(__file__).parents[2] / "migrations"
HEARTBEAT = "worker_heartbeat"
SILENT = dt.timedelta(minutes=3)
TRIED = 2
"""After so many failures it is no accident of the moment any more."""
LATE = dt.timedelta(minutes=10)
UNTESTED = dt.timedelta(days=2)
LEAST_FREE = 500 * 1024 * 1024


@dataclass(frozen=True)
class Check:
    """One check: its code, whether it is well, and the figures a reader needs (numbers, names, never secrets)."""

    code: str
    well: bool
    facts: dict[str, Any]


def health(session: Session, data_dir: Path, wall: dt.datetime) -> list[Check]:
    """All checks; where the database cannot be asked, only that."""
    try:
        return [*_asked(session, wall), _disk(data_dir)]
    except SQLAlchemyError as fault:
        return [Check("database", False, {"fault": type(fault).__name__}), _disk(data_dir)]


def _asked(session: Session, wall: dt.datetime) -> Iterator[Check]:
    from alembic.migration import MigrationContext  # a tenth of the start, and only this page needs it
    from alembic.script import ScriptDirectory

    connection = session.connection()
    yield Check("database", True, {"kind": connection.dialect.name})
    current = MigrationContext.configure(connection).get_current_revision()
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    yield Check("migrations", current == head, {"current": current, "head": head})
    lost = sorted(broken_guards(session))
    yield Check("guards", not lost, {"missing": lost})
    yield _worker(session, wall)
    yield _outbox(session, wall)
    stuck = count_stuck(session)
    yield Check("stuck", not stuck, {"cases": stuck})
    yield _self_test(session, wall)


def _worker(session: Session, wall: dt.datetime) -> Check:
    fact = session.get(SystemFact, HEARTBEAT)
    if fact is None:
        return Check("worker", False, {"seconds": None})
    silent = wall - dt.datetime.fromisoformat(fact.value)
    return Check("worker", silent < SILENT, {"seconds": round(silent.total_seconds())})


def _outbox(session: Session, wall: dt.datetime) -> Check:
    """Promises that failed, for good or repeatedly, or are late; what is held waits for its receiver."""
    rows = session.execute(select(OutboxItem.status, func.count()).group_by(OutboxItem.status))
    counts = dict(rows.all())
    late = select(func.count()).where(OutboxItem.status == "pending", OutboxItem.due_at < wall - LATE)
    overdue = session.scalar(late) or 0
    failed = counts.get("failed", 0)
    again = select(func.count()).where(OutboxItem.status == "pending", OutboxItem.attempts >= TRIED)
    retried = session.scalar(again) or 0
    waiting = {name: counts.get(name, 0) for name in ("pending", "leased", "held")}
    facts = {**waiting, "failed": failed, "late": overdue, "retried": retried}
    return Check("outbox", not (failed or overdue or retried), facts)


def _self_test(session: Session, wall: dt.datetime) -> Check:
    """Whether the proof tested itself lately, and found everything; before the first time nobody expects it yet."""
    last = last_self_test(session)
    if last is None:
        first = next(iter(eventlog.checkpoints(session)), None)
        return Check("self_test", first is None or wall - first.made_at < UNTESTED, {"hours": None})
    age = wall - last.recorded_at
    missed = sorted(name for name, said in last.fields["ways"].items() if said == "missed")
    facts = {"hours": int(age / dt.timedelta(hours=1)), "missed": missed, "faults": last.fields["faults"]}
    return Check("self_test", age < UNTESTED and passed(last), facts)


def _disk(data_dir: Path) -> Check:
    usage = shutil.disk_usage(data_dir)
    return Check("disk", usage.free >= LEAST_FREE, {"free": usage.free, "total": usage.total})
