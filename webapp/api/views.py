"""What the API answers: read the request, call one operation or query, respond."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO, cast

from flask import Response, request
from flask_smorest import Blueprint
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webapp.api import schemas
from webapp.api.bearer import require_token
from webapp.extensions import db
from webapp.models import Campaign, Case
from webapp.operations import papers, starts, tasks
from webapp.operations.idempotency import once
from webapp.operations.refusals import NotFound
from webapp.queries import inbox
from webapp.queries.deployments import load_deployment
from webapp.queries.instances import case_events, drawn_processes, visible_case
from webapp.queries.task_page import task_page
from webapp.ui.access import holdings, person, signed_in, standing
from webapp.ui.acting import actor_and_now
from workflows.forms import with_choices

PREFIX = "/api/v1"
EVENTS = 500
account = Blueprint("api_account", __name__, url_prefix=PREFIX, description="Who the token belongs to.")
work = Blueprint("api_tasks", __name__, url_prefix=f"{PREFIX}/tasks", description="Tasks of the person.")
movements = Blueprint("api_campaigns", __name__, url_prefix=f"{PREFIX}/campaigns", description="Campaigns.")
instances = Blueprint("api_instances", __name__, url_prefix=f"{PREFIX}/instances", description="Instances.")


@account.get("/me")
@signed_in
@account.response(200, schemas.MeShape)
def show_me() -> dict[str, Any]:
    """The person of the token with the roles held today."""
    me = person()
    roles = [{"role": held.role, "unit": held.unit.code} for held in holdings()]
    return {"id": me.public_id, "username": me.username, "name": me.name, "roles": roles}


@work.get("")
@signed_in
@work.arguments(schemas.TaskFilter, location="query")
@work.response(200, schemas.TaskList)
def list_tasks(wanted: dict[str, Any]) -> dict[str, Any]:
    """Tasks: mine, common (to be taken), or done by me."""
    page = wanted.pop("page")
    _, now = actor_and_now()
    asked = inbox.Wanted(**wanted)
    counts = inbox.task_counts(db.session(), standing(), asked, now.at)
    rows = inbox.task_rows(db.session(), standing(), asked, now.at, page)
    return {"items": rows, "total": counts.listed, "page": page}


@work.get("/<task_id>")
@signed_in
@work.response(200, schemas.TaskShape)
def show_task(task_id: str) -> dict[str, Any]:
    """A task with its schema, choices filled in, and the draft."""
    found = task_page(db.session(), standing(), task_id)
    if found is None:
        raise NotFound
    task = found.task
    return {
        "id": task.public_id,
        "name": task.name,
        "process": task.process,
        "element": task.element,
        "instance": task.code,
        "state": found.state,
        "due": task.due,
        "schema": with_choices(found.schema, found.choices) if found.choices else found.schema,
        "data": found.draft,
    }


@work.post("/<task_id>/take")
@signed_in
@work.response(204)
def take_task(task_id: str) -> None:
    """Take a task from the common list."""
    actor, now = actor_and_now()
    tasks.take_task(task_id, actor=actor, now=now)


@work.post("/<task_id>/give-back")
@signed_in
@work.response(204)
def give_back_task(task_id: str) -> None:
    """Put a task back on the common list."""
    actor, now = actor_and_now()
    tasks.give_back_task(task_id, actor=actor, now=now)


@work.post("/<task_id>/complete")
@signed_in
@work.arguments(schemas.KeyHeader, location="headers")
@work.arguments(schemas.FormData)
@work.response(200, schemas.Done)
def complete_task(headers: dict[str, str], data: dict[str, Any], task_id: str) -> Mapping[str, Any]:
    """Complete a task with the data of its form; once, whatever is repeated under one key."""
    actor, now = actor_and_now()

    def act(transaction: Any) -> Mapping[str, Any]:
        done = tasks.complete_in(transaction, tasks.actable_task(transaction, task_id), data)
        return {"task": done.task, "instance": done.case, "outcome": done.outcome}

    key = headers["key"] or f"complete/{task_id}"
    return once(key, {"task": task_id, "data": data}, act, actor=actor, now=now)


@work.post("/<task_id>/papers")
@signed_in
@work.arguments(schemas.PaperUpload, location="query")
@work.response(201, schemas.Created)
def add_paper(wanted: dict[str, str], task_id: str) -> dict[str, str]:
    """Upload a paper (multipart field ``file``) to name on the form by its id."""
    actor, now = actor_and_now()
    file = request.files.get("file")
    if file is None:
        raise papers.PaperRefused("empty")
    upload = papers.Upload(file.filename or "", cast(BinaryIO, file.stream), wanted["kind"])
    return {"id": papers.add_paper(task_id, upload, actor=actor, now=now)}


@movements.get("")
@signed_in
@movements.response(200, schemas.CampaignList)
def list_campaigns() -> dict[str, Any]:
    """All campaigns, the newest first."""
    query = select(Campaign).options(joinedload(Campaign.unit), joinedload(Campaign.case))
    rows = db.session.scalars(query.order_by(Campaign.starts_on.desc(), Campaign.id)).all()
    return {
        "items": [
            {
                "code": row.code,
                "title": row.title,
                "unit": row.unit.code,
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
                "registration": row.registration,
                "state": row.case.state if row.case else None,
            }
            for row in rows
        ]
    }


@movements.post("/<code>/<process>")
@signed_in
@movements.arguments(schemas.FormData)
@movements.response(201, schemas.Created)
def start_case(data: dict[str, Any], code: str, process: str) -> dict[str, str]:
    """Open a registration, nomination, submission, council_vote or award_issuance in a campaign."""
    actor, now = actor_and_now()
    return {"id": starts.start_case(process, code, data, actor=actor, now=now)}


def _case(code: str) -> Case:
    case = visible_case(db.session(), standing(), code)
    if case is None:
        raise NotFound
    return case


@instances.get("/<code>")
@signed_in
@instances.response(200, schemas.InstanceShape)
def show_instance(code: str) -> dict[str, Any]:
    """How an instance stands."""
    case = _case(code)
    return {
        "code": case.code,
        "process": case.process,
        "title": case.title,
        "state": case.state,
        "stage": case.stage,
        "outcome": case.outcome,
        "deployment": case.deployment_digest,
        "state_hash": case.state_hash,
        "opened_at": case.opened_at,
        "ended_at": case.ended_at,
    }


@instances.get("/<code>/events")
@signed_in
@instances.arguments(schemas.EventFilter, location="query")
@instances.response(200, schemas.EventList)
def list_events(wanted: dict[str, int], code: str) -> dict[str, Any]:
    """The log of an instance."""
    case = _case(code)
    return {"items": case_events(db.session(), case, wanted["after"], EVENTS)}


@instances.get("/<code>/diagram")
@signed_in
@instances.response(200, content_type="application/xml")
def show_diagram(code: str) -> Response:
    """The diagram (BPMN 2.0 XML) of the instance's process, or with ``?process=`` of one it calls."""
    case = _case(code)
    deployment = load_deployment(db.session(), case.deployment_digest)
    wanted = request.args.get("process", case.process)
    path = drawn_processes(deployment).get(wanted)
    if path is None:
        raise NotFound
    return Response(deployment.files[path], mimetype="application/xml")


BLUEPRINTS = (account, work, movements, instances)
for blueprint in BLUEPRINTS:
    blueprint.before_request(require_token)
