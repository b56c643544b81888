"""Shapes of council sessions."""

from __future__ import annotations

from typing import get_args

from marshmallow import fields, validate

from webapp.api.council_shapes import OutcomeShape, RuleShape
from webapp.api.nomination_shapes import OpenTask
from webapp.api.shapes import Answer, Asked, FormData, Listed, Page
from webapp.queries.council_sessions import State

STATES = ", ".join(get_args(State))


class SessionFilter(Page):
    """Sessions of a year; without one of all years."""

    year = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1945, max=2200))


class SessionLine(Answer):
    """A session in the list. ``voted`` of ``electors`` have cast, ``passed`` of ``items`` nominations have passed."""

    code = fields.String()
    number = fields.Integer()
    year = fields.Integer()
    council = fields.String()
    campaign = fields.String()
    held_at = fields.DateTime(allow_none=True)
    place = fields.String(allow_none=True)
    state = fields.String(metadata={"description": STATES})
    items = fields.Integer()
    passed = fields.Integer()
    electors = fields.Integer()
    voted = fields.Integer()


class SessionList(Listed):
    """One page of sessions, the newest first."""

    items = fields.List(fields.Nested(SessionLine))


class NewSession(FormData):
    """The start form of a session (GET campaigns/{code}/council_vote) with the code of the campaign."""

    campaign = fields.String(required=True)


class CeilingUseShape(Answer):
    """One ceiling of a strand: at most so many, so many given elsewhere, so many on this agenda."""

    pool = fields.String()
    at_most = fields.Integer()
    given = fields.Integer()
    proposed = fields.Integer()
    over = fields.Integer()


class NomineeShape(Answer):
    """A nominee on the agenda.

    ``result``: passed, passed_higher, not_passed, deferred or withdrawn, nothing before the count; ``outcome`` holds
    the numbers it follows from.
    """

    code = fields.String()
    name = fields.String()
    kind = fields.String()
    unit = fields.String()
    award = fields.String()
    state = fields.String(attribute="case_state")
    result = fields.String(allow_none=True)
    outcome = fields.Nested(OutcomeShape, attribute="count", allow_none=True)


class StrandOfAgenda(Answer):
    """A strand of an award round on the agenda."""

    round = fields.String()
    strand = fields.String()
    ceilings = fields.List(fields.Nested(CeilingUseShape), attribute="pools")
    nominees = fields.List(fields.Nested(NomineeShape), attribute="lines")


class AgendaShape(Answer):
    """The agenda by strand; ``declared`` are the nominees to whom the owner of the token has declared a relation."""

    session = fields.String()
    state = fields.String(metadata={"description": STATES})
    strands = fields.List(fields.Nested(StrandOfAgenda))
    declared = fields.List(fields.String())


class ElectorShape(Answer):
    """A member as summoned; ``id`` is that of the membership.

    ``attendance``: invited, present, late, replied or absent. ``via`` says how they have voted, electronic or written;
    ``waiting``: their ballot is open.
    """

    id = fields.String(attribute="membership")
    name = fields.String()
    seat = fields.String(attribute="position")
    attendance = fields.String()
    present = fields.Boolean()
    on_paper = fields.Boolean()
    voted = fields.Boolean()
    via = fields.String(allow_none=True)
    waiting = fields.Boolean()


class AttendanceShape(Answer):
    """Who is there; ``quorum`` members have to be, ``present`` are."""

    session = fields.String()
    state = fields.String(metadata={"description": STATES})
    quorum = fields.Integer()
    present = fields.Integer()
    voted = fields.Integer()
    members = fields.List(fields.Nested(ElectorShape))


class DigestsShape(Answer):
    """SHA-256 of who votes, of what is voted on with its dossiers, and of the rule, as the round froze them."""

    electorate = fields.String()
    agenda = fields.String()
    rule = fields.String()


class RoundOfVotes(Answer):
    """One vote. ``kind``: first, second or repeat; ``medium``: electronic, paper or mixed.

    ``refused`` says why its count was refused. ``trackers`` are those of a secret vote once it is counted.
    """

    number = fields.Integer()
    kind = fields.String()
    medium = fields.String()
    secret = fields.Boolean()
    digests = fields.Nested(DigestsShape)
    opened_at = fields.DateTime()
    closes_at = fields.DateTime(allow_none=True)
    closed_at = fields.DateTime(allow_none=True)
    counted_at = fields.DateTime(allow_none=True)
    refused = fields.String(allow_none=True)
    voided_at = fields.DateTime(allow_none=True)
    void_reason = fields.String(allow_none=True)
    trackers = fields.List(fields.String())


class SessionShape(Answer):
    """One session. ``mode``: in_person, online, mixed or written; ``tasks`` are those open in it."""

    code = fields.String()
    number = fields.Integer()
    year = fields.Integer()
    council = fields.String()
    campaign = fields.String()
    subject = fields.String()
    state = fields.String(metadata={"description": STATES})
    mode = fields.String(allow_none=True)
    note = fields.String(allow_none=True)
    held_at = fields.DateTime(allow_none=True)
    place = fields.String(allow_none=True)
    opened_at = fields.DateTime(allow_none=True)
    closed_at = fields.DateTime(allow_none=True)
    concluded_at = fields.DateTime(allow_none=True)
    vote_closes = fields.DateTime(allow_none=True)
    presided_by = fields.String(allow_none=True)
    rule = fields.Nested(RuleShape)
    quorum = fields.Integer()
    strands = fields.List(fields.Nested(StrandOfAgenda))
    electors = fields.List(fields.Nested(ElectorShape))
    rounds = fields.List(fields.Nested(RoundOfVotes))
    tasks = fields.List(fields.Nested(OpenTask))


class VoteShape(Answer):
    """What a member has voted, where the vote was an open one: agree, disagree, abstain or recused."""

    member = fields.String()
    vote = fields.String()


class ResultShape(NomineeShape):
    """What came of a nominee; ``votes`` are empty after a secret vote."""

    votes = fields.List(fields.Nested(VoteShape))


class ResultsShape(Answer):
    """The results as they stand; a level one is still open while the state is tied or a second ballot is voted."""

    session = fields.String()
    state = fields.String(metadata={"description": STATES})
    rule = fields.Nested(RuleShape)
    nominees = fields.List(fields.Nested(ResultShape))
    trackers = fields.List(fields.String())


class SessionDone(Answer):
    """The task that was completed, and the session it belongs to."""

    session = fields.String()
    task = fields.String()


class VoidReason(Asked):
    """Why the vote is void."""

    reason = fields.String(required=True, validate=validate.Length(max=2000))
