"""What somebody keeps of a list: views by name, own or shared with a unit, the columns chosen, where to begin."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.person import Person
from webapp.models.types import Instant, Name, PrimaryKey, PublicId
from webapp.models.unit import Unit


class SavedView(Model):
    """A list as its address describes it: ``page`` is an endpoint, ``query`` its query string, never who may see what.

    ``unit_id`` set: shared with whoever holds a role in that unit.
    """

    __tablename__ = "saved_view"
    __table_args__ = (
        Index("ix_saved_view_of_person", "person_id", "page"),
        Index("ix_saved_view_of_unit", "unit_id", "page"),
    )

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    page: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(2000))
    name: Mapped[Name]
    saved_at: Mapped[dt.datetime] = mapped_column(Instant)

    person: Mapped[Person] = relationship()
    unit: Mapped[Unit | None] = relationship()


class StartView(Model):
    """The view a person begins with after signing in; an own one or a shared one."""

    __tablename__ = "start_view"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    view_id: Mapped[int] = mapped_column(ForeignKey("saved_view.id"), index=True)

    view: Mapped[SavedView] = relationship()


class ChosenColumns(Model):
    """The columns a person wants in a list whose address names none; codes joined by dots."""

    __tablename__ = "chosen_columns"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    page: Mapped[str] = mapped_column(String(60), primary_key=True)
    columns: Mapped[str] = mapped_column(String(300))
