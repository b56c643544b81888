"""What a registration says: as entered while it is checked, then version by version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from webapp.models import Case, Registration, RegistrationVersion
from webapp.queries.latest_entries import latest_entries

FILLED = ("registration/fill_registration", "registration/fill_on_behalf")
SUPPLEMENTED = "registration/supplement_registration"

_version = aliased(RegistrationVersion)


@dataclass(frozen=True)
class Content:
    """Who registers, for which title (a code), which targets (rows of the form), with which promise."""

    name: str
    title_aimed: str | None
    targets: Sequence[Mapping[str, Any]]
    commitment: str


@dataclass(frozen=True)
class Version:
    """One version; ``case`` is the code of the case that made it."""

    id: int
    number: int
    case: str
    content: Content
    since: dt.datetime


def versions_of(session: Session, registration_id: int) -> tuple[Version, ...]:
    """All versions, the first one first; one statement."""
    rows = session.execute(
        select(RegistrationVersion, Case.code)
        .join(Case, Case.id == RegistrationVersion.case_id)
        .where(RegistrationVersion.registration_id == registration_id)
        .order_by(RegistrationVersion.number)
    )
    return tuple(
        Version(
            row.id,
            row.number,
            code,
            Content(row.name, row.title_aimed, row.targets, row.commitment),
            row.in_force_from,
        )
        for row, code in rows
    )


def entered(session: Session, case: Case) -> dict[str, Any]:
    """What the forms of a registration say: as filled in, with what was supplemented since; empty before that."""
    found = latest_entries(session, [case.id], (*FILLED, SUPPLEMENTED))
    told: dict[str, Any] = {}
    for _key, entry in sorted(found.items(), key=lambda pair: pair[1].at):
        told |= entry.data
    return told


def content_of(registration: Registration, told: Mapping[str, Any]) -> Content:
    """The content of a registration as its forms say it."""
    return Content(
        registration.nominee.name, registration.title_aimed, told["targets"], str(told["commitment"])
    )


@dataclass(frozen=True)
class Difference:
    """What another version says otherwise; ``part`` is a field of Content."""

    part: str
    before: Any
    after: Any


def differences(before: Content, after: Content) -> tuple[Difference, ...]:
    """The parts in which two contents differ, in the order of the paper."""
    return tuple(
        Difference(part.name, old, new)
        for part in fields(Content)
        if (old := getattr(before, part.name)) != (new := getattr(after, part.name))
    )


def in_force(registration_id: Any, at: Any) -> Any:
    """Id of the version of a registration in force at an instant; both may be columns of the query around it."""
    return (
        select(_version.id)
        .where(_version.registration_id == registration_id, _version.in_force_from <= at)
        .order_by(_version.number.desc())
        .limit(1)
        .scalar_subquery()
    )
