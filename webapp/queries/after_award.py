"""What is left to do after a decision: handed over, paid, told, shown to everybody, closed for the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from webapp.models import ArchivedFile, Award, AwardPayment, Case, Decision, Nomination, Unit
from webapp.queries.consents import PUBLISHERS
from webapp.queries.payments import PAYERS
from webapp.queries.standing import Standing

ARCHIVISTS = ("specialist", "clerk")
"""Who closes the file of a decision of their unit."""


@dataclass(frozen=True)
class AfterAward:
    """How far a numbered decision has come since, in awards and đồng, and which of its pages the reader opens.

    ``letters``: codes and names of the units with awardees. ``told`` counts awards whose people were told to come.
    """

    awards: int
    handed: int
    told: int
    prizes: int
    total: int
    paid: int
    paid_total: int
    pays: bool
    publishes: bool
    archives: bool
    letters: Sequence[tuple[str, str]]
    closed: ArchivedFile | None

    @property
    def untold(self) -> int:
        """Awards that nobody came for and whose people were not told."""
        return self.awards - self.told


def after_award(session: Session, standing: Standing, case: Case) -> AfterAward | None:
    """How far the decision of a case has come; None while it has no number. Four statements."""
    decision = session.scalar(
        select(Decision).where(Decision.case_id == case.id, Decision.number.is_not(None))
    )
    if decision is None:
        return None
    awards, handed, told, prizes, total, paid, paid_total = _counts(session, decision)
    return AfterAward(
        awards=awards,
        handed=handed,
        told=told,
        prizes=prizes,
        total=total,
        paid=paid,
        paid_total=paid_total,
        pays=decision.unit_id in standing.units(*PAYERS),
        publishes=decision.unit_id in standing.units(*PUBLISHERS),
        archives=decision.unit_id in standing.units(*ARCHIVISTS),
        letters=_letters(session, decision),
        closed=session.scalar(select(ArchivedFile).where(ArchivedFile.case_id == case.id)),
    )


def _counts(session: Session, decision: Decision) -> list[int]:
    live = and_(AwardPayment.award_id == Award.id, AwardPayment.undone_at.is_(None))
    told = or_(Award.noticed_at.is_not(None), Award.handed_over_on.is_not(None))
    query = (
        select(
            func.count(),
            func.count(Award.handed_over_on),
            func.count().filter(told),
            func.count(Award.prize),
            func.coalesce(func.sum(Award.prize), 0),
            func.count(AwardPayment.id),
            func.coalesce(func.sum(AwardPayment.amount), 0),
        )
        .select_from(Award)
        .outerjoin(AwardPayment, live)
        .where(Award.decision_id == decision.id, Award.revoked_on.is_(None))
    )
    return [int(value) for value in session.execute(query).one()]


def _letters(session: Session, decision: Decision) -> list[tuple[str, str]]:
    query = (
        select(Unit.code, Unit.name, Unit.sort_key)
        .join(Case, Case.unit_id == Unit.id)
        .join(Nomination, Nomination.case_id == Case.id)
        .join(Award, Award.nomination_id == Nomination.id)
        .where(Award.decision_id == decision.id, Award.revoked_on.is_(None))
        .distinct()
        .order_by(Unit.sort_key)
    )
    return [(row.code, row.name) for row in session.execute(query)]
