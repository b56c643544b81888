"""What members send as their ballots, and what tests ask the database about them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from tests.sittings import CODES, SESSION
from webapp.extensions import db
from webapp.models import CouncilMembership, IdempotencyKey, Person

AT = f"/council-sessions/{SESSION}"
KEY = {"Idempotency-Key": "phien-1"}


def ballot(codes: Iterable[str] = CODES, **votes: str) -> dict[str, Any]:
    """Agree to all of these, but for votes by code (dashes as underscores); without those of ``none``."""
    chosen = {code: votes.get(code.replace("-", "_"), "agree") for code in codes}
    return {
        "ballots": [{"nomination": code, "vote": vote} for code, vote in chosen.items() if vote != "none"]
    }


def seat(username: str) -> str:
    """Id of the membership of somebody."""
    query = select(CouncilMembership.public_id).join(Person, Person.id == CouncilMembership.person_id)
    return db.session.scalars(query.where(Person.username == username)).one()


def count(table: Any) -> int:
    """Rows of a table."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def notes() -> int:
    """How many answers are kept for repeated requests."""
    return count(IdempotencyKey)
