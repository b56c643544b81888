"""To whom a decision was sent."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.person import Person
from webapp.models.types import Name, PrimaryKey
from webapp.models.unit import Unit


class DecisionCopy(Model):
    """A copy of a decision that went to a recipient; ``unit`` is the one it is, where it is one of ours.

    ``way``: paper, document_system or email.
    """

    __tablename__ = "decision_copy"

    id: Mapped[PrimaryKey]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    recipient: Mapped[Name]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    way: Mapped[str] = mapped_column(String(20))
    sent_on: Mapped[dt.date]
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    unit: Mapped[Unit | None] = relationship()
    sent_by: Mapped[Person] = relationship()
