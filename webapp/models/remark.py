"""What people write to each other about a case, what they have opened, and how they like to work."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.person import Person
from webapp.models.types import Instant, JsonText, PrimaryKey, PublicId


class Remark(Model):
    """A remark on a case. ``side``: internal (among those who decide) or shared (with the submitting unit, too).

    ``written_under`` is the key the form was sent under: the same form sent twice writes once. ``mentioned`` are ids of
    people. A remark that was taken back has no ``text``; ``event_id`` is the event whose private part held it.
    """

    __tablename__ = "remark"
    __table_args__ = (UniqueConstraint("author_id", "written_under"),)

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    side: Mapped[str] = mapped_column(String(20))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_under: Mapped[str] = mapped_column(String(64))
    text: Mapped[str | None] = mapped_column(Text)
    mentioned: Mapped[Any] = mapped_column(JsonText)
    written_at: Mapped[dt.datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    event_id: Mapped[int] = mapped_column(BigInteger)

    case: Mapped[Case] = relationship()
    author: Mapped[Person] = relationship()


class TaskRead(Model):
    """Somebody has opened the page of a task of theirs."""

    __tablename__ = "task_read"
    __table_args__ = (Index("ix_task_read_task", "task_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True)
    read_at: Mapped[dt.datetime] = mapped_column(Instant)


class Preference(Model):
    """How a person likes to work; without a row everything is as it is by default."""

    __tablename__ = "preference"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    shortcuts: Mapped[bool]
