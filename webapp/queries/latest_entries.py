"""The newest completion of forms in several cases at once, for papers and lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Case, FormEntry, Person
from webapp.queries.corrected_texts import corrected_texts

DOSSIER_FORMS = (
    "nomination/prepare_dossier",
    "nomination/prepare_on_behalf",
    "extraordinary_assessment/prepare_report",
)
SUPPLEMENT_FORMS = (
    "commune_assessment/supplement_dossier",
    "district_assessment/supplement_for_district",
    "province_assessment/supplement_for_province",
    "province_assessment/supplement_by_submitter",
)
CORRECTED = {"name": "name_on_paper", "address": "position"}
"""Fields of a dossier that a later decision can put right."""


@dataclass(frozen=True)
class Latest:
    """A completed form: what was entered, by whom (public id and name), when."""

    data: Mapping[str, Any]
    person: str
    name: str
    at: dt.datetime


LatestEntries = Mapping[tuple[int, str], Latest]


def latest_entries(session: Session, case_ids: Collection[int], forms: Collection[str]) -> LatestEntries:
    """The newest completion of each form in each case, by (case id, form), in one statement."""
    rows = session.execute(
        select(
            FormEntry.case_id,
            FormEntry.form,
            FormEntry.data,
            Person.public_id,
            Person.name,
            FormEntry.submitted_at,
        )
        .join(Person, Person.id == FormEntry.person_id)
        .where(FormEntry.case_id.in_(case_ids), FormEntry.form.in_(forms))
        .order_by(FormEntry.id)
    )
    return {(row[0], row[1]): Latest(row[2], row[3], row[4], row[5]) for row in rows}


def latest_entry(session: Session, case: Case, form: str) -> dict[str, Any]:
    """The data of the newest completion of a form in a case; empty when there is none."""
    found = latest_entries(session, [case.id], [form]).get((case.id, form))
    return dict(found.data) if found else {}


def dossiers(session: Session, case_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What the dossier of each nomination says, by case id: as prepared, supplemented, and put right by a decision."""
    found = latest_entries(session, case_ids, (*DOSSIER_FORMS, *SUPPLEMENT_FORMS))
    told: dict[int, dict[str, Any]] = {case_id: {} for case_id in case_ids}
    for (case_id, _form), entry in sorted(found.items(), key=lambda pair: pair[1].at):
        told[case_id] |= entry.data
    for case_id, texts in corrected_texts(session, case_ids).items():
        told[case_id] |= {CORRECTED[field]: text for field, text in texts.items() if field in CORRECTED}
    return told
