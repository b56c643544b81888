"""Shapes of rule sets and their versions."""

from __future__ import annotations

from marshmallow import fields, validate

from webapp.api.shapes import Answer, Asked, Named


class RuleFilter(Asked):
    """The unit the rules are looked at from; without one the first whose rules concern the owner of the token."""

    unit = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))


class RuleVersionLine(Named):
    """A version of a rule set; ``unit`` is None for a general one. Its period is that of the era it is about."""

    version = fields.String()
    unit = fields.Nested(Named, allow_none=True)
    status = fields.String()
    from_date = fields.Date()
    to_date = fields.Date(allow_none=True)
    imported_at = fields.DateTime()
    decided_at = fields.DateTime(allow_none=True)


class RuleSetList(Answer):
    """What counts in a unit."""

    unit = fields.Nested(Named)
    items = fields.List(fields.Nested(RuleVersionLine))


class RuleVersionShape(RuleVersionLine):
    """A version with its entries by group, each as the format of rule sets (`workflows/law/schema.json`) has it."""

    levels = fields.List(fields.String())
    legal_bases = fields.List(fields.String())
    entries = fields.Dict(keys=fields.String(), values=fields.List(fields.Dict()))


class RuleSetShape(RuleVersionShape):
    """A rule set as it counts in a unit; ``versions`` are those one may read, the newest first."""

    versions = fields.List(fields.Nested(RuleVersionLine))
