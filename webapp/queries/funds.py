"""The emulation fund of a body: what was estimated for a year, what is paid, what is decided and not yet paid."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Award, AwardPayment, Decision, EmulationFund, Repayment, RevokedAward, Unit
from webapp.queries.standing import Standing

READERS = (
    "officer",
    "commune_chair",
    "specialist",
    "head",
    "secretary",
    "presiding",
    "office",
    "authority",
    "auditor",
)
"""Who reads the fund of their unit."""

SETTERS = ("head",)
"""Who enters what the fund is estimated at."""


@dataclass(frozen=True)
class FundYear:
    """The fund of a body in a year, in đồng: ``spent`` by the year of payment, ``committed`` by that of the decision.

    What came back of revoked awards that were paid is spent no longer, in the year it came back. Without an estimate
    there is nothing left to speak of.
    """

    unit: Unit
    year: int
    spent: int
    committed: int
    estimate: EmulationFund | None = None

    @property
    def left(self) -> int | None:
        return self.estimate.estimate - self.spent - self.committed if self.estimate else None


@dataclass(frozen=True)
class FundNow:
    """The fund of a body in the year that runs, in đồng, as the overview says it."""

    unit: str
    estimate: int | None
    spent: int
    committed: int

    @property
    def left(self) -> int | None:
        return None if self.estimate is None else self.estimate - self.spent - self.committed


def fund_units(session: Session, standing: Standing) -> list[Unit]:
    """The bodies whose fund somebody reads: their own units that decide awards, or whose fund they set."""
    return list(session.scalars(select(Unit).where(_read_by(standing)).order_by(Unit.sort_key)))


def _read_by(standing: Standing) -> ColumnElement[bool]:
    decides = exists().where(Decision.unit_id == Unit.id) | exists().where(EmulationFund.unit_id == Unit.id)
    return decides & Unit.id.in_(standing.units(*READERS)) | Unit.id.in_(standing.units(*SETTERS))


def fund_years(session: Session, units: Iterable[Unit], years: Collection[int]) -> list[FundYear]:
    """The fund of each body in each year, bodies as they come, the newest year first; four statements."""
    bodies = list(units)
    ids = [unit.id for unit in bodies]
    spent, committed = _spent(session, ids, years), _committed(session, ids, years)
    estimates = _estimates(session, ids, years)
    return [
        FundYear(
            unit,
            year,
            spent.get((unit.id, year), 0),
            committed.get((unit.id, year), 0),
            estimates.get((unit.id, year)),
        )
        for unit in bodies
        for year in sorted(years, reverse=True)
    ]


def funds_of_year(session: Session, standing: Standing, year: int) -> list[FundNow]:
    """The funds of a year that there is something to say of; one statement."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    estimate = (
        select(EmulationFund.estimate)
        .where(EmulationFund.unit_id == Unit.id, EmulationFund.year == year)
        .order_by(EmulationFund.id.desc())
        .limit(1)
    )
    spent = _payments(func.sum(AwardPayment.amount)).where(
        Decision.unit_id == Unit.id, AwardPayment.paid_on.between(first, last)
    )
    returned = _repayments(func.sum(Repayment.amount)).where(
        Decision.unit_id == Unit.id, Repayment.returned_on.between(first, last)
    )
    committed = _promises(func.sum(Award.prize)).where(Decision.unit_id == Unit.id, Decision.year == year)
    sums = estimate, spent, returned, committed
    query = select(Unit.name, *(each.correlate(Unit).scalar_subquery() for each in sums))
    found = session.execute(query.where(_read_by(standing)).order_by(Unit.sort_key)).all()
    return [
        FundNow(
            name, None if planned is None else int(planned), int(paid or 0) - int(back or 0), int(left or 0)
        )
        for name, planned, paid, back, left in found
        if planned is not None or paid or back or left
    ]


def fund_history(session: Session, unit: Unit, year: int) -> list[EmulationFund]:
    """What was entered for a year, the newest first."""
    query = select(EmulationFund).where(EmulationFund.unit_id == unit.id, EmulationFund.year == year)
    return list(
        session.scalars(query.options(joinedload(EmulationFund.set_by)).order_by(EmulationFund.id.desc()))
    )


