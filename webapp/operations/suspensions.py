"""Suspends a nomination by an order on paper, with a day of review, and reminds of that day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from webapp.extensions import db
from webapp.models import Case, Paper, Suspension
from webapp.operations import cases
from webapp.operations.acting import Actor, Now
from webapp.operations.interventions import (
    check_freeze,
    check_resume,
    checked_reason,
    seen_case,
    tell_of_pause,
)
from webapp.operations.notices import tell
from webapp.operations.papers import Upload, add_paper_to
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.people import holders_in
from webapp.queries.suspensions import ORDER_PAPER, open_suspension
from webapp.text import nfc
from workflows.forms import Fault
from workflows.history_events import SuspensionOrdered, SuspensionReviewDue, SuspensionReviewMoved
from workflows.values import local_day

REMINDED = ("specialist", "secretary")


@dataclass(frozen=True)
class Order:
    """Who ordered a suspension, on which paper, why, and by when it is looked at again."""

    kind: str
    ordered_by: str
    paper_number: str
    paper_date: dt.date
    review_by: dt.date
    reason: str
    paper: str | None = None
    """Public id of its file, if it was handed in (`add_order`)."""


def refuse_days(order: Order, day: dt.date) -> None:
    """Raises InvalidForm for days of an order that cannot be."""
    faults = []
    if order.paper_date > day:
        faults.append(Fault("/paper_date", "in_the_future"))
    if order.review_by <= day:
        faults.append(Fault("/review_by", "in_the_past"))
    if faults:
        raise InvalidForm(faults)


def suspend(code: str, order: Order, *, actor: Actor, now: Now) -> None:
    """Suspend a case by an order: its clocks stop, nothing can be done to it.

    Raises NotFound, Forbidden, CaseFrozen, CaseEnded, InvalidForm for days that cannot be and a file that is not there.
    """
    with write(actor, now) as transaction:
        case, standing = seen_case(transaction, code)
        check_freeze(standing, case)
        refuse_days(order, transaction.day)
        scan = _scan(transaction, case, order.paper)
        cases.freeze(transaction, case, checked_reason(order.reason))
        ordered_by = nfc(order.ordered_by)
        transaction.session.add(
            Suspension(
                case_id=case.id,
                kind=order.kind,
                ordered_by=ordered_by,
                paper_number=nfc(order.paper_number),
                paper_date=order.paper_date,
                review_by=order.review_by,
                paper_id=scan.id if scan else None,
                person_id=standing.person_id,
                suspended_at=now.at,
            )
        )
        happening = SuspensionOrdered(
            kind=order.kind,
            paper=nfc(order.paper_number),
            paper_date=order.paper_date.isoformat(),
            review_date=order.review_by.isoformat(),
            sha256=scan.sha256 if scan else None,
        )
        transaction.log_case(case, happening, private={"ordered_by": ordered_by})
        tell_of_pause(transaction, case, "nomination_suspended")


def add_order(code: str, upload: Upload, *, actor: Actor, now: Now) -> str:
    """Take in the file of an order for a case that may be suspended; returns its public id. Raises PaperRefused and
    as `suspend`."""

    def case_for(transaction: Transaction) -> Case:
        case, standing = seen_case(transaction, code)
        check_freeze(standing, case)
        return case

    return add_paper_to(case_for, upload, actor, now)


def _scan(transaction: Transaction, case: Case, paper: str | None) -> Paper | None:
    """The file of the order: one the actor has handed in for this case, and for no suspension before."""
    if paper is None:
        return None
    query = select(Paper).where(
        Paper.id.not_in(select(Suspension.paper_id).where(Suspension.paper_id.is_not(None))),
        Paper.public_id == paper,
        Paper.case_id == case.id,
        Paper.kind == ORDER_PAPER,
        Paper.uploaded_by_id == transaction.actor.person_id,
    )
    found: Paper | None = transaction.session.scalar(query)
    if found is None:
        raise InvalidForm([Fault("/paper", "paper_unknown")])
    return found


def move_review(code: str, review_by: dt.date, reason: str, *, actor: Actor, now: Now) -> None:
    """Look at a suspension again on another day; of the new day somebody is reminded as of the first.

    Raises NotFound, Forbidden, CaseEnded, NotNow("not_frozen", "no_order") and InvalidForm for the day it is already,
    one that is not to come, and no reason.
    """
    with write(actor, now) as transaction:
        case, standing = seen_case(transaction, code)
        check_resume(standing, case)
        row = open_suspension(transaction.session, case.id)
        if row is None:
            raise NotNow("no_order")
        if review_by <= transaction.day or review_by == row.review_by:
            raise InvalidForm(
                [Fault("/review_by", "in_the_past" if review_by <= transaction.day else "same_day")]
            )
        happening = SuspensionReviewMoved(
            before_date=row.review_by.isoformat(), review_date=review_by.isoformat()
        )
        transaction.log_case(case, happening, private={"reason": checked_reason(reason)})
        row.review_by, row.reminded_at = review_by, None


def remind_of_reviews(*, actor: Actor, now: Now) -> int:
    """Tell the organiser's specialist and secretary that the day of review has come, once; returns how many cases."""
    day = local_day(now.at)
    due = (
        select(Suspension)
        .where(Suspension.resumed_at.is_(None), Suspension.reminded_at.is_(None), Suspension.review_by <= day)
        .order_by(Suspension.case_id)
    )
    found = db.session.scalars(due).all()
    if not found:
        return 0
    told = 0
    for case_id in [each.case_id for each in found]:
        with write(actor, now) as transaction:
            case = transaction.lock_case(case_id)
            row = transaction.session.scalars(due.where(Suspension.case_id == case_id)).first()
            if row is None or case.state != "frozen":
                continue
            row.reminded_at = now.at
            people = holders_in(transaction.session, [case.organiser_id], REMINDED, transaction.day)
            tell(transaction, case, people, "suspension_review")
            transaction.log_case(case, SuspensionReviewDue(review_date=row.review_by.isoformat()))
            told += 1
    return told
