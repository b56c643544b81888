"""Which awards of a decision may stand on the public page, until when, and by which paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import AwardConsent, Decision
from webapp.queries.award_lists import decided_on, numbered_decision, standing_awards
from webapp.queries.instances import visible_case
from webapp.queries.public_awards import default_until
from webapp.queries.standing import Standing
from workflows.vocabulary import SINGLE_KINDS

PUBLISHERS = ("specialist", "head", "secretary")
"""Who enters consents to publish the awards of their unit."""


@dataclass(frozen=True)
class ConsentRow:
    """An award: whether it may be shown, until when; ``needed``: only with a consent; ``paper`` is its public id."""

    award: str
    code: str
    name: str
    kind: str
    unit: str
    needed: bool
    given: bool
    until: dt.date
    said: bool
    paper: str | None

    def shown_on(self, day: dt.date) -> bool:
        """Whether it may stand there on a day."""
        return self.given and self.until >= day


def publishing_decision(session: Session, standing: Standing, code: str) -> Decision | None:
    """The numbered decision of a code, for who publishes its awards; None for everybody else."""
    case = visible_case(session, standing, code)
    decision = numbered_decision(session, case) if case else None
    return decision if decision and decision.unit_id in standing.units(*PUBLISHERS) else None


def consent_rows(session: Session, decision: Decision) -> list[ConsentRow]:
    """The awards of a decision in the order of its annex; one of a collective is shown unless it was taken down."""
    awards = standing_awards(decision)
    query = select(AwardConsent).where(AwardConsent.award_id.in_([award.id for award in awards]))
    known = {each.award_id: each for each in session.scalars(query.options(joinedload(AwardConsent.paper)))}
    rows = []
    for award in awards:
        nominee, consent = award.nomination.nominee, known.get(award.id)
        needed = nominee.kind in SINGLE_KINDS
        rows.append(
            ConsentRow(
                award=award.public_id,
                code=award.nomination.case.code,
                name=award.nomination.case.title,
                kind=nominee.kind,
                unit=nominee.unit.name,
                needed=needed,
                given=consent.given if consent else not needed,
                until=consent.public_until if consent else default_until(decided_on(decision)),
                said=consent is not None,
                paper=consent.paper.public_id if consent and consent.paper else None,
            )
        )
    return rows
