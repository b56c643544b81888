"""What later decisions have put right of nominations."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Award, AwardCorrection, Nomination


def corrected_texts(session: Session, case_ids: Collection[int]) -> dict[int, dict[str, str]]:
    """What decisions have put right of nominations, by case id and field; the newest counts."""
    query = (
        select(Nomination.case_id, AwardCorrection.field, AwardCorrection.after)
        .join(Award, Award.id == AwardCorrection.award_id)
        .join(Nomination, Nomination.id == Award.nomination_id)
        .where(Nomination.case_id.in_(case_ids), AwardCorrection.applied)
        .order_by(AwardCorrection.id)
    )
    found: dict[int, dict[str, str]] = {}
    for case_id, field, after in session.execute(query):
        found.setdefault(case_id, {})[field] = after
    return found
