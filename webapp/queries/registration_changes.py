"""Requests to change accepted registrations: which can be changed, what is asked for, where a request stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Campaign, Case, Nominee, Registration, RegistrationChange, Task
from webapp.queries.latest_entries import latest_entries
from webapp.queries.nomination_choices import Choice
from webapp.queries.registration_versions import Content, versions_of
from webapp.queries.standing import Standing

DESCRIBED = ("registration_change/describe_change", "registration_change/describe_on_behalf")

_asking = aliased(Case)


@dataclass(frozen=True)
class Change:
    """One request by the code of its case."""

    code: str
    state: str
    outcome: str | None
    opened_at: dt.datetime


def changeable(standing: Standing) -> ColumnElement[bool]:
    """Condition on Registration and its Case: it is accepted, the person may ask for a change, nobody has."""
    asked = exists().where(
        RegistrationChange.registration_id == Registration.id,
        RegistrationChange.case_id == _asking.id,
        _asking.state != "ended",
    )
    own = or_(Case.registrant_id == standing.person_id, Case.unit_id.in_(standing.units("officer")))
    return and_(Registration.registered_at.is_not(None), own, ~asked)


def accepted_registrations(
    session: Session, campaign: Campaign, standing: Standing | None
) -> Sequence[Choice]:
    """The registrations of a campaign somebody may ask to change, by name."""
    if standing is None:
        return []
    rows = session.execute(
        select(Case.code, Nominee.name)
        .join(Registration, Registration.case_id == Case.id)
        .join(Nominee, Nominee.id == Registration.nominee_id)
        .where(Registration.campaign_id == campaign.id, changeable(standing))
        .order_by(Nominee.sort_key, Case.id)
    )
    return [(code, f"{name} ({code})") for code, name in rows]


def is_changeable(session: Session, standing: Standing, code: str) -> bool:
    """Whether the person may ask now for a change of the registration with this case."""
    query = select(Registration.id).join(Case, Case.id == Registration.case_id)
    return session.scalar(query.where(Case.code == code, changeable(standing))) is not None


def changes_of(session: Session, registration_id: int) -> tuple[Change, ...]:
    """The requests for one registration, the newest first."""
    rows = session.execute(
        select(Case.code, Case.state, Case.outcome, Case.opened_at)
        .join(RegistrationChange, RegistrationChange.case_id == Case.id)
        .where(RegistrationChange.registration_id == registration_id)
        .order_by(Case.id.desc())
    )
    return tuple(Change(*row) for row in rows)


def registration_of_change(session: Session, case: Case) -> Registration:
    """The registration a request is about."""
    query = select(Registration).join(
        RegistrationChange, RegistrationChange.registration_id == Registration.id
    )
    return session.execute(query.where(RegistrationChange.case_id == case.id)).scalar_one()


def described(session: Session, case: Case) -> Content | None:
    """What a request asks for, as last described; None before that."""
    found = latest_entries(session, [case.id], DESCRIBED).values()
    newest = max(found, key=lambda entry: entry.at, default=None)
    if newest is None:
        return None
    data = newest.data
    return Content(data["name"], data.get("title_aimed"), data["targets"], data["commitment"])


def change_values(session: Session, task: Task) -> dict[str, Any]:
    """What stands in the form of a request at first: the version in force, unless it was described before."""
    form = f"{task.process}/{task.element}"
    if form not in DESCRIBED or described(session, task.case) is not None:
        return {}
    content = versions_of(session, registration_of_change(session, task.case).id)[-1].content
    title = {"title_aimed": content.title_aimed} if content.title_aimed else {}
    return {
        "name": content.name,
        "targets": list(content.targets),
        "commitment": content.commitment,
        **title,
    }
