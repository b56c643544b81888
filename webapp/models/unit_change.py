"""What became of units: added, renamed, closed, merged, split, with the paper that says so."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.types import Instant, JsonText, Name, PrimaryKey, PublicId
from webapp.models.unit import Unit


class UnitChange(Model):
    """One change from ``day`` on, by the paper named; the office enters the paper, nothing is made up.

    ``kind``: added, renamed, closed, merged, split. ``unit``: whom it is about; of a merger its new unit, of a split
    the one that was. ``old_name``: what it was called before it was renamed.

    ``state``: running while dossiers go over to the successors, else done. ``choices``: of a split, which successor
    takes what, by number: ``default``, and ``cases`` by code.
    """

    __tablename__ = "unit_change"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    kind: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    day: Mapped[dt.date]
    paper_number: Mapped[str | None] = mapped_column(String(100))
    paper_date: Mapped[dt.date | None]
    paper_issuer: Mapped[str | None] = mapped_column(String(300))
    old_name: Mapped[str | None] = mapped_column(String(500))
    new_name: Mapped[Name]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[dt.datetime] = mapped_column(Instant)
    choices: Mapped[Any] = mapped_column(JsonText, default=dict)
    state: Mapped[str] = mapped_column(String(20), default="done")
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    unit: Mapped[Unit] = relationship()


class UnitSuccession(Model):
    """``successor`` goes on with the work of ``predecessor``.

    ``direct`` is false for the successors of a successor: they stand here, too, so that one look-up finds all.
    """

    __tablename__ = "unit_succession"
    __table_args__ = (UniqueConstraint("predecessor_id", "successor_id"),)

    id: Mapped[PrimaryKey]
    change_id: Mapped[int] = mapped_column(ForeignKey("unit_change.id"), index=True)
    predecessor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    successor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    direct: Mapped[bool] = mapped_column(default=True)

    change: Mapped[UnitChange] = relationship()
    predecessor: Mapped[Unit] = relationship(foreign_keys=[predecessor_id])
    successor: Mapped[Unit] = relationship(foreign_keys=[successor_id])


class MovedCase(Model):
    """A case that goes over by a change. ``state``: waiting, done or failed (``fault``: why, as a code)."""

    __tablename__ = "moved_case"
    __table_args__ = (
        UniqueConstraint("change_id", "case_id"),
        Index("ix_moved_case_waiting", "change_id", "state", "id"),
    )

    id: Mapped[PrimaryKey]
    change_id: Mapped[int] = mapped_column(ForeignKey("unit_change.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    fault: Mapped[Any] = mapped_column(JsonText)

    change: Mapped[UnitChange] = relationship()
    case: Mapped[Case] = relationship()
