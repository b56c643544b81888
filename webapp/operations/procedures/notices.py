"""Notices: the generic effect of a service task that tells somebody something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import Case, Notice, Task, Unit
from webapp.operations import hooks
from webapp.operations.hooks import Carrying
from webapp.operations.notices import tell
from webapp.operations.procedures.documents import keep_drawn
from webapp.queries.cadre_bodies import ELEMENT
from webapp.queries.latest_entries import latest_entry
from webapp.queries.people import holders_in, submitters
from webapp.queries.plans import milestone_named, milestone_of
from webapp.queries.refusal_papers import refused_on
from webapp.queries.reminders import ALSO_REMINDED, REMINDED

OF_SUBMITTER: Mapping[str, tuple[str, ...]] = {
    "nomination_rejected": ("officer", "commune_chair"),
    "supplement_overdue": ("officer",),
    "exemplar_verification_overdue": ("officer", "commune_chair"),
}
"""Whom a notice tells at the submitting unit as well, beside the registrant."""

TASKS_DUE: Mapping[str, str] = {
    "opinion_reminder": ELEMENT,
    "supplement_reminder": "supplement_for_district",
    "finding_reminder": "answer_finding",
}
"""Reminders that say until when a task is to be done: the task."""

QUOTED: Mapping[str, tuple[str, str]] = {
    "exemplar_supplement": ("exemplar/verify_exemplar", "supplement_text"),
    "exemplar_refused": ("exemplar/verify_exemplar", "ground_note"),
}
"""Notices that say what somebody wrote: the form, and its field."""


@hooks.carrying("notify")
def notify(carrying: Carrying) -> Mapping[str, Any]:
    """``to``: a role held at the case's units, ``registrant``, ``unit`` (the item of a multi-instance), ``submitter``.

    With ``place`` organiser a role is told at the organiser alone.

    The paper that goes with a notice of refusal lies in the case from then on.
    """
    people = _addressees(carrying, carrying.params["to"], carrying.params.get("place"))
    people |= _at_submitter(carrying)
    notify_people(carrying, people, carrying.params["template"])
    papers = keep_drawn(carrying)
    return {"template": carrying.params["template"], "notified": len(people)} | (
        {"papers": papers} if papers else {}
    )


def notify_people(carrying: Carrying, people: Iterable[int], template: str) -> None:
    """One notice for each person, by e-mail as well; carried out again, it adds none."""
    session, item = carrying.transaction.session, carrying.item
    known = set(session.scalars(select(Notice.person_id).where(Notice.outbox_item_id == item.id)))
    about = _about(carrying) | _quoted(carrying, template)
    tell(carrying.transaction, carrying.case, set(people) - known, template, item.id, about)


def _about(carrying: Carrying) -> dict[str, str]:
    """Which unit a notice of a parallel multi-instance is about, and until when it is to answer; why one is refused."""
    session, template = carrying.transaction.session, carrying.params.get("template")
    code = carrying.data.get("unit")
    due = carrying.data.get("milestone", {}).get("due") or carrying.data.get("acknowledge_by")
    name = session.scalar(select(Unit.name).where(Unit.code == code)) if code else None
    if element := TASKS_DUE.get(template or ""):
        due = _task_due(carrying, element)
    named = milestone_named(session, carrying.case, milestone_of(carrying.data))
    ground = refused_on(session, carrying.case) if template == "nomination_rejected" else None
    return {key: value for key, value in (("unit", name), ("due", due), ("ground", ground)) if value} | named


def _task_due(carrying: Carrying, element: str) -> str | None:
    """Until when who is reminded is to answer; of several who are asked at once, the unit of this notice."""
    query = select(Task.due).where(Task.case_id == carrying.case.id, Task.element == element)
    if code := carrying.data.get("unit"):
        query = query.join(Unit, Unit.id == Task.unit_id).where(Unit.code == code)
    due = carrying.transaction.session.scalar(query.where(Task.status == "open").limit(1))
    return due.isoformat() if due else None


def _at_submitter(carrying: Carrying) -> set[int]:
    """Who handed the dossier in, where a notice tells them as well."""
    transaction, case = carrying.transaction, carrying.case
    roles = OF_SUBMITTER.get(carrying.params["template"])
    if roles is None:
        return set()
    found = holders_in(transaction.session, [case.unit_id], roles, transaction.day)
    return found | submitters(transaction.session, case, transaction.day)


def _quoted(carrying: Carrying, template: str) -> dict[str, str]:
    form, field = QUOTED.get(template, ("", ""))
    text = latest_entry(carrying.transaction.session, carrying.case, form).get(field) if form else None
    return {"reason": str(text)} if text else {}


def _addressees(carrying: Carrying, to: str, place: str | None) -> set[int]:
    case, session = carrying.case, carrying.transaction.session
    if to == "registrant" and case.registrant_id is not None:
        return {case.registrant_id}
    if to == "submitter":
        return submitters(session, case, carrying.transaction.day)
    if to == "unit":
        unit = session.scalar(select(Unit.id).where(Unit.code == carrying.data.get("unit", "")))
        roles = (*REMINDED, *ALSO_REMINDED.get(carrying.params["template"], ()))
        return holders_in(session, [unit or case.unit_id], roles, carrying.transaction.day)
    role = "officer" if to == "registrant" else to
    units = [case.organiser_id] if place == "organiser" else _units_of(case)
    return holders_in(session, units, (role,), carrying.transaction.day)


def _units_of(case: Case) -> list[int]:
    return [u for u in (case.unit_id, case.district_id, case.organiser_id, case.province_id) if u is not None]
