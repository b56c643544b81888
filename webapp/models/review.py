"""Reports of units at a review of a campaign (sơ kết, tổng kết), and the figures in them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.task import FormEntry
from webapp.models.types import Code, Instant, PrimaryKey, Quantity
from webapp.models.unit import Unit


class UnitReport(Model):
    """The report of a unit at a review, as it was last sent; ``state``: submitted, returned or verified.

    ``case_id`` is the campaign's own case, ``review`` the code of the review in its plan.
    """

    __tablename__ = "unit_report"
    __table_args__ = (UniqueConstraint("case_id", "review", "unit_id"),)

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    review: Mapped[Code]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("form_entry.id"))
    state: Mapped[str] = mapped_column(String(20))
    submitted_at: Mapped[dt.datetime] = mapped_column(Instant)
    checked_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    case: Mapped[Case] = relationship()
    unit: Mapped[Unit] = relationship()
    entry: Mapped[FormEntry] = relationship()
    figures: Mapped[list[ReportedFigure]] = relationship(
        order_by="ReportedFigure.id", cascade="all, delete-orphan"
    )


class ReportedFigure(Model):
    """A figure of a report (``giam-ho-ngheo/2018``); ``state``: measured, not_yet or not_concerned.

    ``weight`` is what a weighted average counts it by, ``paper`` the public id of its evidence.
    """

    __tablename__ = "reported_figure"
    __table_args__ = (UniqueConstraint("report_id", "figure"),)

    id: Mapped[PrimaryKey]
    report_id: Mapped[int] = mapped_column(ForeignKey("unit_report.id"))
    figure: Mapped[str] = mapped_column(String(160))
    state: Mapped[str] = mapped_column(String(20))
    actual: Mapped[Decimal | None] = mapped_column(Quantity)
    baseline: Mapped[Decimal | None] = mapped_column(Quantity)
    weight: Mapped[Decimal | None] = mapped_column(Quantity)
    paper: Mapped[str | None] = mapped_column(String(36))
    note: Mapped[str | None] = mapped_column(Text)
