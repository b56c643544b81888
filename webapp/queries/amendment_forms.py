"""What forms of corrections and revocations begin with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from webapp.documents.formats import long_day
from webapp.models import Task
from webapp.queries.amendments import amending, original_of, owing_awards, standing_awards, written_number
from webapp.queries.payments import paid_amounts

COPIES = "Như Điều 3\nLưu: VT"


def correction_values(session: Session, task: Task) -> dict[str, Any]:
    """The usual title, and a row for the award of a decision that gives only one."""
    if task.round > 1:
        return {}
    codes = _codes(session, task)
    row = {"corrections": [{"award": codes[0]}]} if len(codes) == 1 else {}
    return {"title": f"Về việc đính chính {_original(session, task)}", "copies_to": COPIES, **row}


def revocation_values(session: Session, task: Task) -> dict[str, Any]:
    """The usual title."""
    if task.round > 1:
        return {}
    title = f"Về việc hủy bỏ khen thưởng theo {_original(session, task)}"
    return {"title": title, "copies_to": COPIES}


def single_award(session: Session, task: Task) -> dict[str, Any]:
    """A row for the award of a decision that gives only one, with what was paid of its prize."""
    awards = standing_awards(original_of(amending(session, task.case)))
    if len(awards) != 1 or task.round > 1:
        return {}
    [(code, award)] = awards.items()
    return {"awards": [{"award": code, "amount_due": paid_amounts(session, [award.id]).get(award.id, 0)}]}


def owing_rows(session: Session, task: Task) -> dict[str, Any]:
    """A row for the only one who owes money still."""
    codes = [code for code, _text in owing_awards(session, task.case)]
    return {"repayments": [{"award": codes[0]}]} if len(codes) == 1 else {}


def _codes(session: Session, task: Task) -> list[str]:
    return list(standing_awards(original_of(amending(session, task.case))))


def _original(session: Session, task: Task) -> str:
    original = original_of(amending(session, task.case))
    day = long_day(original.dated_on.isoformat() if original.dated_on else None)
    return f"Quyết định số {written_number(original)} {day}"
