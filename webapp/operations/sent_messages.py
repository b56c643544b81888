"""Sends an e-mail again that failed."""

from __future__ import annotations

from sqlalchemy import select

from webapp.models import OutboxItem
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.refusals import NotFound, NotNow
from webapp.operations.transaction import write
from webapp.queries.jobs import RETRIED
from webapp.queries.sent_messages import sent_item


def retry_mail(item_id: int, *, actor: Actor, now: Now) -> None:
    """Try an e-mail again at once, its attempts counted anew. Raises NotFound, NotNow("nothing_to_retry").

    Who sees what was sent of a case may ask for it, beside the administrator.
    """
    with write(actor, now) as transaction:
        session = transaction.session
        if sent_item(session, acting_standing(transaction), item_id) is None:
            raise NotFound
        item = session.scalars(select(OutboxItem).where(OutboxItem.id == item_id).with_for_update()).one()
        if item.status not in RETRIED:
            raise NotNow("nothing_to_retry")
        item.status, item.due_at, item.attempts = "pending", now.wall, 0
        transaction.promised = True
