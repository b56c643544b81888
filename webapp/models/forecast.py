"""How long ended nominations took from the day they entered a stage."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.extensions import Model
from webapp.models.types import Instant


class StageForecast(Model):
    """From entering a stage to the end: the median and the 80th percentile in days, of so many cases."""

    __tablename__ = "stage_forecast"

    way: Mapped[str] = mapped_column(String(80), primary_key=True)
    stage: Mapped[str] = mapped_column(String(30), primary_key=True)
    cases: Mapped[int]
    median: Mapped[int]
    later: Mapped[int]
    counted_at: Mapped[dt.datetime] = mapped_column(Instant)
