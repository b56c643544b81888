"""Shapes of what members read before they vote: nominees, questions, letters."""

from __future__ import annotations

from marshmallow import fields, validate

from webapp.api.shapes import Answer, Asked
from webapp.operations.questions import ANSWER_LIMIT, QUESTION_LIMIT


class PointShape(Answer):
    """A point to note, found in the record: its code and its numbers and names."""

    code = fields.String()
    values = fields.Dict()


class FindingShape(Answer):
    """What a body has found on the way here: its step, and the form it completed."""

    step = fields.String(attribute="kind")
    body = fields.String(attribute="unit")
    person = fields.String()
    at = fields.AwareDateTime()
    data = fields.Dict()


class ReadPaper(Answer):
    """A paper of the dossier; ``id`` names it to GET /papers/<id>."""

    id = fields.String(attribute="public_id")
    kind = fields.String()
    filename = fields.String()
    media_type = fields.String()
    size = fields.Integer(metadata={"description": "bytes"})


class ReadNominee(Answer):
    """A nominee as its page shows it; ``number`` is its place on the agenda, ``aside`` why you have no vote on it."""

    session = fields.String()
    nomination = fields.String(attribute="column.place.code")
    number = fields.Integer(attribute="column.place.number")
    name = fields.String(attribute="column.place.nomination.nominee.name")
    kind = fields.String(attribute="column.place.nomination.nominee.kind")
    unit = fields.String(attribute="column.place.nomination.nominee.unit.name")
    award = fields.String(attribute="column.place.nomination.award")
    strand = fields.String(attribute="column.place.strand")
    aside = fields.List(fields.String(), attribute="column.place.aside")
    dossier = fields.Dict(attribute="column.dossier")
    targets = fields.List(fields.Dict(), metadata={"description": "what the nominee pledged at registration"})
    findings = fields.List(fields.Nested(FindingShape), attribute="column.findings")
    points = fields.List(fields.Nested(PointShape), attribute="column.points")
    questions = fields.Integer(attribute="column.questions")
    unanswered = fields.Integer(attribute="column.unanswered")
    papers = fields.List(fields.Nested(ReadPaper))


class QuestionShape(Answer):
    """A question; ``nomination`` is null for one on the session as a whole."""

    id = fields.String(attribute="public_id")
    nomination = fields.String(allow_none=True)
    asker = fields.String()
    text = fields.String()
    asked_at = fields.AwareDateTime()
    answer = fields.String(allow_none=True)
    answered_by = fields.String(allow_none=True)
    answered_at = fields.AwareDateTime(allow_none=True)


class Questions(Answer):
    """All questions of a session, in the order they were asked."""

    items = fields.List(fields.Nested(QuestionShape))


class NewQuestion(Asked):
    """What a member asks; without ``nomination`` it is on the session as a whole."""

    text = fields.String(required=True, validate=validate.Length(max=QUESTION_LIMIT))
    nomination = fields.String(load_default=None)


class AskedQuestion(Answer):
    """The id of the question."""

    id = fields.String()


class NewAnswer(Asked):
    """What the secretary answers."""

    answer = fields.String(required=True, validate=validate.Length(max=ANSWER_LIMIT))


class LetterShape(Answer):
    """The letter to a unit: GET letters/<unit>.pdf or .docx."""

    unit = fields.String(attribute="unit.code")
    name = fields.String(attribute="unit.name")
    filename = fields.String(attribute="paper.filename")


class Letters(Answer):
    """The letters of a session."""

    items = fields.List(fields.Nested(LetterShape))
