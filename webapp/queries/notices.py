"""The notices of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import Case, Notice

PAGE_SIZE = 25


@dataclass(frozen=True)
class NoticeRow:
    """One notice; its sentence is made from ``template`` and ``values``. ``process`` is that of its case."""

    id: int
    template: str
    values: Mapping[str, Any]
    process: str | None
    created_at: dt.datetime
    read_at: dt.datetime | None


def notice_rows(session: Session, person_id: int, page: int) -> list[NoticeRow]:
    """One page of a person's notices, from 1, the newest first."""
    rows = session.execute(
        select(Notice.id, Notice.template, Notice.values, Case.process, Notice.created_at, Notice.read_at)
        .outerjoin(Case, Case.id == Notice.case_id)
        .where(Notice.person_id == person_id)
        .order_by(Notice.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [NoticeRow(*row) for row in rows]


def notice_counts(session: Session, person_id: int) -> tuple[int, int]:
    """How many notices a person has, and how many of them are unread."""
    total, read = session.execute(
        select(func.count(), func.count(Notice.read_at)).where(Notice.person_id == person_id)
    ).one()
    return total, total - read


def unread_notices(session: Session, person_id: int) -> int:
    """How many notices a person has not read."""
    query = select(func.count()).where(Notice.person_id == person_id, Notice.read_at.is_(None))
    return session.execute(query).scalar_one()
