"""People, with or without an account."""

from __future__ import annotations

from flask_login import UserMixin
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.role import RoleHolding
from webapp.models.types import Name, PrimaryKey, PublicId


class Person(UserMixin, Model):
    """A human being; signs in when ``username`` and ``password_hash`` are set and ``active`` holds."""

    __tablename__ = "person"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    username: Mapped[str | None] = mapped_column(String(80), unique=True)
    name: Mapped[Name]
    sort_key: Mapped[str] = mapped_column(String(1000))
    search_key: Mapped[str] = mapped_column(String(500), index=True)
    email: Mapped[str | None] = mapped_column(String(254))
    password_hash: Mapped[str | None] = mapped_column(String(300))
    active: Mapped[bool] = mapped_column(default=True)
    locale: Mapped[str] = mapped_column(String(5), default="vi")
    fictitious: Mapped[bool] = mapped_column(default=False)

    holdings: Mapped[list[RoleHolding]] = relationship(back_populates="person", order_by=RoleHolding.id)

    @property
    def is_active(self) -> bool:
        return self.active and self.password_hash is not None
