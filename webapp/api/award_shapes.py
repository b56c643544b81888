"""Shapes of the award history."""

from __future__ import annotations

from marshmallow import fields, validate

from webapp.api.shapes import Answer, Listed, Page


class HistoryFilter(Page):
    """Which records; ``q`` finds names without diacritics, ``twins`` those that may be one person in two units."""

    q = fields.String(load_default="", validate=validate.Length(max=200))
    year = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1900, max=2200))
    award = fields.String(load_default="", validate=validate.Length(max=120))
    twins = fields.Boolean(load_default=False)


class RecordShape(Answer):
    """One award of somebody in a year; ``award`` is nothing where the rule sets do not know it.

    ``from_list``: it came in by a list, not by a decision that was recorded. Identity numbers are never told.
    """

    id = fields.String(attribute="public_id")
    kind = fields.String()
    name = fields.String()
    unit = fields.String(attribute="unit.code")
    birth_year = fields.Integer(allow_none=True)
    award = fields.String(allow_none=True)
    award_name = fields.String()
    year = fields.Integer()
    movement = fields.String()
    decided_by = fields.String(allow_none=True)
    decision_number = fields.String(allow_none=True)
    decided_on = fields.Date(allow_none=True)
    revoked_on = fields.Date(attribute="given.revoked_on", dump_default=None, allow_none=True)
    from_list = fields.Function(lambda record: record.import_id is not None, metadata={"type": "boolean"})


class HistoryList(Listed):
    """One page of the history."""

    items = fields.List(fields.Nested(RecordShape))
