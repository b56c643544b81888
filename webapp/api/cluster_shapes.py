"""Shapes of clusters and blocks, their years, results and criteria tables."""

from __future__ import annotations

from marshmallow import fields, validate

from webapp.api.shapes import Answer, Asked, Named


class ClusterFilter(Asked):
    """The year; without one each cluster comes with its newest."""

    year = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1900, max=2199))


class ClusterLine(Named):
    """A cluster in a list; ``state`` is planned, or that of the instance that scores the year."""

    kind = fields.String()
    organiser = fields.String()
    year = fields.Integer(allow_none=True)
    leader = fields.String(allow_none=True)
    members = fields.Integer()
    state = fields.String()
    outcome = fields.String(allow_none=True)


class ClusterList(Answer):
    """The clusters one may know of."""

    items = fields.List(fields.Nested(ClusterLine))


class MemberShape(Answer):
    """A unit that belongs or belonged to a cluster; without ``to_date`` it still does."""

    unit = fields.Nested(Named)
    from_date = fields.Date()
    to_date = fields.Date(allow_none=True)


class YearLine(Answer):
    """A year of a cluster; ``criteria`` is the id of its table, ``instance`` the code of what scores it."""

    year = fields.Integer()
    leader = fields.Nested(Named)
    deputy = fields.Nested(Named, allow_none=True)
    criteria = fields.String()
    instance = fields.String(allow_none=True)
    concluded_at = fields.DateTime(allow_none=True)


class ClusterShape(Named):
    """One cluster or block."""

    kind = fields.String()
    organiser = fields.Nested(Named)
    members = fields.List(fields.Nested(MemberShape))
    years = fields.List(fields.Nested(YearLine))


class TotalShape(Answer):
    """A total with its weights: self, cross, consolidated or verified."""

    kind = fields.String()
    points = fields.Float()


class ScoreShape(Answer):
    """Points for a criterion, as they were given."""

    kind = fields.String()
    criterion = fields.String()
    points = fields.Float()
    note = fields.String(allow_none=True)


class ResultLine(Answer):
    """A member in a year; ``readable``: its scores may be read, else there are none. ``open_tasks`` by element."""

    unit = fields.Nested(Named)
    scored_by = fields.Nested(Named)
    rank = fields.Integer(allow_none=True)
    acclaimed = fields.Boolean()
    readable = fields.Boolean()
    totals = fields.List(fields.Nested(TotalShape))
    scores = fields.List(fields.Nested(ScoreShape))
    open_tasks = fields.List(fields.String())


class AcclaimVoteShape(Answer):
    """The open vote of a member; ``unit`` is None for no unit."""

    member = fields.String()
    unit = fields.String(allow_none=True)


class AcclaimRound(Answer):
    """A vote for the leading unit that was counted; ``result``: acclaimed, again or none."""

    number = fields.Integer()
    result = fields.String()
    needed = fields.Integer()
    cast = fields.Integer()
    members = fields.Integer()
    votes = fields.List(fields.Nested(AcclaimVoteShape))


class YearShape(YearLine):
    """A year with what its members have; by rank once there are ranks."""

    members = fields.List(fields.Nested(ResultLine))
    rounds = fields.List(fields.Nested(AcclaimRound))


class TableLine(Named):
    """A version of a criteria table; ``unit`` is None for a general one. ``years`` are scored by some version of it."""

    id = fields.String()
    unit = fields.Nested(Named, allow_none=True)
    status = fields.String()
    imported_at = fields.DateTime()
    years = fields.Integer()


class TableList(Answer):
    """The newest version in force of each table, and the drafts one may read."""

    items = fields.List(fields.Nested(TableLine))


class CriterionShape(Named):
    """What is scored; ``kind``: regular, bonus or penalty (its points are taken off)."""

    maximum = fields.Float()
    weight = fields.Float()
    kind = fields.String()
    evidence = fields.Boolean()


class PartShape(Named):
    """A part of the table."""

    criteria = fields.List(fields.Nested(CriterionShape))


class AcclaimRuleShape(Answer):
    """How the leading unit is voted for: votes of more than so many per cent of all members."""

    more_than = fields.Float()
    days = fields.Integer()
    second_days = fields.Integer()
    own_unit = fields.Boolean()
    source = fields.String()


class TableShape(Named):
    """One version of a criteria table."""

    id = fields.String()
    unit = fields.Nested(Named, allow_none=True)
    status = fields.String()
    source = fields.String()
    mark = fields.String()
    fictitious = fields.Boolean()
    difference = fields.Float()
    acclaim = fields.Nested(AcclaimRuleShape)
    parts = fields.List(fields.Nested(PartShape), attribute="sections")
