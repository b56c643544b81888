"""Papers: uploaded and rendered files, kept by digest outside the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.person import Person
from webapp.models.types import Digest, Instant, JsonText, Name, PrimaryKey, PublicId


class WaitingPaper(Model):
    """A file chosen on a form that opens a case, until that is sent: then a paper under the same public id."""

    __tablename__ = "waiting_paper"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    filename: Mapped[Name]
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[Digest]
    saved_at: Mapped[dt.datetime] = mapped_column(Instant)


class Paper(Model):
    """One file of a case. ``document_type`` is set for a rendered one, ``uploaded_by`` for an uploaded one.

    A paper that was uploaded into a draft has no ``form_entry_id`` until the form is completed. ``facts`` are what a
    rendered one was drawn from and ``type_digest`` is of what drew it, so that it can be drawn again; older ones have
    neither, confidential ones no facts. A signed file has the one without the signature as its ``origin``.
    ``erased_at``: the file is gone by law, and its digest stays.
    """

    __tablename__ = "paper"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    form_entry_id: Mapped[int | None] = mapped_column(ForeignKey("form_entry.id"), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    filename: Mapped[Name]
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[Digest] = mapped_column(index=True)
    document_type: Mapped[str | None] = mapped_column(String(60))
    facts_digest: Mapped[str | None] = mapped_column(String(64))
    facts: Mapped[Any] = mapped_column(JsonText, nullable=True, deferred=True)
    type_digest: Mapped[str | None] = mapped_column(String(64))
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), index=True)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    erased_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    case: Mapped[Case | None] = relationship()
    uploaded_by: Mapped[Person | None] = relationship()
    origin: Mapped[Paper | None] = relationship(remote_side="Paper.id")
