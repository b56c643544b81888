"""One act on many tasks: what was asked for once, and what came of it for each task."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.person import Person
from webapp.models.task import Task
from webapp.models.types import Digest, Instant, JsonText, PrimaryKey, PublicId


class BulkAct(Model):
    """``act``: take, assign (to ``receiver``), decide (with the answers in ``form``) or undo.

    ``digest`` is of the selection as the check page showed it. ``state``: running, done, cancelled.
    """

    __tablename__ = "bulk_act"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    act: Mapped[str] = mapped_column(String(20))
    decision: Mapped[str | None] = mapped_column(String(60))
    form: Mapped[Any] = mapped_column(JsonText)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    receiver_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    digest: Mapped[Digest]
    state: Mapped[str] = mapped_column(String(20), default="running", index=True)
    started_at: Mapped[dt.datetime] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    receiver: Mapped[Person | None] = relationship(foreign_keys=[receiver_id])


class BulkItem(Model):
    """One task of it. ``state``: waiting, done, failed (``fault``: why, as a code).

    ``principal_id``: whom it is done for, where that is by delegation. ``undo_until``: until when a decision can be
    undone, where the diagram waits for that; ``undone_at``: it was.
    """

    __tablename__ = "bulk_item"
    __table_args__ = (
        Index("ix_bulk_item_waiting", "bulk_id", "state", "id"),
        Index("ix_bulk_item_task", "task_id", "state"),
    )

    id: Mapped[PrimaryKey]
    bulk_id: Mapped[int] = mapped_column(ForeignKey("bulk_act.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    principal_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    fault: Mapped[Any] = mapped_column(JsonText)
    undo_until: Mapped[dt.datetime | None] = mapped_column(Instant)
    undone_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    bulk: Mapped[BulkAct] = relationship()
    task: Mapped[Task] = relationship()
    principal: Mapped[Person | None] = relationship()
