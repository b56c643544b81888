"""Why a dossier is suspended: who ordered it, on which paper, and when somebody must look at it again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.paper import Paper
from webapp.models.types import Instant, PrimaryKey


class Suspension(Model):
    """One suspension of a case, with its order; ``kind``: complaint, inspection, investigation or discipline."""

    __tablename__ = "suspension"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    ordered_by: Mapped[str] = mapped_column(String(300))
    paper_number: Mapped[str] = mapped_column(String(120))
    paper_date: Mapped[dt.date]
    review_by: Mapped[dt.date]
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    suspended_at: Mapped[dt.datetime] = mapped_column(Instant)
    reminded_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    resumed_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    paper: Mapped[Paper | None] = relationship()
