"""Keys that sign papers, and the pictures of seals. What opens a key is kept nowhere."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.person import Person
from webapp.models.types import Digest, Instant, Name, PrimaryKey, PublicId
from webapp.models.unit import Unit


class SigningKey(Model):
    """A key with its certificate: a ``person``'s, who signs for the unit, or without one the unit's own, its seal.

    A file lies under the public id with the other keys of the installation; a token is named by the library of its
    driver, its own label and that of the key. ``picture``: digest of that of the person's hand. ``fingerprint``:
    SHA-256 of the certificate (DER). ``development``: what is signed with it has no legal value.
    """

    __tablename__ = "signing_key"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    library: Mapped[str | None] = mapped_column(String(300))
    token: Mapped[str | None] = mapped_column(String(120))
    label: Mapped[str | None] = mapped_column(String(120))
    picture: Mapped[str | None] = mapped_column(String(64))
    subject: Mapped[Name]
    issuer: Mapped[Name]
    serial: Mapped[str] = mapped_column(String(60))
    fingerprint: Mapped[Digest]
    valid_from: Mapped[dt.datetime] = mapped_column(Instant)
    valid_until: Mapped[dt.datetime] = mapped_column(Instant)
    development: Mapped[bool]
    active: Mapped[bool] = mapped_column(default=True)
    added_at: Mapped[dt.datetime] = mapped_column(Instant)

    unit: Mapped[Unit] = relationship()
    person: Mapped[Person | None] = relationship()


class SealPicture(Model):
    """The picture of a unit's seal, as wide on paper as the seal itself: ``width`` in tenths of a millimetre."""

    __tablename__ = "seal_picture"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    sha256: Mapped[Digest]
    width: Mapped[int]
    saved_at: Mapped[dt.datetime] = mapped_column(Instant)

    unit: Mapped[Unit] = relationship()
