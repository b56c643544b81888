"""Gives a case the code by which it is followed without an account."""

from __future__ import annotations

from webapp.follow_codes import new_code
from webapp.models import Case, FollowCode
from webapp.operations.transaction import Transaction

FOLLOWED = frozenset({"registration", "nomination", "extraordinary"})
"""What nominees and units follow."""


def give_code(transaction: Transaction, case: Case) -> None:
    """A new code for a case. The caller logs an event; the code itself never stands in the log."""
    transaction.session.add(
        FollowCode(
            code=new_code(),
            case_id=case.id,
            made_by_id=transaction.actor.person_id,
            made_at=transaction.now.at,
        )
    )
