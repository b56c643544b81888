"""Certificates of a decision that are printed by the worker, some sheets after the other."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.decision import Decision
from webapp.models.person import Person
from webapp.models.types import Instant, JsonText, Name, PrimaryKey, PublicId


class PrintRun(Model):
    """``purpose``: issue (the procedure's own, it makes a paper of the case) or print (somebody's, kept for a while).

    ``type`` is None for certificates of all types. ``ordering``: list, award or unit; ``arrangement``: one_file, zip or
    two_up. ``blank``: its measures when the run began, None for plain sheets. ``state``: running, done, cancelled or
    expired; expiry is wall clock, ``sha256`` names the file while it is kept. The case of an issue waits for it under
    ``effect_id``.
    """

    __tablename__ = "print_run"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    type: Mapped[str | None] = mapped_column(String(60))
    ordering: Mapped[str] = mapped_column(String(20))
    arrangement: Mapped[str] = mapped_column(String(20))
    blank: Mapped[Any] = mapped_column(JsonText, nullable=True)
    total: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default="running", index=True)
    started_at: Mapped[dt.datetime] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    expires_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    file_name: Mapped[Name]
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]
    effect_id: Mapped[str | None] = mapped_column(String(200))

    person: Mapped[Person | None] = relationship()
    decision: Mapped[Decision] = relationship()


class PrintPortion(Model):
    """Some certificates of a run (ids, in their order), or, with none, the binding of all portions into the file.

    ``first``: how many certificates of the run stand before it. ``state``: waiting, done, failed (``fault``: why, as a
    code). ``sha256`` names what it has made, until the file is bound.
    """

    __tablename__ = "print_portion"
    __table_args__ = (Index("ix_print_portion_waiting", "run_id", "state", "id"),)

    id: Mapped[PrimaryKey]
    run_id: Mapped[int] = mapped_column(ForeignKey("print_run.id"))
    first: Mapped[int]
    certificates: Mapped[Any] = mapped_column(JsonText)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    fault: Mapped[Any] = mapped_column(JsonText)
    sha256: Mapped[str | None] = mapped_column(String(64))

    run: Mapped[PrintRun] = relationship()