def known_years(session: Session, units: Iterable[Unit], today: dt.date) -> list[int]:
    """Years with a decision, a payment or an estimate of these bodies, and this year, the newest first."""
    ids = [unit.id for unit in units]
    decided = select(Decision.year).where(Decision.unit_id.in_(ids), Decision.year.is_not(None))
    estimated = select(EmulationFund.year).where(EmulationFund.unit_id.in_(ids))
    last = session.scalar(
        select(func.max(AwardPayment.paid_on))
        .join(Award, Award.id == AwardPayment.award_id)
        .join(Decision, Decision.id == Award.decision_id)
        .where(Decision.unit_id.in_(ids))
    )
    found = {*session.scalars(decided.union(estimated)), today.year, *([last.year] if last else [])}
    return sorted(found, reverse=True)


Sums = Mapping[tuple[int, int], int]


def _payments(*columns: Any) -> Select[*tuple[Any, ...]]:
    """A statement about the payments that were not undone, with their award and decision."""
    return (
        select(*columns)
        .select_from(AwardPayment)
        .join(Award, Award.id == AwardPayment.award_id)
        .join(Decision, Decision.id == Award.decision_id)
        .where(AwardPayment.undone_at.is_(None))
    )


def _repayments(*columns: Any) -> Select[*tuple[Any, ...]]:
    """A statement about the money of revoked awards that were paid and came back, with their award and decision."""
    paid = exists().where(AwardPayment.award_id == Award.id, AwardPayment.undone_at.is_(None))
    return (
        select(*columns)
        .select_from(Repayment)
        .join(RevokedAward, RevokedAward.id == Repayment.revoked_award_id)
        .join(Award, Award.id == RevokedAward.award_id)
        .join(Decision, Decision.id == Award.decision_id)
        .where(paid, Repayment.undone_at.is_(None))
    )


def _promises(*columns: Any) -> Select[*tuple[Any, ...]]:
    """A statement about the prizes of numbered decisions that stand and are not paid."""
    paid = exists().where(AwardPayment.award_id == Award.id, AwardPayment.undone_at.is_(None))
    return (
        select(*columns)
        .select_from(Award)
        .join(Decision, Decision.id == Award.decision_id)
        .where(Decision.number.is_not(None), Award.revoked_on.is_(None), Award.prize.is_not(None), ~paid)
    )


def _spent(session: Session, units: list[int], years: Collection[int]) -> Sums:
    """What was paid by body and year of payment, less what came back in that year."""
    paid, back = func.extract("year", AwardPayment.paid_on), func.extract("year", Repayment.returned_on)
    queries = (
        (_payments(Decision.unit_id, paid, func.sum(AwardPayment.amount)), paid),
        (_repayments(Decision.unit_id, back, -func.sum(Repayment.amount)), back),
    )
    found: Counter[tuple[int, int]] = Counter()
    for query, year in queries:
        query = query.where(Decision.unit_id.in_(units), year.in_(years)).group_by(Decision.unit_id, year)
        for unit, of, amount in session.execute(query):
            found[unit, int(of)] += int(amount)
    return found


def _committed(session: Session, units: list[int], years: Collection[int]) -> Sums:
    """What is promised by body and year of the decision."""
    query = _promises(Decision.unit_id, Decision.year, func.sum(Award.prize))
    found = query.where(Decision.unit_id.in_(units), Decision.year.in_(years))
    rows = session.execute(found.group_by(Decision.unit_id, Decision.year))
    return {(row[0], row[1]): int(row[2]) for row in rows}


def _estimates(
    session: Session, units: list[int], years: Collection[int]
) -> Mapping[tuple[int, int], EmulationFund]:
    query = select(EmulationFund).where(EmulationFund.unit_id.in_(units), EmulationFund.year.in_(years))
    rows = session.scalars(query.options(joinedload(EmulationFund.set_by)).order_by(EmulationFund.id))
    return {(row.unit_id, row.year): row for row in rows}
