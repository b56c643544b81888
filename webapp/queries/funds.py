"""The emulation fund of a body: what was estimated for a year, what is paid, what is decided and not yet paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Award, AwardPayment, Decision, EmulationFund, Unit
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

    Without an estimate there is nothing left to speak of.
    """

    unit: Unit
    year: int
    spent: int
    committed: int
    estimate: EmulationFund | None = None

    @property
    def left(self) -> int | None:
        return self.estimate.estimate - self.spent - self.committed if self.estimate else None


def fund_units(session: Session, standing: Standing) -> list[Unit]:
    """The bodies whose fund somebody reads: their own units that decide awards, or whose fund they set."""
    decides = exists().where(Decision.unit_id == Unit.id) | exists().where(EmulationFund.unit_id == Unit.id)
    own = decides & Unit.id.in_(standing.units(*READERS)) | Unit.id.in_(standing.units(*SETTERS))
    return list(session.scalars(select(Unit).where(own).order_by(Unit.sort_key)))


def fund_years(session: Session, units: Iterable[Unit], years: Collection[int]) -> list[FundYear]:
    """The fund of each body in each year, bodies as they come, the newest year first; three statements."""
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


def funds_of_year(session: Session, standing: Standing, today: dt.date) -> list[FundYear]:
    """The funds of this year that there is something to say of, for the overview."""
    funds = fund_years(session, fund_units(session, standing), [today.year])
    return [fund for fund in funds if fund.estimate or fund.spent or fund.committed]


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


def _spent(session: Session, units: list[int], years: Collection[int]) -> Sums:
    """Payments that were not undone, by body and year of payment."""
    year = func.extract("year", AwardPayment.paid_on)
    query = (
        select(Decision.unit_id, year, func.sum(AwardPayment.amount))
        .join(Award, Award.id == AwardPayment.award_id)
        .join(Decision, Decision.id == Award.decision_id)
        .where(Decision.unit_id.in_(units), year.in_(years), AwardPayment.undone_at.is_(None))
        .group_by(Decision.unit_id, year)
    )
    return {(row[0], int(row[1])): int(row[2]) for row in session.execute(query)}


def _committed(session: Session, units: list[int], years: Collection[int]) -> Sums:
    """Prizes of numbered decisions that stand and are not paid, by body and year of the decision."""
    paid = exists().where(AwardPayment.award_id == Award.id, AwardPayment.undone_at.is_(None))
    query = (
        select(Decision.unit_id, Decision.year, func.sum(Award.prize))
        .join(Award, Award.decision_id == Decision.id)
        .where(
            Decision.unit_id.in_(units),
            Decision.year.in_(years),
            Decision.number.is_not(None),
            Award.revoked_on.is_(None),
            Award.prize.is_not(None),
            ~paid,
        )
        .group_by(Decision.unit_id, Decision.year)
    )
    return {(row[0], row[1] or 0): int(row[2] or 0) for row in session.execute(query)}


def _estimates(
    session: Session, units: list[int], years: Collection[int]
) -> Mapping[tuple[int, int], EmulationFund]:
    query = select(EmulationFund).where(EmulationFund.unit_id.in_(units), EmulationFund.year.in_(years))
    rows = session.scalars(query.options(joinedload(EmulationFund.set_by)).order_by(EmulationFund.id))
    return {(row.unit_id, row.year): row for row in rows}
