"""Keeps the red flags of cases: what their log and their rules give now, made again whenever these have moved."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sqlalchemy import delete, select, update

from webapp.extensions import db
from webapp.models import Case, FlagExamination, RedFlag
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.papers import file_store
from webapp.operations.transaction import Transaction, write
from webapp.queries.flag_facts import record_of
from webapp.queries.red_flags import unexamined
from workflows.red_flags import Flag, Record
from workflows.rules.red_flags import red_flags

BESIDE = ("council_vote", "award_issuance")
"""What is found of sessions and decisions rests on facts beside their logs: roles, minutes, rules, other decisions."""

MOST = 300
"""Cases looked through at once: an office that begins late catches up in a while."""

_log = logging.getLogger(__name__)


def examine_cases(now: Now, most: int | None = None) -> int:
    """Look through the cases that have moved, ``most`` of them; returns how many were.

    A case that cannot be read holds up no other.
    """
    examined = 0
    for case_id in db.session.scalars(unexamined()).all():
        if examined == most:
            break
        examined += _examined(case_id, now)
    return examined


def examine_again(now: Now) -> None:
    """Let sessions and decisions wait to be looked through again, whether their logs have moved or not."""
    beside = select(Case.id).where(Case.process.in_(BESIDE))
    with write(SYSTEM, now) as transaction:
        transaction.session.execute(
            update(FlagExamination).where(FlagExamination.case_id.in_(beside)).values(event=0)
        )


def _examined(case_id: int, now: Now) -> bool:
    try:
        _examine(case_id, now)
    except Exception:  # noqa: BLE001 -- whatever a broken log raises is the matter of this case
        _log.exception("case %s cannot be looked through for red flags", case_id)
        return False
    return True


def _examine(case_id: int, now: Now) -> None:
    """Read a case while others write, and keep what was found of it."""
    session = db.session()
    case = session.get_one(Case, case_id)
    record = record_of(session, case, file_store())
    found = red_flags(record)
    with write(SYSTEM, now) as transaction:
        transaction.lock_case(case_id)  # two workers keep what they found one after the other
        _keep(transaction, case_id, record, found)
        last = record.acts[-1].number if record.acts else 0
        transaction.session.merge(FlagExamination(case_id=case_id, event=last, examined_at=now.at))
    db.session.expunge_all()


def _keep(transaction: Transaction, case_id: int, record: Record, found: Sequence[Flag]) -> None:
    """What does not hold any more goes, what holds still stays as it was found, what is new comes."""
    session, acts = transaction.session, {act.number: act for act in record.acts}
    kept = {
        (row.event, row.kind): row
        for row in session.scalars(select(RedFlag).where(RedFlag.case_id == case_id))
    }
    holds = {(flag.event, flag.kind): flag for flag in found}
    gone = [row.id for place, row in kept.items() if place not in holds or row.facts != holds[place].facts]
    session.execute(delete(RedFlag).where(RedFlag.id.in_(gone)))
    session.add_all(
        RedFlag(
            case_id=case_id,
            kind=flag.kind,
            event=flag.event,
            actor=acts[flag.event].actor,
            at=acts[flag.event].at,
            facts=flag.facts,
            found_at=transaction.now.at,
        )
        for place, flag in holds.items()
        if place not in kept or kept[place].id in gone
    )
