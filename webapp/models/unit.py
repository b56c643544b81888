"""Units: provinces, districts, communes, their offices, organisations and hamlets."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.types import Code, Name, PrimaryKey
from workflows.vocabulary import UnitKind, UnitLevel


class Unit(Model):
    """One unit; ``code`` is its path (``an-giang/tinh-bien/an-cu``), so a subtree is a prefix."""

    __tablename__ = "unit"

    id: Mapped[PrimaryKey]
    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    level: Mapped[UnitLevel] = mapped_column(String(20))
    kind: Mapped[UnitKind] = mapped_column(String(40))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    fictitious: Mapped[bool] = mapped_column(default=False)
    from_date: Mapped[dt.date | None]
    to_date: Mapped[dt.date | None]
    sort_key: Mapped[str] = mapped_column(String(1000))
    search_key: Mapped[str] = mapped_column(String(500))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]

    cadre_body_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """The party body that manages its cadres, where it is known."""

    parent: Mapped[Unit | None] = relationship(remote_side="Unit.id", foreign_keys=parent_id)
    cadre_body: Mapped[Unit | None] = relationship(remote_side="Unit.id", foreign_keys=cadre_body_id)

    def contains(self, other: Unit) -> bool:
        """True when ``other`` is this unit or lies below it."""
        return other.code == self.code or other.code.startswith(self.code + "/")
