"""Counts how long ended nominations took from each stage, and keeps what that says of open ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from math import ceil

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.extensions import db
from webapp.models import NOMINATIONS, Case, Nomination, StageForecast, StageVisit
from webapp.models.stage_visit import NOT_READ
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.transaction import write
from webapp.queries.forecasts import RULE, way_of
from workflows.values import local_day

STOPPED = "withdrawn"
"""An end nobody can expect: it says nothing of how long the others take."""

Way = tuple[str, str]


def count_forecasts(now: Now) -> None:
    """Count anew, from all cases that have ended; nobody who writes waits for the counting."""
    counted = _days(db.session())
    with write(SYSTEM, now) as transaction:
        transaction.session.execute(delete(StageForecast))
        transaction.session.add_all(
            StageForecast(
                way=way,
                stage=stage,
                cases=days.total(),
                median=_at(days, 50),
                later=_at(days, RULE["percentile"]),
                counted_at=now.at,
            )
            for (way, stage), days in counted.items()
        )


def _days(session: Session) -> dict[Way, Counter[int]]:
    """Of each way and stage: how many cases had ended so many days after they entered it for the last time."""
    query = (
        select(
            Case.process, Nomination.route, StageVisit.stage, Case.ended_at, func.max(StageVisit.entered_at)
        )
        .join(Case, Case.id == StageVisit.case_id)
        .join(Nomination, Nomination.case_id == Case.id)
        .where(Case.process.in_(NOMINATIONS), Case.state == "ended", Case.outcome != STOPPED)
        .where(Case.ended_at.is_not(None), StageVisit.round != NOT_READ)
        .group_by(Case.id, Case.process, Nomination.route, Case.ended_at, StageVisit.stage)
    )
    found: defaultdict[Way, Counter[int]] = defaultdict(Counter)
    for process, route, stage, ended, entered in session.execute(query.execution_options(yield_per=1_000)):
        assert ended is not None  # asked for
        days = (local_day(ended) - local_day(entered)).days
        found[way_of(process, route), stage][max(0, days)] += 1
    return found


def _at(days: Mapping[int, int], percent: int) -> int:
    """The smallest number of days within which so many of a hundred had ended."""
    wanted, seen = max(1, ceil(sum(days.values()) * percent / 100)), 0
    for day, count in sorted(days.items()):
        seen += count
        if seen >= wanted:
            return day
    raise ValueError("no case has ended")
