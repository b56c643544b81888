"""Reads out of the log how long ended nominations took from each stage, and keeps what that says of open ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from math import ceil

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import Recorded, case_stream
from webapp.extensions import db
from webapp.models import NOMINATIONS, Case, Nomination, StageForecast, StagePassage
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.transaction import write
from webapp.queries.forecasts import RULE, way_of
from webapp.queries.stages import element_stages

AT_ONCE, MOST = 200, 20_000
"""Cases read in one transaction, and in one night: an office that begins late catches up in some nights."""
STOPPED = "withdrawn"
"""An end nobody can expect: it says nothing of how long the others take."""


def count_forecasts(now: Now) -> int:
    """Read the cases that have ended since the last time and count anew; returns how many were read."""
    read = 0
    while read < MOST and (found := _unread(db.session())):
        session = db.session()
        passages = [each for case_id in found for each in _passages(session, session.get_one(Case, case_id))]
        with write(SYSTEM, now) as transaction:
            transaction.session.add_all(passages)
        read += len(found)
        db.session.expunge_all()
    if read:
        _count(now)
    return read


def _unread(session: Session) -> list[int]:
    known = select(StagePassage.case_id)
    query = select(Case.id).where(
        Case.process.in_(NOMINATIONS),
        Case.state == "ended",
        Case.outcome != STOPPED,
        Case.stage.is_not(None),
        Case.id.not_in(known),
    )
    return list(session.scalars(query.order_by(Case.id).limit(AT_ONCE)))


def _passages(session: Session, case: Case) -> list[StagePassage]:
    """A row for each stage the case was in; one at least, so that it is read once."""
    events = eventlog.read_stream(session, case_stream(case.code))
    entered = stages_entered(case, element_stages(session, case), events)
    route = session.scalars(select(Nomination.route).where(Nomination.case_id == case.id)).one()
    way = way_of(case.process, route)
    ended = case.ended_at or case.opened_at
    return [
        StagePassage(case_id=case.id, way=way, stage=stage, days=max(0, (ended - at).days))
        for stage, at in entered.items()
    ]


def stages_entered(
    case: Case, stages: Mapping[str, str], events: Iterable[Recorded]
) -> dict[str, dt.datetime]:
    """When each stage began for the last time.

    The log holds what a step completed: a stage that was left had begun when the one before it was left. Steps within
    one stage do not begin it anew. The last stage is known from the case itself.
    """
    found: dict[str, dt.datetime] = {}
    since, last = case.opened_at, ""
    for event in events:
        for process, element, _flow in event.fields.get("moves", ()):
            if process != case.process or element not in stages:
                continue
            stage = stages[element]
            if stage != last:
                found[stage] = since
            since, last = event.at, stage
    if case.stage and case.stage != last:
        found[case.stage] = since
    return found


def _count(now: Now) -> None:
    with write(SYSTEM, now) as transaction:
        session = transaction.session
        session.execute(delete(StageForecast))
        kinds = session.execute(select(StagePassage.way, StagePassage.stage).distinct()).all()
        for way, stage in kinds:
            query = select(StagePassage.days).where(StagePassage.way == way, StagePassage.stage == stage)
            days = list(session.scalars(query.order_by(StagePassage.days)))
            session.add(
                StageForecast(
                    way=way,
                    stage=stage,
                    cases=len(days),
                    median=_at(days, 50),
                    later=_at(days, RULE["percentile"]),
                    counted_at=now.at,
                )
            )


def _at(days: list[int], percent: int) -> int:
    """The smallest number of days within which so many of a hundred had ended."""
    return days[max(0, ceil(len(days) * percent / 100) - 1)]
