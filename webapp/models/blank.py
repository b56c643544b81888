"""Sheets that certificates are printed on, as a unit has them from its printer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.person import Person
from webapp.models.types import Instant, JsonText, PrimaryKey, PublicId
from webapp.models.unit import Unit


class Blank(Model):
    """One sort of sheet for a ``type`` of certificate, ``width`` and ``height`` in tenths of a millimetre.

    ``shifts``: ``{field: [dx, dy]}`` in tenths of a millimetre; ``hidden``: fields the sheet has printed already.
    ``background``: frame and emblem are printed, too; ``with_code``: the code to scan as well.
    """

    __tablename__ = "blank"
    __table_args__ = (UniqueConstraint("unit_id", "type", "name"),)

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    type: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    width: Mapped[int]
    height: Mapped[int]
    background: Mapped[bool] = mapped_column(default=False)
    with_code: Mapped[bool] = mapped_column(default=False)
    shifts: Mapped[Any] = mapped_column(JsonText)
    hidden: Mapped[Any] = mapped_column(JsonText)
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[dt.datetime] = mapped_column(Instant)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    unit: Mapped[Unit] = relationship()
    saved_by: Mapped[Person] = relationship()
