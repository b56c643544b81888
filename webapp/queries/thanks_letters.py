"""Letters of thanks beside a decision."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.follow_codes import shown_code
from webapp.models import Certificate, Verification
from webapp.queries.certificate_facts import LETTER


@dataclass(frozen=True)
class LetterRow:
    """One letter; ``code`` as people type it."""

    letter: Certificate
    code: str

    @property
    def holds(self) -> bool:
        return self.letter.state == "valid"


def letters_of(session: Session, decision_id: int) -> list[LetterRow]:
    """The letters beside a decision, those that were taken back among them, in the order they were made."""
    query = (
        select(Certificate, Verification.code)
        .join(Verification, Verification.certificate_id == Certificate.id)
        .where(Certificate.decision_id == decision_id, Certificate.type == LETTER)
        .options(joinedload(Certificate.made_by))
        .order_by(Certificate.id)
    )
    return [LetterRow(letter, shown_code(code)) for letter, code in session.execute(query)]
