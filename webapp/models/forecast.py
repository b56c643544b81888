"""How long ended nominations took from the day they entered a stage, read out of the log, and what follows from it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.extensions import Model
from webapp.models.types import Instant, PrimaryKey


class StagePassage(Model):
    """An ended case entered a stage for the last time so many days before its end; ``way`` is its kind of route."""

    __tablename__ = "stage_passage"
    __table_args__ = (Index("ix_stage_passage_way", "way", "stage", "days"),)

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    way: Mapped[str] = mapped_column(String(80))
    stage: Mapped[str] = mapped_column(String(30))
    days: Mapped[int]


class StageForecast(Model):
    """From entering a stage to the end: the median and the 80th percentile in days, of so many cases."""

    __tablename__ = "stage_forecast"

    way: Mapped[str] = mapped_column(String(80), primary_key=True)
    stage: Mapped[str] = mapped_column(String(30), primary_key=True)
    cases: Mapped[int]
    median: Mapped[int]
    later: Mapped[int]
    counted_at: Mapped[dt.datetime] = mapped_column(Instant)
