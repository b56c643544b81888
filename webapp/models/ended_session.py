"""Sessions of the browser that were signed out of."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from webapp.extensions import Model
from webapp.models.types import Digest, Instant


class EndedSession(Model):
    """A session is a cookie that its browser keeps; the digest of its id stays here as long as a copy could be used."""

    __tablename__ = "ended_session"

    digest: Mapped[Digest] = mapped_column(primary_key=True)
    ended_at: Mapped[dt.datetime] = mapped_column(Instant)
