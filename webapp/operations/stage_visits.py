"""Keeps which stages a case went through, and reads it out of the log for cases older than that."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, bindparam, delete, func, insert, select, update

from webapp import eventlog
from webapp.eventlog import case_stream
from webapp.extensions import db
from webapp.models import Case, StageVisit
from webapp.models.stage_visit import NOT_READ
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.transaction import Transaction, write
from webapp.queries.replays import visits_of_log
from workflows.visits import Visit

MOST = 5_000
"""Cases read in one night: an office that begins late catches up in some nights."""

_visits = cast(Table, StageVisit.__table__)  # as a table: no row that has been left lies in the session
_before = _visits.alias()
_LEAVE = (
    update(_visits)
    .where(_visits.c.case_id == bindparam("case"), _visits.c.left_at.is_(None))
    .values(left_at=bindparam("at"))
)
_ENTER = insert(_visits).values(
    case_id=bindparam("case"),
    stage=bindparam("entered"),
    entered_at=bindparam("at"),
    round=select(func.coalesce(func.max(_before.c.round), 0) + 1)
    .where(_before.c.case_id == bindparam("case"), _before.c.stage == bindparam("entered"))
    .scalar_subquery(),
)


def enter_stage(transaction: Transaction, case: Case, stage: str | None) -> None:
    """The case leaves the stage it is at, and is at this one from now on; None: at none any more."""
    given = {"case": case.id, "at": transaction.now.at}
    connection = transaction.session.connection()
    connection.execute(_LEAVE, given)
    if stage is not None:
        connection.execute(_ENTER, given | {"entered": stage})


def read_visits(now: Now, most: int | None = None) -> tuple[int, int]:
    """Run cases again whose visits are not known until so many are; returns how many are, how many could not be read.

    A case whose log does not give the recorded states keeps what is known of it, and holds up no other.
    """
    query = select(StageVisit.case_id).where(StageVisit.round == NOT_READ).order_by(StageVisit.case_id)
    read = left = 0
    for case_id in db.session.scalars(query).all():
        if read == most:
            break
        if _read(case_id, now):
            read += 1
        else:
            left += 1
    return read, left


def _read(case_id: int, now: Now) -> bool:
    """Run a case again while others write, and keep what it shows unless the case has gone on meanwhile."""
    session = db.session()
    case = session.get_one(Case, case_id)
    inputs = case.inputs
    found = visits_of_log(session, case, eventlog.read_stream(session, case_stream(case.code)))
    if found is not None:
        with write(SYSTEM, now) as transaction:
            as_run = transaction.lock_case(case_id).inputs == inputs
            if as_run:
                _keep(transaction, case_id, found)
    db.session.expunge_all()
    return found is not None and (as_run or _read(case_id, now))


def _keep(transaction: Transaction, case_id: int, found: list[Visit]) -> None:
    transaction.session.execute(delete(StageVisit).where(StageVisit.case_id == case_id))
    transaction.session.add_all(
        StageVisit(
            case_id=case_id,
            stage=each.stage,
            round=each.round,
            entered_at=each.entered,
            left_at=each.left,
        )
        for each in found
    )
