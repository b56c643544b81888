"""Files of cases that were closed for the archive."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.types import Instant, JsonText, Name, PrimaryKey


class ArchivedFile(Model):
    """The file of a case as it was closed: how long it is kept (``kept_until`` empty: for ever), and by which rule.

    ``retention``: code, name, years, citation and mark of the rule as it stood on that day.
    """

    __tablename__ = "archived_file"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    code: Mapped[str | None] = mapped_column(String(300))
    kept_at: Mapped[str | None] = mapped_column(String(300))
    title: Mapped[Name]
    kept_until: Mapped[dt.date | None]
    retention: Mapped[Any] = mapped_column(JsonText)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[dt.datetime] = mapped_column(Instant)

    case: Mapped[Case] = relationship()
