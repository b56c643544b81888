"""Codes by which anybody can check a decision or a certificate."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.certificate import Certificate
from webapp.models.decision import Decision
from webapp.models.types import Instant, JsonText, PrimaryKey


class Verification(Model):
    """What a ``code`` stands for: a decision or a certificate, with the ``fields`` that were printed and signed.

    ``signature`` is over the canonical bytes of the fields, by the key named ``key_id``.
    """

    __tablename__ = "verification"
    __table_args__ = (CheckConstraint("(decision_id IS NULL) <> (certificate_id IS NULL)", name="one_paper"),)

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(String(20), unique=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), index=True)
    fields: Mapped[Any] = mapped_column(JsonText)
    key_id: Mapped[str] = mapped_column(String(16))
    signature: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[dt.datetime] = mapped_column(Instant)

    decision: Mapped[Decision | None] = relationship()
    certificate: Mapped[Certificate | None] = relationship()
