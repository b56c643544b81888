"""Whether an award may stand on the public page, and until when."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.decision import Award
from webapp.models.paper import Paper
from webapp.models.types import Instant, PrimaryKey


class AwardConsent(Model):
    """What was said last about showing an award to everybody; ``paper`` is the consent of a person or household."""

    __tablename__ = "award_consent"

    id: Mapped[PrimaryKey]
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), unique=True)
    given: Mapped[bool]
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))
    public_until: Mapped[dt.date]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[dt.datetime] = mapped_column(Instant)

    award: Mapped[Award] = relationship()
    paper: Mapped[Paper | None] = relationship()
