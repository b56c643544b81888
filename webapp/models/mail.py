"""E-mails to people, as they were written."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.outbox import OutboxItem
from webapp.models.person import Person
from webapp.models.types import Instant, PrimaryKey, PublicId


class Mail(Model):
    """One e-mail to one person, sent by the outbox item that was promised with it.

    How it fared is said by that item; one that is done and has no ``sent_at`` was not sent, for want of a server.
    ``created_at`` is business time, ``sent_at`` the machine's.
    """

    __tablename__ = "mail"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    template: Mapped[str] = mapped_column(String(60))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    outbox_item_id: Mapped[int] = mapped_column(ForeignKey("outbox_item.id"), index=True)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    sent_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    case: Mapped[Case] = relationship()
    person: Mapped[Person] = relationship()
    item: Mapped[OutboxItem] = relationship()
