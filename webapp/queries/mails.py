"""E-mails as an administrator sees them: to whom, what was written, whether it went."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from webapp.models import Case, Mail, OutboxItem, Person
from webapp.queries.jobs import administered_case
from webapp.queries.standing import Standing

PAGE_SIZE = 25
State = Literal["sent", "waiting", "failed", "unsent"]
STATES: tuple[State, ...] = get_args(State)

state_column = case(
    (Mail.sent_at.is_not(None), "sent"),
    (OutboxItem.status == "failed", "failed"),
    (OutboxItem.status.in_(("done", "dropped")), "unsent"),
    else_="waiting",
)
"""``unsent``: there was no server when it should have gone."""


@dataclass(frozen=True)
class MailRow:
    """One e-mail; ``item_id`` is the promise that sends it. ``created_at`` is business time, ``sent_at`` wall time."""

    item_id: int
    name: str
    locale: str
    address: str
    subject: str
    body: str
    code: str
    process: str
    title: str
    state: State
    fault: str | None
    created_at: dt.datetime
    sent_at: dt.datetime | None


def mail_rows(session: Session, standing: Standing, state: str, page: int) -> list[MailRow]:
    """One page of the e-mails about cases of the units administered, from 1, the newest first; one statement."""
    query = (
        _found(
            Mail.outbox_item_id,
            Person.name,
            Person.locale,
            Mail.address,
            Mail.subject,
            Mail.body,
            Case.code,
            Case.process,
            Case.title,
            state_column,
            OutboxItem.fault,
            Mail.created_at,
            Mail.sent_at,
        )
        .where(administered_case(standing))
        .order_by(Mail.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    if state:
        query = query.where(state_column == state)
    return [MailRow(*row) for row in session.execute(query)]


def mail_counts(session: Session, standing: Standing) -> dict[str, int]:
    """E-mails by state; one statement."""
    query = _found(state_column, func.count()).where(administered_case(standing)).group_by(state_column)
    return dict(session.execute(query).all())


def _found(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Mail)
        .join(Person, Person.id == Mail.person_id)
        .join(OutboxItem, OutboxItem.id == Mail.outbox_item_id)
        .join(Case, Case.id == Mail.case_id)
    )
