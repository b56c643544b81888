"""Single facts about the running system: business clock offset, worker heartbeat."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.extensions import Model


class SystemFact(Model):
    """One named fact as text."""

    __tablename__ = "system_fact"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
