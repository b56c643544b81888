"""Shapes of tasks."""

from __future__ import annotations

from typing import get_args

from marshmallow import fields, validate

from webapp.api.shapes import Answer, Asked, Listed, Page
from webapp.queries.inbox import Tab


class TaskFilter(Page):
    """Which tasks; ``kind`` is process.element, ``unit`` the code of the submitting unit."""

    tab = fields.String(load_default="mine", validate=validate.OneOf(get_args(Tab)))
    campaign = fields.String(load_default="")
    kind = fields.String(load_default="")
    unit = fields.String(load_default="")
    due = fields.String(load_default="", validate=validate.OneOf(["", "overdue", "soon"]))


class TaskLine(Answer):
    """A task in a list; ``kind`` is process.element, instants are ISO 8601 in UTC."""

    id = fields.String(attribute="public_id")
    kind = fields.String()
    name = fields.String()
    round = fields.Integer()
    instance = fields.String(attribute="code")
    process = fields.String()
    title = fields.String()
    unit = fields.String()
    campaign = fields.String(allow_none=True)
    due = fields.DateTime(allow_none=True)
    closed_at = fields.DateTime(allow_none=True)


class TaskList(Listed):
    """One page of tasks."""

    items = fields.List(fields.Nested(TaskLine))


class TaskShape(Answer):
    """A task with its form and its data.

    ``schema`` is a JSON Schema 2020-12 with choices filled in for whoever may complete the task. ``data`` is what was
    sent when the task is done, else the reader's own draft. ``state``: mine, common, held (by somebody else), frozen,
    done, lapsed, or watching (somebody else's).
    """

    id = fields.String()
    name = fields.String()
    process = fields.String()
    element = fields.String()
    round = fields.Integer()
    instance = fields.String()
    role = fields.String()
    unit = fields.String()
    holder = fields.String(allow_none=True)
    state = fields.String()
    decision = fields.String(allow_none=True)
    opened_at = fields.DateTime()
    due = fields.DateTime(allow_none=True)
    closed_at = fields.DateTime(allow_none=True)
    schema = fields.Dict()
    data = fields.Dict(allow_none=True)


class Done(Answer):
    """What completing a task did; ``outcome`` is set when the instance has ended."""

    task = fields.String()
    instance = fields.String()
    outcome = fields.String(allow_none=True)
    tracker = fields.String(
        allow_none=True, metadata={"description": "Code of a secret ballot; told once, to its voter only."}
    )


class PaperUpload(Asked):
    """What kind of paper is uploaded, as the form's ``x-paper`` says."""

    kind = fields.String(load_default="other", validate=validate.Regexp(r"[a-z0-9_]{1,60}\Z"))


class PaperShape(Answer):
    """The id to name on the form."""

    id = fields.String()
