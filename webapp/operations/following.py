"""Renews and withdraws the code by which a case is followed without an account."""

from __future__ import annotations

from sqlalchemy import update

from webapp.models import Case, FollowCode
from webapp.operations.acting import Actor, Now
from webapp.operations.follow_codes import FOLLOWED, give_code
from webapp.operations.interventions import seen_case
from webapp.operations.refusals import Forbidden, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.follow_codes import code_of, hands_out
from workflows.history_events import FollowCodeMade, FollowCodeWithdrawn


def renew_code(code: str, *, actor: Actor, now: Now) -> None:
    """Give a case a new code; the one before is worth nothing any more. Raises NotFound, Forbidden."""
    with write(actor, now) as transaction:
        case = _case(transaction, code)
        _withdraw(transaction, case)
        give_code(transaction, case)
        transaction.log_case(case, FollowCodeMade())


def withdraw_code(code: str, *, actor: Actor, now: Now) -> None:
    """Let nobody follow a case by its code. Raises NotFound, Forbidden, NotNow("no_code")."""
    with write(actor, now) as transaction:
        case = _case(transaction, code)
        if code_of(transaction.session, case.id) is None:
            raise NotNow("no_code")
        _withdraw(transaction, case)
        transaction.log_case(case, FollowCodeWithdrawn())


def _case(transaction: Transaction, code: str) -> Case:
    case, standing = seen_case(transaction, code)
    if case.process not in FOLLOWED:
        raise NotFound
    if not hands_out(standing, case):
        raise Forbidden
    return case


def _withdraw(transaction: Transaction, case: Case) -> None:
    transaction.session.execute(
        update(FollowCode)
        .where(FollowCode.case_id == case.id, FollowCode.withdrawn_at.is_(None))
        .values(withdrawn_at=transaction.now.at)
    )
