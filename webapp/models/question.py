"""Questions that members ask before a session votes, and the secretary's answers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.nomination import Nomination
from webapp.models.person import Person
from webapp.models.types import Instant, PrimaryKey, PublicId


class SessionQuestion(Model):
    """A question on a nominee, or on the session in general (``nomination_id`` is empty).

    ``asked_under`` is the key the form was sent under: the same form sent twice asks once. ``answer`` is the latest
    wording; what was answered before stands in the log.
    """

    __tablename__ = "session_question"
    __table_args__ = (UniqueConstraint("session_id", "asker_id", "asked_under"),)

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    session_id: Mapped[int] = mapped_column(ForeignKey("council_session.id"))
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nomination.id"), index=True)
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_under: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[dt.datetime] = mapped_column(Instant)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    nomination: Mapped[Nomination | None] = relationship()
    asker: Mapped[Person] = relationship(foreign_keys=[asker_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
