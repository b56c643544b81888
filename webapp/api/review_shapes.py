"""Shapes of the reviews of a campaign."""

from __future__ import annotations

from marshmallow import fields

from webapp.api.shapes import Answer, Named


class ReviewLine(Named):
    """A review; ``kind``: midterm or final. Reports are asked for from ``opens`` to ``due``."""

    kind = fields.String()
    opens = fields.Date()
    due = fields.Date()


class ReviewList(Answer):
    """The reviews of a campaign."""

    items = fields.List(fields.Nested(ReviewLine))


class ReportShape(Answer):
    """A unit that has to report; ``state`` of its report: missing, submitted, returned or verified."""

    unit = fields.Nested(Named)
    state = fields.String()
    may_report = fields.Boolean()
    submitted_at = fields.DateTime(allow_none=True)


class UnitFigureShape(Answer):
    """What a unit reported, beside its target and what it had pledged by ``registration``, and whether it was kept.

    ``share`` of the target is in per cent, ``weight`` what a weighted average counts the number by.
    """

    unit = fields.Nested(Named)
    actual = fields.Float(attribute="row.actual")
    baseline = fields.Float(attribute="row.baseline", allow_none=True)
    weight = fields.Float(attribute="row.weight", allow_none=True)
    verified = fields.Boolean()
    target = fields.Float(attribute="target.target")
    reached = fields.Boolean()
    share = fields.Float(allow_none=True)
    pledge = fields.Float(allow_none=True)
    kept = fields.Boolean(allow_none=True)
    registration = fields.String(allow_none=True)


class FigureShape(Answer):
    """An indicator in a year (null: the whole period): all verified reports as one ``value``, and each unit's.

    ``left_out``: verified numbers without a weight; ``waiting``: numbers not verified yet.
    """

    figure = fields.String()
    indicator = fields.String()
    year = fields.Integer(allow_none=True)
    measure = fields.String()
    operator = fields.String()
    roll_up = fields.String()
    target = fields.Float()
    target_to = fields.Float(allow_none=True)
    value = fields.Float(allow_none=True)
    reached = fields.Boolean(allow_none=True)
    counted = fields.Integer()
    left_out = fields.Integer()
    waiting = fields.Integer()
    not_yet = fields.Integer()
    not_concerned = fields.Integer()
    units = fields.List(fields.Nested(UnitFigureShape))


class ReviewShape(ReviewLine):
    """One review; the reports and numbers of single units are those the owner of the token may read.

    ``missing``: codes of units without a verified report; ``on_target``: units that missed no target they measured.
    """

    stage = fields.String()
    verified = fields.Integer()
    on_target = fields.Integer()
    reports = fields.List(fields.Nested(ReportShape))
    missing = fields.List(fields.String())
    figures = fields.List(fields.Nested(FigureShape))
