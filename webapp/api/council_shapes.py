"""Shapes of councils and of the rules by which they vote."""

from __future__ import annotations

from marshmallow import fields

from webapp.api.shapes import Answer, FormData, Named


class RuleShape(Answer):
    """A rule as a session keeps it; the shares in ``rule`` are fractions as text, ``mark`` says who verified it."""

    code = fields.String()
    name = fields.String()
    citation = fields.String()
    mark = fields.String()
    rule = fields.Dict()


class VersionShape(Answer):
    """A drafted rule. ``status``: draft, approved or discarded; without ``awards`` it is for all others."""

    id = fields.String(attribute="public_id")
    status = fields.String()
    awards = fields.List(fields.String())
    from_date = fields.Date()
    to_date = fields.Date(allow_none=True)
    in_force = fields.Boolean()
    drafted_by = fields.String()
    drafted_at = fields.DateTime()
    decided_by = fields.String(allow_none=True)
    decided_at = fields.DateTime(allow_none=True)
    profile = fields.Nested(RuleShape)


class SeatShape(Answer):
    """A member. ``id`` is that of the membership; ``seat``: chair, standing_deputy, deputy, member or secretary."""

    id = fields.String(attribute="public_id")
    name = fields.String(attribute="person.name")
    seat = fields.String(attribute="position")
    from_date = fields.Date()
    to_date = fields.Date(allow_none=True)


class CouncilLine(Answer):
    """A council in the list; ``drafts`` are rules that its chairman has not decided on."""

    unit = fields.Nested(Named)
    name = fields.String()
    members = fields.Integer()
    drafts = fields.Integer()


class CouncilList(Answer):
    """The councils of the units one works for."""

    items = fields.List(fields.Nested(CouncilLine))


class CouncilShape(Answer):
    """A council with the members it has or is going to have.

    ``usual`` holds today for awards that have no rule of their own; ``rules`` are all versions, the newest first.
    """

    unit = fields.Nested(Named)
    name = fields.String()
    founded_by = fields.String(allow_none=True)
    members = fields.List(fields.Nested(SeatShape))
    usual = fields.Nested(RuleShape)
    rules = fields.List(fields.Nested(VersionShape))


class FormShape(Answer):
    """A form as a JSON Schema 2020-12, with its choices."""

    schema = fields.Dict()


class NewRule(FormData):
    """The form of a rule (GET councils/rule-form) with the code of the unit whose council it is for."""

    unit = fields.String(required=True)


class Drafted(Answer):
    """The id of the draft, by which the chairman decides on it."""

    id = fields.String()


class OutcomeShape(Answer):
    """The numbers of one nominee and what they come to.

    ``agree`` of ``base`` agreed, ``needed`` would pass, ``margin`` is the difference; ``share`` is agree / base.
    ``written_*`` are null after a secret vote, where few written opinions would name a voter.
    ``result``: passed, not_passed, second_ballot or chair_decides; ``reason`` says by which part of the rule.
    """

    result = fields.String()
    reason = fields.String()
    agree = fields.Integer()
    base = fields.Integer()
    needed = fields.Integer()
    margin = fields.Function(lambda count: count["agree"] - count["needed"], metadata={"type": "integer"})
    share = fields.Function(
        lambda count: count["agree"] / count["base"] if count["base"] else None,
        metadata={"type": ["number", "null"]},
    )
    quorate = fields.Boolean()
    members = fields.Integer()
    present = fields.Integer()
    disagree = fields.Integer()
    abstain = fields.Integer()
    blank = fields.Integer()
    invalid = fields.Integer()
    written_agree = fields.Integer(allow_none=True)
    written_disagree = fields.Integer(allow_none=True)
    written_abstain = fields.Integer(allow_none=True)
    recused = fields.Integer()


class Tried(Answer):
    """What numbers come to under a rule."""

    profile = fields.Nested(RuleShape)
    outcome = fields.Nested(OutcomeShape)
