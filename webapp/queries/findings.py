"""What each level found about nominations: the last completed form of each, as data for sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import FormEntry, Person, Registration, Task, Unit
from webapp.queries.assessments import COUNCIL, DISTRICT, MEETING, OPINION_FORMS, POSTING, PROVINCE
from webapp.queries.latest_entries import latest_entries

POSTED = "commune_assessment/post_publicly"
REVIEWS = ("district_assessment/review_appraisal", "province_assessment/review_at_province")
FORMS = (MEETING, COUNCIL, POSTED, POSTING, *OPINION_FORMS, DISTRICT, PROVINCE, *REVIEWS)
TARGETS = ("registration/fill_registration", "registration/fill_on_behalf")


@dataclass(frozen=True)
class Finding:
    """A completed form of the assessment. ``kind`` is its element; ``unit`` the body whose task it was."""

    kind: str
    data: Mapping[str, Any]
    person: str
    unit: str
    at: dt.datetime


def findings(session: Session, case_ids: Collection[int]) -> dict[int, tuple[Finding, ...]]:
    """Findings by case id in the order they were made, the last of each step and body; one statement."""
    rows = session.execute(
        select(
            FormEntry.case_id,
            FormEntry.form,
            FormEntry.data,
            Person.name,
            Unit.name,
            FormEntry.submitted_at,
        )
        .join(Person, Person.id == FormEntry.person_id)
        .outerjoin(Task, Task.id == FormEntry.task_id)
        .outerjoin(Unit, Unit.id == Task.unit_id)
        .where(FormEntry.case_id.in_(case_ids), FormEntry.form.in_(FORMS))
        .order_by(FormEntry.id)
    )
    last: dict[int, dict[tuple[str, str], Finding]] = {case_id: {} for case_id in case_ids}
    for case_id, form, data, person, unit, at in rows:
        key = (form, unit or "") if form in OPINION_FORMS else (form, "")
        last[case_id].pop(key, None)
        last[case_id][key] = Finding(form.partition("/")[2], data, person, unit or "", at)
    return {case_id: tuple(found.values()) for case_id, found in last.items()}


def targets_of(session: Session, registration_id: int | None) -> tuple[Mapping[str, Any], ...]:
    """What the nominee pledged at the registration (its row id); two statements."""
    if registration_id is None:
        return ()
    case_id = session.execute(
        select(Registration.case_id).where(Registration.id == registration_id)
    ).scalar_one()
    entries = latest_entries(session, [case_id], TARGETS).values()
    filled = max(entries, key=lambda entry: entry.at, default=None)
    return tuple(filled.data.get("targets", ())) if filled else ()
