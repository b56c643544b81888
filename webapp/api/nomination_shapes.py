"""Shapes of nominations."""

from __future__ import annotations

from typing import get_args

from marshmallow import fields, validate

from webapp.api.shapes import Answer, FormData, Listed, Named, Page
from webapp.queries.tracking_filters import PHASE_ORDER, SORTS
from workflows.vocabulary import NomineeKind

ORDERS = [sign + name for name in SORTS for sign in ("", "-")]
HOLDER = r"(me|nobody|role:[a-z_]{1,30}|person:[0-9a-f-]{1,40}|)\Z"


class NominationFilter(Page):
    """Which nominations; empty: all.

    ``q`` finds names, units and codes without diacritics. ``campaign``, ``round``, ``strand`` and ``unit`` are codes.
    ``holder`` is me, nobody, role:<role> or person:<id> of whoever has an open task. ``sort`` with - goes downwards.
    """

    q = fields.String(load_default="", validate=validate.Length(max=200))
    campaign = fields.String(load_default="")
    round = fields.String(load_default="")
    strand = fields.String(load_default="")
    kind = fields.List(fields.String(validate=validate.OneOf(get_args(NomineeKind))), load_default=[])
    unit = fields.String(load_default="")
    phase = fields.String(load_default="", validate=validate.OneOf(["", *PHASE_ORDER]))
    holder = fields.String(load_default="", validate=validate.Regexp(HOLDER))
    outcome = fields.String(load_default="")
    only_ = fields.String(
        data_key="only",
        attribute="only",
        load_default="",
        validate=validate.OneOf(["", "overdue", "frozen", "returned"]),
    )
    sort = fields.String(load_default="-code", validate=validate.OneOf(ORDERS))


class NominationLine(Answer):
    """A nomination in a list, with the open task that is due first; ``others`` counts the rest of them."""

    code = fields.String()
    name = fields.String(attribute="title")
    kind = fields.String()
    unit = fields.Nested(Named)
    campaign = fields.Nested(Named)
    strand = fields.Nested(Named)
    award = fields.String()
    state = fields.String()
    stage = fields.String(allow_none=True)
    since = fields.DateTime(allow_none=True)
    outcome = fields.String(allow_none=True)
    received_on = fields.Date(allow_none=True)
    ended_at = fields.DateTime(allow_none=True)
    task = fields.String(allow_none=True)
    role = fields.String(allow_none=True)
    holder = fields.String(allow_none=True)
    due = fields.DateTime(allow_none=True)
    others = fields.Integer()


class NominationList(Listed):
    """One page of nominations."""

    items = fields.List(fields.Nested(NominationLine))


class OpenTask(Answer):
    """An open task; ``mine``: the owner of the token may act on it."""

    id = fields.String(attribute="public_id")
    name = fields.String()
    process = fields.String()
    element = fields.String()
    role = fields.String()
    unit = fields.String(allow_none=True)
    holder = fields.String(allow_none=True)
    due = fields.DateTime(allow_none=True)
    mine = fields.Boolean()


class BatchShape(Answer):
    """A submission batch it was on; ``result``: received, returned, or nothing yet."""

    code = fields.String()
    signed_at = fields.DateTime(allow_none=True)
    received_at = fields.DateTime(allow_none=True)
    result = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)


class SittingShape(Answer):
    """A council session that dealt with it."""

    code = fields.String()
    number = fields.Integer()
    year = fields.Integer()
    held_at = fields.DateTime(allow_none=True)
    result = fields.String(allow_none=True)


class AwardShape(Answer):
    """The award as decided; ``prize`` is in đồng."""

    decision = fields.String(attribute="code")
    number = fields.Integer(allow_none=True)
    symbol = fields.String(allow_none=True)
    dated_on = fields.Date(allow_none=True)
    register_number = fields.Integer(allow_none=True)
    prize = fields.Integer(allow_none=True)
    handed_over_on = fields.Date(allow_none=True)
    revoked_on = fields.Date(allow_none=True)


class NominationShape(Answer):
    """One nomination with what it went through. ``route``: commune, direct or organiser."""

    code = fields.String()
    name = fields.String()
    kind = fields.String()
    address = fields.String(allow_none=True)
    birth_year = fields.Integer(allow_none=True)
    unit = fields.Nested(Named)
    strand = fields.String()
    round = fields.String()
    award = fields.String()
    achievement = fields.String()
    route = fields.String()
    filled_by = fields.String()
    registration = fields.String(allow_none=True)
    received_on = fields.Date(allow_none=True)
    supplements = fields.Integer()
    state = fields.String()
    stage = fields.String(allow_none=True)
    since = fields.DateTime(allow_none=True)
    outcome = fields.String(allow_none=True)
    opened_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)
    tasks = fields.List(fields.Nested(OpenTask))
    batches = fields.List(fields.Nested(BatchShape))
    sessions = fields.List(fields.Nested(SittingShape))
    awards = fields.List(fields.Nested(AwardShape))


class NewNomination(FormData):
    """The start form of a nomination (GET campaigns/{code}/nomination) with the code of the campaign."""

    campaign = fields.String(required=True)
