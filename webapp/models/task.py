"""User tasks, the drafts and the entries made on their forms."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.person import Person
from webapp.models.types import Digest, Instant, JsonText, Name, PrimaryKey
from webapp.models.unit import Unit

_FREE = ("status", "role", "unit_id", "person_id", "holder_id")


class Task(Model):
    """One user task. ``status``: open, done or lapsed. ``person_id`` set: only that person may act.

    ``principal_id``: whom the holder acts for, or whoever closed it acted for, by delegation. ``opened_at``: since when
    it waits; of one that came back because its decision was undone, since it first came.
    """

    __tablename__ = "task"
    __table_args__ = (
        # Each serves one list or condition whole, so that counts are read from the index alone.
        # The id stands where the order of the list has it, so that nothing is sorted.
        Index("ix_task_open", *_FREE, "due", "id", "case_id"),
        Index("ix_task_kind", *_FREE, "process", "element", "due", "id", "case_id"),
        Index(
            "ix_task_holder", "status", "holder_id", "due", "id", "person_id", "role", "unit_id", "case_id"
        ),
        Index(
            "ix_task_person", "status", "person_id", "holder_id", "due", "id", "role", "unit_id", "case_id"
        ),
        Index("ix_task_due", "status", "due", "case_id"),
        Index("ix_task_element", "status", "element", "case_id"),
        Index("ix_task_in_case", "case_id", "status", "due", "role"),
        Index("ix_task_decision", "decision", "status", "case_id"),
        Index("ix_task_of_role", "role", "unit_id", "person_id", "case_id"),
        Index("ix_task_of_person", "person_id", "case_id"),
        Index("ix_task_closed_by", "closed_by_id", "status", "closed_at", "id", "case_id"),
        UniqueConstraint("case_id", "public_id"),
    )

    id: Mapped[PrimaryKey]
    public_id: Mapped[str] = mapped_column(String(36), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    process: Mapped[str] = mapped_column(String(60))
    element: Mapped[str] = mapped_column(String(120))
    name: Mapped[Name]
    round: Mapped[int]
    items: Mapped[Any] = mapped_column(JsonText)
    role: Mapped[str] = mapped_column(String(30))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("council_membership.id"))
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    principal_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    status: Mapped[str] = mapped_column(String(20), default="open")
    decision: Mapped[str | None] = mapped_column(String(60))
    opened_at: Mapped[dt.datetime] = mapped_column(Instant)
    due: Mapped[dt.datetime | None] = mapped_column(Instant)
    closed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    case: Mapped[Case] = relationship()
    unit: Mapped[Unit | None] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    holder: Mapped[Person | None] = relationship(foreign_keys=[holder_id])
    closed_by: Mapped[Person | None] = relationship(foreign_keys=[closed_by_id])
    principal: Mapped[Person | None] = relationship(foreign_keys=[principal_id])


class FormDraft(Model):
    """What somebody has typed into a task's form and not yet sent."""

    __tablename__ = "form_draft"
    __table_args__ = (UniqueConstraint("task_id", "person_id"),)

    id: Mapped[PrimaryKey]
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    data: Mapped[Any] = mapped_column(JsonText)
    saved_at: Mapped[dt.datetime] = mapped_column(Instant)


class FormEntry(Model):
    """A completed form, as sent. ``task_id`` is empty for the form that opened the case."""

    __tablename__ = "form_entry"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), unique=True)
    form: Mapped[str] = mapped_column(String(200))
    data: Mapped[Any] = mapped_column(JsonText)
    digest: Mapped[Digest]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[dt.datetime] = mapped_column(Instant)

    task: Mapped[Task | None] = relationship()
    person: Mapped[Person] = relationship()
