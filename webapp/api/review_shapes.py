"""Shapes of the reviews of a campaign."""

from __future__ import annotations

from marshmallow import fields

from webapp.api.shapes import Answer, Named


class ReportShape(Answer):
    """A unit that has to report; ``state`` of its report: missing, submitted, returned or verified."""

    unit = fields.Nested(Named)
    state = fields.String()


class UnitFigureShape(Answer):
    """What a unit reported, beside its target and what it had pledged; ``share`` of the target in per cent."""

    unit = fields.Nested(Named)
    actual = fields.Float(attribute="row.actual")
    verified = fields.Boolean()
    target = fields.Float(attribute="target.target")
    reached = fields.Boolean()
    share = fields.Float(allow_none=True)
    pledge = fields.Float(allow_none=True)


class FigureShape(Answer):
    """An indicator in a year (null: the whole period): all verified reports as one ``value``, and each unit's."""

    figure = fields.String()
    indicator = fields.String()
    year = fields.Integer(allow_none=True)
    roll_up = fields.String()
    target = fields.Float()
    value = fields.Float(allow_none=True)
    reached = fields.Boolean(allow_none=True)
    counted = fields.Integer()
    units = fields.List(fields.Nested(UnitFigureShape))


class ReviewShape(Named):
    """One review; the reports and numbers of single units are those the owner of the token may read."""

    kind = fields.String()
    due = fields.Date()
    stage = fields.String()
    reports = fields.List(fields.Nested(ReportShape))
    figures = fields.List(fields.Nested(FigureShape))
