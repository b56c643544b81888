"""The forms completed in a case, as they were sent, with the schemas they were filled in by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from webapp.models import Case, FormEntry, Person, Task
from webapp.queries.deployments import form_schema, load_deployment
from webapp.queries.sealed_entries import open_entry
from webapp.queries.standing import Standing
from webapp.queries.units import unit_names
from workflows.forms import Schema


@dataclass(frozen=True)
class Entry:
    """A completed form. ``task`` is what the task was called; empty for the form that opened the case.

    ``form`` is process/element; ``items`` say to which branch of a multi-instance the task belonged, ``unit`` is the
    name of the unit whose branch it was; ``principal`` is whom ``person`` acted for by delegation.
    """

    task: str
    round: int
    schema: Schema
    data: Mapping[str, Any]
    person: str
    at: dt.datetime
    form: str
    task_id: str | None
    items: Mapping[str, Any] | None
    unit: str = ""
    principal: str = ""


def case_entries(session: Session, case: Case, reader: Standing | None = None) -> tuple[Entry, ...]:
    """Forms of a case, oldest first, as far as the reader may read them; the schemas are those of its deployment."""
    deployment = load_deployment(session, case.deployment_digest)
    principal = aliased(Person)
    rows = session.execute(
        select(
            Task.name,
            Task.round,
            FormEntry.data,
            Person.name,
            FormEntry.submitted_at,
            FormEntry.form,
            Task.public_id,
            Task.items,
            principal.name,
        )
        .outerjoin(Task, Task.id == FormEntry.task_id)
        .outerjoin(principal, principal.id == Task.principal_id)
        .join(Person, Person.id == FormEntry.person_id)
        .where(FormEntry.case_id == case.id, open_entry(reader))
        .order_by(FormEntry.id)
    ).all()
    names = unit_names(session, (row.items for row in rows if row.items))
    entries = []
    for task, count, data, person, at, form, task_id, items, acted_for in rows:
        process, _, element = form.partition("/")
        schema = form_schema(deployment, process, element)
        unit = names.get(items.get("unit", ""), "") if items else ""
        entries.append(
            Entry(
                task or "", count or 1, schema, data, person, at, form, task_id, items, unit, acted_for or ""
            )
        )
    return tuple(entries)
