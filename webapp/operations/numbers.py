"""Gap-free numbers: taken in the transaction that uses them, so that a rollback gives them back."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from webapp.models import NumberSeries
from webapp.operations.transaction import Transaction


def take_number(transaction: Transaction, series: str, year: int) -> int:
    """The next number of a series in a year, from 1. Waits for whoever is taking one."""
    session = transaction.session
    row = _locked(transaction, series, year)
    if row is None:
        try:
            with session.begin_nested():
                session.execute(insert(NumberSeries).values(series=series, year=year, last=0))
        except IntegrityError:
            pass  # another transaction began the series; its row is locked below
        row = _locked(transaction, series, year)
        assert row is not None
    row.last += 1
    return row.last


def _locked(transaction: Transaction, series: str, year: int) -> NumberSeries | None:
    return transaction.session.scalar(
        select(NumberSeries)
        .where(NumberSeries.series == series, NumberSeries.year == year)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
