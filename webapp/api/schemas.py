"""Shapes of the API's requests and answers, as the description shows them."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate


class Strict(Schema):
    """A shape that refuses what it does not know."""

    class Meta:
        unknown = RAISE


class Page(Strict):
    """Paging: pages are counted from 1."""

    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=100_000))


class RoleShape(Schema):
    """A role held in a unit."""

    role = fields.String()
    unit = fields.String()


class MeShape(Schema):
    """Who the token belongs to."""

    id = fields.String()
    username = fields.String()
    name = fields.String()
    roles = fields.List(fields.Nested(RoleShape))


class TaskFilter(Page):
    """Which tasks."""

    tab = fields.String(load_default="mine", validate=validate.OneOf(["mine", "common", "delegated", "done"]))
    campaign = fields.String(load_default="")
    kind = fields.String(load_default="")
    unit = fields.String(load_default="")
    due = fields.String(load_default="", validate=validate.OneOf(["", "overdue", "soon"]))


class TaskLine(Schema):
    """A task in a list; instants are ISO 8601 in UTC."""

    id = fields.String(attribute="public_id")
    name = fields.String()
    round = fields.Integer()
    instance = fields.String(attribute="code")
    process = fields.String()
    title = fields.String()
    unit = fields.String()
    campaign = fields.String(allow_none=True)
    due = fields.DateTime(allow_none=True)
    frozen = fields.Boolean()


class TaskList(Schema):
    """One page of tasks."""

    items = fields.List(fields.Nested(TaskLine))
    total = fields.Integer()
    page = fields.Integer()


class TaskShape(Schema):
    """A task with its form (JSON Schema 2020-12) and what was saved as a draft."""

    id = fields.String()
    name = fields.String()
    process = fields.String()
    element = fields.String()
    instance = fields.String()
    state = fields.String()
    due = fields.DateTime(allow_none=True)
    schema = fields.Dict()
    data = fields.Dict(allow_none=True)


class Done(Schema):
    """What completing a task did; ``outcome`` is set when the instance has ended."""

    task = fields.String()
    instance = fields.String()
    outcome = fields.String(allow_none=True)


class FormData(Schema):
    """The data of a form, as its JSON Schema says."""

    class Meta:
        unknown = "include"


class KeyHeader(Schema):
    """An ``Idempotency-Key`` makes a repetition of the request harmless."""

    class Meta:
        unknown = "exclude"

    key = fields.String(data_key="Idempotency-Key", load_default="", validate=validate.Length(max=200))


class PaperUpload(Strict):
    """What kind of paper is uploaded, as the form's ``x-paper`` says."""

    kind = fields.String(load_default="other", validate=validate.Length(max=60))


class Created(Schema):
    """Where the new thing is."""

    id = fields.String()


class CampaignLine(Schema):
    """A campaign."""

    code = fields.String()
    title = fields.String()
    unit = fields.String()
    starts_on = fields.Date()
    ends_on = fields.Date()
    registration = fields.String()
    state = fields.String(allow_none=True)


class CampaignList(Schema):
    """All campaigns."""

    items = fields.List(fields.Nested(CampaignLine))


class InstanceShape(Schema):
    """An instance of a process."""

    code = fields.String()
    process = fields.String()
    title = fields.String()
    state = fields.String()
    stage = fields.String(allow_none=True)
    outcome = fields.String(allow_none=True)
    deployment = fields.String()
    state_hash = fields.String(allow_none=True)
    opened_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)


class EventFilter(Strict):
    """Events after a number."""

    after = fields.Integer(load_default=0, validate=validate.Range(min=0))


class EventShape(Schema):
    """An event of the log; personal values are not in it."""

    number = fields.Integer()
    type = fields.String()
    actor = fields.String()
    principal = fields.String(allow_none=True)
    at = fields.DateTime()
    recorded_at = fields.DateTime()
    fields_ = fields.Dict(attribute="fields", data_key="fields")
    state_hash = fields.String(allow_none=True)
    hash = fields.String()


class EventList(Schema):
    """Events in order; at most 500, ask again with ``after``."""

    items = fields.List(fields.Nested(EventShape))
