"""What was found when a decision that was signed elsewhere was compared with ours."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.paper import Paper
from webapp.models.person import Person
from webapp.models.types import Instant, JsonText, PrimaryKey


class SignedComparison(Model):
    """The comparison of the signed file of a decision.

    ``found``: ``pages``, ``scanned`` (numbers of pages that are pictures), ``verdict`` of the signatures and who the
    ``signers`` are, and the ``differences``. ``reason``: why they were accepted. ``by_eye``: somebody read what is a
    picture beside our list.
    """

    __tablename__ = "signed_comparison"

    id: Mapped[PrimaryKey]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    found: Mapped[Any] = mapped_column(JsonText)
    reason: Mapped[str | None] = mapped_column(String(4000))
    by_eye: Mapped[bool]
    compared_at: Mapped[dt.datetime] = mapped_column(Instant)
    compared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    paper: Mapped[Paper] = relationship()
    compared_by: Mapped[Person] = relationship()
