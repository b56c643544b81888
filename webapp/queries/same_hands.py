"""Who entered something on somebody's behalf and checked it as well: a fact of the case, no bar."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from webapp.models import Case, FormEntry, Person

ENTERED = (
    "registration/fill_on_behalf",
    "registration_change/describe_on_behalf",
    "nomination/prepare_on_behalf",
)
CHECKED = (
    "registration/check_registration",
    "registration_change/check_change",
    "commune_assessment/check_dossier",
)


def checked_own_entry(session: Session, code: str) -> str:
    """The name of who entered what a case is about on somebody's behalf and checked it; empty for nobody."""
    checked = aliased(FormEntry)
    query = (
        select(Person.name)
        .join(FormEntry, FormEntry.person_id == Person.id)
        .join(checked, (checked.case_id == FormEntry.case_id) & (checked.person_id == Person.id))
        .join(Case, Case.id == FormEntry.case_id)
        .where(Case.code == code, FormEntry.form.in_(ENTERED), checked.form.in_(CHECKED))
    )
    return session.scalar(query.limit(1)) or ""


def checks_own_entry(session: Session, code: str, form: str, person_id: int) -> bool:
    """Whether a person who fills in this form of a case checks what they entered themselves."""
    return code in own_entries(session, [code], form, person_id)


def own_entries(session: Session, codes: Collection[str], form: str, person_id: int) -> set[str]:
    """Those of the cases in which a person who fills in this form checks what they entered themselves."""
    if form not in CHECKED:
        return set()
    query = select(Case.code).join(FormEntry, FormEntry.case_id == Case.id)
    own = query.where(Case.code.in_(codes), FormEntry.form.in_(ENTERED), FormEntry.person_id == person_id)
    return set(session.scalars(own))
