"""What is in the way of erasing the personal data of a case."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import (
    OWN_PROCESSES,
    Award,
    Case,
    ExemplarNomination,
    HigherAward,
    Inspection,
    InspectionFinding,
    Nomination,
    OutboxItem,
    Registration,
)

_nominated, _campaign, _finding, _later = aliased(Case), aliased(Case), aliased(Case), aliased(Nomination)


def lasting() -> dict[str, ColumnElement[bool]]:
    """By name, what holds an ended case: conditions on Case.

    A registration that was accepted is in force until its campaign has ended; it and an exemplar wait for the
    nominations that stand on them. An inspection: a finding that is not closed, or of one that has not ended.
    """
    still_named = _nominated.id == _later.case_id, _nominated.erased_at.is_(None)
    return {
        "award": exists().where(Nomination.case_id == Case.id, Award.nomination_id == Nomination.id),
        "higher_award": exists().where(
            Nomination.case_id == Case.id, HigherAward.nomination_id == Nomination.id
        ),
        "stands_on": or_(
            exists().where(
                Registration.case_id == Case.id, _later.registration_id == Registration.id, *still_named
            ),
            exists().where(
                ExemplarNomination.exemplar_id == Case.id,
                _later.id == ExemplarNomination.nomination_id,
                *still_named,
            ),
        ),
        "campaign": exists().where(
            Registration.case_id == Case.id,
            Registration.registered_at.is_not(None),
            _campaign.campaign_id == Registration.campaign_id,
            _campaign.process.in_(OWN_PROCESSES),
            _campaign.state != "ended",
        ),
        "inspection": exists().where(
            InspectionFinding.subject_id == Case.id,
            _finding.id == InspectionFinding.case_id,
            Inspection.id == InspectionFinding.inspection_id,
            or_(_finding.state != "ended", Inspection.ended_at.is_(None)),
        ),
    }


def blockers(session: Session, cases: Sequence[Case]) -> list[str]:
    """Names of what is in the way: done, suspended, open, those that last, promises."""
    ids = [case.id for case in cases]
    promised = or_(OutboxItem.case_id.in_(ids), OutboxItem.receiver_id.in_(ids))
    asked = {
        name: select(Case.id).where(Case.id.in_(ids), condition).exists()
        for name, condition in lasting().items()
    } | {"promises": exists().where(promised, OutboxItem.status.in_(("pending", "leased", "held")))}
    row = session.execute(select(*(condition.label(name) for name, condition in asked.items()))).one()
    states = {
        "done": any(case.erased_at for case in cases),
        "suspended": any(case.state == "frozen" for case in cases),
        "open": any(case.state == "active" for case in cases),
    }
    return [name for name, holds in {**states, **row._mapping}.items() if holds]
