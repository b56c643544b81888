"""``/api/v1/instances``: how a run of a process stands, its events, its diagram."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields, validate

from webapp.api.cases import case_or_404
from webapp.api.description import Part
from webapp.api.shapes import Answer, Asked
from webapp.extensions import db
from webapp.operations.refusals import NotFound
from webapp.queries.deployments import load_deployment
from webapp.queries.instances import case_events, drawn_processes
from webapp.ui.access import signed_in

part = Part(
    "instances", "/instances", "Runs of processes, as far as the owner of the token may know of them."
)
EVENTS = 500


class InstanceShape(Answer):
    """An instance of a process. ``state``: active, frozen or ended; ``deployment`` names what it runs on."""

    code = fields.String()
    process = fields.String()
    title = fields.String()
    state = fields.String()
    stage = fields.String(allow_none=True)
    outcome = fields.String(allow_none=True)
    deployment = fields.String(attribute="deployment_digest")
    state_hash = fields.String(allow_none=True)
    opened_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)


class EventFilter(Asked):
    """Events after a number."""

    after = fields.Integer(load_default=0, validate=validate.Range(min=0, max=2**31 - 1))


class EventShape(Answer):
    """An event of the log; personal values are not in it. ``hash`` chains it to the one before."""

    number = fields.Integer()
    type = fields.String()
    actor = fields.String()
    principal = fields.String(allow_none=True)
    at = fields.DateTime()
    recorded_at = fields.DateTime()
    fields_ = fields.Dict(attribute="fields", data_key="fields")
    state_hash = fields.String(allow_none=True)
    hash = fields.String()


class EventList(Answer):
    """Events in order; at most 500, ask again with ``after``."""

    items = fields.List(fields.Nested(EventShape))


class DiagramFilter(Asked):
    """Which process: that of the instance, or one it calls."""

    process = fields.String(load_default="")


@part.get("/<code>")
@signed_in
@part.response(200, InstanceShape)
def show_instance(code: str) -> Any:
    """How an instance stands."""
    return case_or_404(code)


@part.get("/<code>/events")
@signed_in
@part.arguments(EventFilter, location="query")
@part.response(200, EventList)
def list_events(wanted: dict[str, int], code: str) -> dict[str, Any]:
    """The log of an instance."""
    return {"items": case_events(db.session(), case_or_404(code), wanted["after"], EVENTS)}


@part.get("/<code>/diagram")
@signed_in
@part.arguments(DiagramFilter, location="query")
@part.response(200, {"type": "string"}, content_type="application/xml")
def show_diagram(wanted: dict[str, str], code: str) -> Response:
    """The diagram (BPMN 2.0 XML) of the instance's process, as it was when the instance was opened."""
    case = case_or_404(code)
    deployment = load_deployment(db.session(), case.deployment_digest)
    path = drawn_processes(deployment).get(wanted["process"] or case.process)
    if path is None:
        raise NotFound
    return Response(deployment.files[path], mimetype="application/xml")
