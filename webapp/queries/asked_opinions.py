"""The bodies asked for their opinion of a nomination: when, until when, what came back; and the letter to each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Case, FormEntry, Nomination, Task, Unit
from webapp.queries.cadre_bodies import ELEMENT, appraising_unit, cadre_body_of
from webapp.queries.facts import (
    OFFICE_HEADS,
    award_names,
    committee_name,
    letterhead,
    nominee,
    phrase,
    signature,
    strand_title,
)
from webapp.queries.latest_entries import dossiers
from webapp.queries.law import rule_set_for
from workflows.values import local_day

APPRAISALS = {
    "district_assessment": "district_assessment/appraise",
    "province_assessment": "province_assessment/appraise_at_province",
}
"""The form that asks, by the process in which a body answers."""

PROVINCE = "province_assessment"


@dataclass(frozen=True)
class AskedOpinion:
    """One body that was asked; ``answer`` agree, disagree, no_comment, silent, or None while it is waited for.

    ``process`` is that of the level that asks; ``manages``: it is the party body that manages the cadre who is
    nominated.
    """

    task: str
    process: str
    unit: Unit
    asked_at: dt.datetime
    due: dt.datetime | None
    answered_at: dt.datetime | None
    answer: str | None
    reason: str | None
    manages: bool = False


def asked_opinions(session: Session, case_id: int) -> list[AskedOpinion]:
    """The bodies asked, in the order of the asking. Which of them manages the cadre is said as of today."""
    tasks = session.scalars(
        select(Task)
        .where(Task.case_id == case_id, Task.element == ELEMENT)
        .options(joinedload(Task.unit))
        .order_by(Task.id)
    ).all()
    query = select(FormEntry).where(FormEntry.task_id.in_([task.id for task in tasks]))
    data: dict[int | None, Mapping[str, Any]] = {
        entry.task_id: entry.data for entry in session.scalars(query)
    }
    body = cadre_body_of(session, session.get_one(Case, case_id)) if tasks else None
    return [
        _asked(task, task.unit, data.get(task.id), manages=task.unit is body)
        for task in tasks
        if task.unit is not None
    ]


def _asked(task: Task, unit: Unit, data: Mapping[str, Any] | None, *, manages: bool) -> AskedOpinion:
    answer = data["decision"] if data else None if task.status == "open" else "silent"
    return AskedOpinion(
        task=task.public_id,
        process=task.process,
        unit=unit,
        asked_at=task.opened_at,
        due=task.due,
        answered_at=task.closed_at if data else None,
        answer=answer,
        reason=data.get("reason") if data else None,
        manages=manages,
    )


def opinion_request_facts(session: Session, case: Case, task_id: str) -> dict[str, Any]:
    """Facts of the letter that asks a body for its opinion. Raises LookupError if it was not asked."""
    asked = next((each for each in asked_opinions(session, case.id) if each.task == task_id), None)
    if asked is None:
        raise LookupError(task_id)
    nomination = session.scalars(select(Nomination).where(Nomination.case_id == case.id)).one()
    told = dossiers(session, [case.id])[case.id]
    rules = rule_set_for(session, local_day(case.opened_at), case.organiser_id)
    asking = appraising_unit(case, at_province=asked.process == PROVINCE)
    return {
        "letterhead": letterhead(asking, _symbol(asking), None, local_day(asked.asked_at)),
        "addressee": committee_name(asked.unit),
        "code": case.code,
        "nominee": nominee(nomination.nominee, told),
        "award": award_names(rules).get(nomination.award, nomination.award),
        "strand": phrase(strand_title(nomination.strand.title)),
        "achievement": nomination.achievement or None,
        "question": _question(session, case, asked),
        "due": local_day(asked.due).isoformat() if asked.due else None,
        "signature": signature(
            ["TL. Chủ tịch"],
            OFFICE_HEADS["province" if asked.process == PROVINCE else "district"],
            None,
            signed=False,
        ),
        "recipients": ["Như trên", "Lưu: VT"],
    }


def _symbol(asking: Unit) -> str:
    """A letter is numbered after who issues and who drafts it: ``UBND-NV`` (Decree 30/2020, appendix I)."""
    return "UBND-SNV" if asking.level == "province" else "UBND-NV"


def _question(session: Session, case: Case, asked: AskedOpinion) -> str:
    """What the appraisal that asked said it wants to know."""
    query = (
        select(FormEntry.data)
        .where(
            FormEntry.case_id == case.id,
            FormEntry.form == APPRAISALS[asked.process],
            FormEntry.submitted_at <= asked.asked_at,
        )
        .order_by(FormEntry.id.desc())
    )
    questions = (data["question"] for data in session.scalars(query) if "question" in data)
    return next(questions, "Cho ý kiến về việc đề nghị khen thưởng")
