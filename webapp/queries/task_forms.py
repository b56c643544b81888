"""The form of a task as its case asks it: with those parts only that the rules name for the award."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Campaign, Case, Nomination, Task
from webapp.queries.cadre_bodies import OMITTED, cadre_body_to_ask
from webapp.queries.deployments import form_schema, load_deployment
from webapp.queries.law import rule_set_for
from webapp.queries.plans import plan_of
from webapp.queries.review_forms import task_figures
from webapp.queries.reviews import REPORT
from webapp.queries.signing_keys import signed_by_key
from webapp.queries.supplement_limit import supplements_left
from workflows.forms import asking, parts_of
from workflows.values import local_day

FIGURES = "figures"
"""The rows of numbers in the report of a unit."""

OFFICE_SEAL = "office_seal"
"""The key of a body, for number and seal of a paper that was signed with a key, too."""


def task_schema(session: Session, task: Task) -> Mapping[str, Any]:
    """The JSON Schema of a task, as deployed with its case and as asked of what the case is about."""
    schema = form_schema(load_deployment(session, task.case.deployment_digest), task.process, task.element)
    schema = asking(schema, appraisal_parts(session, task.case)) if parts_of(schema) else schema
    left_out = {name for name in schema["properties"] if name in IDLE and IDLE[name](session, task)}
    schema = _without(schema, left_out) if left_out else schema
    return _without_decision(schema, "supplement") if supplements_left(session, task) == 0 else schema


def _without_decision(schema: Mapping[str, Any], value: str) -> Mapping[str, Any]:
    decision = schema["properties"]["decision"]
    others = [each for each in decision["oneOf"] if each["const"] != value]
    return {**schema, "properties": {**schema["properties"], "decision": {**decision, "oneOf": others}}}


def _without(schema: Mapping[str, Any], names: set[str]) -> Mapping[str, Any]:
    properties = {name: part for name, part in schema["properties"].items() if name not in names}
    required = [name for name in schema.get("required", ()) if name not in names]
    return {**schema, "properties": properties, "required": required}


IDLE: Mapping[str, Callable[[Session, Task], bool]] = {
    OMITTED: lambda session, task: not cadre_body_to_ask(session, task.case),
    OFFICE_SEAL: lambda session, task: not signed_by_key(session, task.case),
    "signed_decision": lambda session, task: signed_by_key(session, task.case),
    FIGURES: lambda session, task: task.element == REPORT and not task_figures(session, task),
}
"""Parts of forms that ask for nothing of some cases, and when."""


def parts_without_form(session: Session, task: Task) -> tuple[str, ...]:
    """The names of what the rules ask and the form of the task has no part for.

    None for a form from before there were parts: a case that runs is asked what it was opened with.
    """
    schema = form_schema(load_deployment(session, task.case.deployment_digest), task.process, task.element)
    known = parts_of(schema)
    asked = appraisal_parts(session, task.case) if known else {}
    return tuple(name for part, name in asked.items() if part not in known)


def appraisal_parts(session: Session, case: Case) -> Mapping[str, str]:
    """What the appraisal of a nomination asks beside what it asks of every one: part → its name.

    By the rules of the day it was received, and by its strand in the plan.
    """
    nomination = session.scalars(
        select(Nomination)
        .where(Nomination.case_id == case.id)
        .options(
            joinedload(Nomination.nominee), joinedload(Nomination.exemplar), joinedload(Nomination.strand)
        )
    ).one()
    day: dt.date = nomination.received_on or local_day(case.opened_at)
    asked = rule_set_for(session, day, case.organiser_id).appraisal(
        nomination.award, nomination.nominee.kind, day, exemplar=nomination.exemplar is not None
    )
    plan = plan_of(session, session.get_one(Campaign, nomination.campaign_id))
    own = (strand for strand in plan.strands if strand.code == nomination.strand.code)
    named = {str(part): str(part) for strand in own for part in strand.appraisal}
    return named | {str(part.code): part.name for part in asked}
