"""Tells people something, and marks notices as read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import update

from webapp.models import Case, Notice
from webapp.operations.acting import Actor, Now
from webapp.operations.mails import mail_people
from webapp.operations.refusals import NotFound
from webapp.operations.transaction import Transaction, write


def tell(
    transaction: Transaction,
    case: Case,
    people: Iterable[int],
    template: str,
    item_id: int | None = None,
    about: Mapping[str, str] | None = None,
) -> None:
    """One notice for each person, and an e-mail where it is of a kind that is sent and they have an address.

    ``item_id`` is the outbox item that asks for it, if one does; ``about`` what it names beside the case: the name of
    a ``unit``, the instant that is ``due``.
    """
    told = sorted(set(people))
    transaction.session.add_all(
        Notice(
            person_id=person_id,
            outbox_item_id=item_id,
            case_id=case.id,
            template=template,
            values={"code": case.code, "title": case.title} | dict(about or {}),
            created_at=transaction.now.at,
        )
        for person_id in told
    )
    mail_people(transaction, case, told, template)


def read_notice(notice_id: int, *, actor: Actor, now: Now) -> tuple[str, str]:
    """Mark one of the actor's own notices as read; returns its template and the code it names. Raises NotFound."""
    with write(actor, now) as transaction:
        notice = transaction.session.get(Notice, notice_id)
        if notice is None or notice.person_id != actor.person_id:
            raise NotFound
        notice.read_at = notice.read_at or now.at
        return notice.template, notice.values["code"]


def read_all_notices(*, actor: Actor, now: Now) -> None:
    """Mark all notices of the actor as read."""
    with write(actor, now) as transaction:
        transaction.session.execute(
            update(Notice)
            .where(Notice.person_id == actor.person_id, Notice.read_at.is_(None))
            .values(read_at=now.at)
        )
