"""Marks notices as read."""

from __future__ import annotations

from sqlalchemy import update

from webapp.models import Case, Notice
from webapp.operations.acting import Actor, Now
from webapp.operations.refusals import NotFound
from webapp.operations.transaction import write


def read_notice(notice_id: int, *, actor: Actor, now: Now) -> tuple[str, str | None]:
    """Mark one of the actor's own notices as read; returns its template and the code of its case. Raises NotFound."""
    with write(actor, now) as transaction:
        notice = transaction.session.get(Notice, notice_id)
        if notice is None or notice.person_id != actor.person_id:
            raise NotFound
        notice.read_at = notice.read_at or now.at
        case = transaction.session.get(Case, notice.case_id) if notice.case_id else None
        return notice.template, case.code if case else None


def read_all_notices(*, actor: Actor, now: Now) -> None:
    """Mark all notices of the actor as read."""
    with write(actor, now) as transaction:
        transaction.session.execute(
            update(Notice)
            .where(Notice.person_id == actor.person_id, Notice.read_at.is_(None))
            .values(read_at=now.at)
        )
