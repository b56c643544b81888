"""The stages a case went through, each time it was there."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.extensions import Model
from webapp.models.types import Instant, PrimaryKey

NOT_READ = 0
"""The round of a row that older versions left: the stage the case stood at, until its log has been read."""


class StageVisit(Model):
    """A case was at a stage for the ``round``-th time; without an end it is there now."""

    __tablename__ = "stage_visit"
    __table_args__ = (
        UniqueConstraint("case_id", "stage", "round"),
        Index("ix_stage_visit_round", "round", "case_id"),
    )

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    stage: Mapped[str] = mapped_column(String(30))
    round: Mapped[int]
    entered_at: Mapped[dt.datetime] = mapped_column(Instant)
    left_at: Mapped[dt.datetime | None] = mapped_column(Instant)
