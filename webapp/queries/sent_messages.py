"""What was sent to whom: notices and e-mails about the cases a unit organises or decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from webapp.models import Case, Mail, Notice, OutboxItem, Person
from webapp.queries.mails import state_column
from webapp.queries.standing import Standing
from webapp.text import search_key

PAGE_SIZE = 25
READERS = ("secretary", "specialist", "head")
"""Who sees what was sent: the standing office of the council."""

SILENT = ("vote_reminder",)
"""Who was reminded to vote had not voted: that is nobody's business but theirs."""

STATES = ("unread", "read", "failed", "waiting", "unsent", "sent")


@dataclass(frozen=True)
class SentRow:
    """A notice, and the e-mail beside it if there is one; ``state`` is that of the e-mail, None without one.

    ``created_at`` and ``read_at`` are business time, ``sent_at`` the machine's.
    """

    id: int
    template: str
    values: Mapping[str, Any]
    process: str
    title: str
    code: str
    created_at: dt.datetime
    read_at: dt.datetime | None
    name: str
    locale: str
    item_id: int | None
    address: str | None
    body: str | None
    state: str | None
    fault: str | None
    attempts: int | None
    sent_at: dt.datetime | None


def sent_rows(session: Session, standing: Standing, filters: Mapping[str, str], page: int) -> list[SentRow]:
    """One page of what was sent, from 1, the newest first; one statement."""
    columns: tuple[Any, ...] = (
        Notice.id,
        Notice.template,
        Notice.values,
        Case.process,
        Case.title,
        Case.code,
        Notice.created_at,
        Notice.read_at,
        Person.name,
        Person.locale,
        Mail.outbox_item_id,
        Mail.address,
        Mail.body,
        _mail_state,
        OutboxItem.fault,
        OutboxItem.attempts,
        Mail.sent_at,
    )
    query = _found(standing, filters, *columns).order_by(Notice.id.desc())
    if condition := _in_state(filters["state"]):
        query = query.where(*condition)
    rows = session.execute(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return [SentRow(*row) for row in rows]


def sent_counts(session: Session, standing: Standing, filters: Mapping[str, str]) -> dict[str, int]:
    """How many notices are read and unread, and how many e-mails are in each state, under the other filters."""
    read = case((Notice.read_at.is_(None), "unread"), else_="read")
    query = _found(standing, filters, read, _mail_state, func.count()).group_by(read, _mail_state)
    counts: dict[str, int] = {}
    for word, state, number in session.execute(query):
        counts[word] = counts.get(word, 0) + number
        if state is not None:
            counts[state] = counts.get(state, 0) + number
    return counts


def sent_item(session: Session, standing: Standing, item_id: int) -> int | None:
    """The id of the promise of an e-mail somebody sees here; None for every other."""
    query = _found(standing, {"q": "", "case": ""}, Mail.outbox_item_id)
    found: int | None = session.scalar(query.where(Mail.outbox_item_id == item_id).limit(1))
    return found


_mail_state = case((Mail.id.is_(None), None), else_=state_column)


def _found(standing: Standing, filters: Mapping[str, str], *columns: Any) -> Select[Any]:
    query = (
        select(*columns)
        .select_from(Notice)
        .join(Case, Case.id == Notice.case_id)
        .join(Person, Person.id == Notice.person_id)
        .outerjoin(Mail, _beside())
        .outerjoin(OutboxItem, OutboxItem.id == Mail.outbox_item_id)
        .where(_of_units(standing), Notice.template.not_in(SILENT))
    )
    if filters["q"]:
        query = query.where(Person.search_key.contains(search_key(filters["q"]), autoescape=True))
    if filters["case"]:
        query = query.where(Case.code == filters["case"].upper())
    return query


def _beside() -> ColumnElement[bool]:
    """The e-mail that was written with the notice, in one act."""
    return and_(
        Mail.case_id == Notice.case_id,
        Mail.person_id == Notice.person_id,
        Mail.template == Notice.template,
        Mail.created_at == Notice.created_at,
    )


def _of_units(standing: Standing) -> ColumnElement[bool]:
    units = standing.units(*READERS)
    above = and_(Case.province_id.in_(units), Case.stage == "province")
    return or_(Case.organiser_id.in_(units), Case.district_id.in_(units), above)


def _in_state(state: str) -> list[ColumnElement[bool]]:
    match state:
        case "unread":
            return [Notice.read_at.is_(None)]
        case "read":
            return [Notice.read_at.is_not(None)]
        case "":
            return []
    return [_mail_state == state]
