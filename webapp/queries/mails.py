"""E-mails as an administrator sees them: to whom, what was written, whether it went."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Select, case, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from webapp.models import Case, CheckpointMail, Mail, OutboxItem, Person
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


checkpoint_state = case((CheckpointMail.sent_at.is_not(None), "sent"), else_="waiting")
"""Of an e-mail about checkpoints: one that the server does not take is tried again every hour."""


@dataclass(frozen=True)
class MailRow:
    """One e-mail; ``item_id`` is the promise that sends it, None about checkpoints, which are no case's.

    ``created_at`` is business time, ``sent_at`` wall time.
    """

    item_id: int | None
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
    """One page of the e-mails about cases of the units administered, and of those about checkpoints, from 1, the newest
    first; one statement."""
    of_cases, of_checkpoints = _of_cases(standing), _of_checkpoints()
    if state:
        of_cases = of_cases.where(state_column == state)
        of_checkpoints = of_checkpoints.where(checkpoint_state == state)
    both = union_all(of_cases, of_checkpoints).subquery()
    newest = select(both).order_by(both.c.created_at.desc(), both.c.id.desc())
    rows = session.execute(newest.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return [MailRow(*row[:-1]) for row in rows]


def _of_cases(standing: Standing) -> Select[Any]:
    return _found(
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
        Mail.created_at.label("created_at"),
        Mail.sent_at,
        Mail.id.label("id"),
    ).where(administered_case(standing))


def _of_checkpoints() -> Select[Any]:
    """As many columns; without a promise and a case."""
    columns: tuple[Any, ...] = (
        null(),
        CheckpointMail.name,
        CheckpointMail.locale,
        CheckpointMail.address,
        CheckpointMail.subject,
        CheckpointMail.body,
        *(literal("").label(name) for name in ("code", "process", "title")),
        checkpoint_state,
        CheckpointMail.fault,
        CheckpointMail.created_at,
        CheckpointMail.sent_at,
        CheckpointMail.id,
    )
    return select(*columns)


def mail_counts(session: Session, standing: Standing) -> dict[str, int]:
    """E-mails by state; two statements."""
    query = _found(state_column, func.count()).where(administered_case(standing)).group_by(state_column)
    counts: Counter[str] = Counter(dict(session.execute(query).all()))
    about_checkpoints = select(checkpoint_state, func.count()).group_by(checkpoint_state)
    return counts + Counter(dict(session.execute(about_checkpoints).all()))


def _found(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Mail)
        .join(Person, Person.id == Mail.person_id)
        .join(OutboxItem, OutboxItem.id == Mail.outbox_item_id)
        .join(Case, Case.id == Mail.case_id)
    )
