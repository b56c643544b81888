"""Sends e-mails: handed to the server before the transaction that notes it, for a server may take its time.

Whoever dies in between sends it again, under the same Message-ID: programs show it once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock, mail_server
from webapp.models import Case, Mail
from webapp.operations import hooks
from webapp.operations.hooks import Carrying
from webapp.operations.mails import KIND

Tried = Literal["sent", "no_server"]


class MailHeld(RuntimeError):
    """The case was suspended when the e-mail should have gone."""


@hooks.preparing(KIND)
def hand_over(session: Session, case: Case, params: Mapping[str, Any]) -> Tried | None:
    """Give an e-mail to the server; nothing of a suspended case goes out. Raises OSError and SMTPException."""
    if case.state == "frozen":
        return None
    settings = current_app.config["SETTINGS"]
    if not settings.mail_url:
        return "no_server"
    mail = session.execute(select(Mail).where(Mail.public_id == params["mail"])).scalar_one()
    mail_server.send(
        settings,
        mail_server.Message(
            id=mail.public_id,
            name=mail.person.name,
            address=mail.address,
            subject=mail.subject,
            body=mail.body,
            locale=mail.person.locale,
            written_at=clock.wall(),
        ),
    )
    return "sent"


@hooks.carrying(KIND, quiet=True)
def note_sent(carrying: Carrying) -> None:
    """Note that it went; without a server it stays where the administrator reads it."""
    if carrying.prepared is None:
        raise MailHeld("the case was suspended")
    if carrying.prepared == "sent":
        session = carrying.transaction.session
        mail = session.execute(select(Mail).where(Mail.outbox_item_id == carrying.item.id)).scalar_one()
        mail.sent_at = carrying.transaction.now.wall
