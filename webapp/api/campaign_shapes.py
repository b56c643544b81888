"""Shapes of campaigns."""

from __future__ import annotations

from marshmallow import fields, validate

from webapp.api.shapes import Answer, Listed, Named, Page
from webapp.queries.campaigns import STATES


class CampaignFilter(Page):
    """Which campaigns; ``q`` finds titles without diacritics."""

    q = fields.String(load_default="", validate=validate.Length(max=200))
    state = fields.String(load_default="", validate=validate.OneOf(["", *STATES]))


class CampaignLine(Answer):
    """A campaign in a list; the numbers are those of nominations the owner of the token may know of."""

    code = fields.String()
    title = fields.String()
    unit = fields.String()
    starts_on = fields.Date()
    ends_on = fields.Date()
    registration = fields.String()
    state = fields.String(allow_none=True)
    outcome = fields.String(allow_none=True)
    nominations = fields.Integer()
    awarded = fields.Integer()


class CampaignList(Listed):
    """One page of campaigns."""

    items = fields.List(fields.Nested(CampaignLine))


class StrandShape(Named):
    """A strand with the kinds of nominee it is for."""

    kinds = fields.List(fields.String())


class CeilingShape(Answer):
    """One ceiling of a round: awards given, passed and waiting for a decision, under way."""

    strand = fields.String()
    pool = fields.String()
    at_most = fields.Integer()
    awarded = fields.Integer()
    deciding = fields.Integer()
    pending = fields.Integer()


class RoundShape(Named):
    """An award round; ``state``: planned, open or closed."""

    opens = fields.Date()
    submit_by = fields.Date()
    decide_by = fields.Date()
    state = fields.String()
    ceilings = fields.List(fields.Nested(CeilingShape))


class AddressedShape(Answer):
    """A unit the plan is addressed to and what came back from it."""

    code = fields.String()
    name = fields.String(attribute="unit")
    response = fields.String(allow_none=True)
    at = fields.DateTime(allow_none=True)


class CampaignShape(Answer):
    """One campaign; ``instance`` is the code of its own procedure once it is open."""

    code = fields.String()
    title = fields.String()
    unit = fields.Nested(Named)
    kind = fields.String()
    chain = fields.List(fields.String())
    starts_on = fields.Date()
    ends_on = fields.Date()
    registration = fields.String()
    registration_closes = fields.DateTime(allow_none=True)
    state = fields.String(allow_none=True)
    instance = fields.String(allow_none=True)
    awards = fields.List(fields.String())
    strands = fields.List(fields.Nested(StrandShape))
    rounds = fields.List(fields.Nested(RoundShape))
    units = fields.List(fields.Nested(AddressedShape))


class StartShape(Answer):
    """The form (JSON Schema 2020-12) that opens a case."""

    process = fields.String()
    campaign = fields.String()
    schema = fields.Dict()


class QuotaLineShape(Answer):
    """One strand and pool of kinds; ``at_most`` and ``left`` are nothing where the plan sets no ceiling.

    Of those ``handed_in``, ``refused`` were refused, did not pass or were withdrawn, the others are ``proposed`` still.
    """

    strand = fields.String()
    pool = fields.String()
    kinds = fields.List(fields.String())
    at_most = fields.Integer(allow_none=True)
    usable = fields.Boolean()
    handed_in = fields.Integer()
    refused = fields.Integer()
    proposed = fields.Integer()
    eligible = fields.Integer()
    passed = fields.Integer()
    used = fields.Integer()
    left = fields.Integer(allow_none=True)


class QuotaConditionShape(Named):
    """A condition of the rule set, and how many of the dossiers checked it bars or warns of."""

    citation = fields.String()
    mark = fields.String()
    barred = fields.Integer()
    warned = fields.Integer()


class QuotaShape(Named):
    """The quota board of a round; the conditions were checked on ``checked`` of the ``eligible`` dossiers."""

    state = fields.String()
    lines = fields.List(fields.Nested(QuotaLineShape))
    conditions = fields.List(fields.Nested(QuotaConditionShape))
    checked = fields.Integer()
    eligible = fields.Integer()
