"""Versions of the text and list of a decision, and texts of it that came back from outside."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.decision import Decision
from webapp.models.paper import Paper
from webapp.models.person import Person
from webapp.models.task import FormEntry
from webapp.models.types import Instant, JsonText, PrimaryKey, PublicId


class DecisionVersion(Model):
    """A decision as it was drafted by ``entry``: ``facts`` are all that its paper printed then."""

    __tablename__ = "decision_version"
    __table_args__ = (UniqueConstraint("decision_id", "number"),)

    id: Mapped[PrimaryKey]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    number: Mapped[int]
    facts: Mapped[Any] = mapped_column(JsonText)
    entry_id: Mapped[int] = mapped_column(ForeignKey("form_entry.id"), index=True)
    made_at: Mapped[dt.datetime] = mapped_column(Instant)

    decision: Mapped[Decision] = relationship()
    entry: Mapped[FormEntry] = relationship()


class FinalText(Model):
    """A Word file that was edited outside and came back as the text of ``version``.

    ``found``: in what its list and its words differ from ours. ``state``: waiting, accepted or refused; one whose list
    is ours is accepted at once. ``reason``: why the differences were accepted, or the file refused.
    """

    __tablename__ = "final_text"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    version_id: Mapped[int] = mapped_column(ForeignKey("decision_version.id"), index=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), unique=True)
    found: Mapped[Any] = mapped_column(JsonText)
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(2000))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    version: Mapped[DecisionVersion] = relationship()
    paper: Mapped[Paper] = relationship()
    decided_by: Mapped[Person | None] = relationship()
