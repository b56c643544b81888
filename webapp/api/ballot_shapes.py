"""Shapes of ballots, of written opinions and of declared relations."""

from __future__ import annotations

from marshmallow import fields, validate

from webapp.api.session_shapes import STATES
from webapp.api.shapes import Answer, Asked

CHOICES = ("agree", "disagree", "abstain")


class SheetLine(Answer):
    """A nominee on the sheet; ``aside`` says why there is no vote of yours on them.

    same_person, same_unit, declared, withdrawn or suspended.
    """

    nomination = fields.String(attribute="code")
    name = fields.String()
    kind = fields.String()
    unit = fields.String()
    address = fields.String(allow_none=True)
    award = fields.String()
    achievement = fields.String()
    aside = fields.List(fields.String())


class SheetStrand(Answer):
    """A strand of an award round on the sheet."""

    round = fields.String()
    strand = fields.String()
    nominees = fields.List(fields.Nested(SheetLine), attribute="lines")


class LimitShape(Answer):
    """A sheet with more agrees among these than places is invalid for them."""

    nominations = fields.List(fields.String())
    places = fields.Integer()


class SheetShape(Answer):
    """The own ballot sheet. ``cast``: it lies in the box, and nobody can read here what was marked."""

    session = fields.String()
    state = fields.String(metadata={"description": STATES})
    task = fields.String()
    cast = fields.Boolean()
    secret = fields.Boolean()
    second = fields.Boolean()
    closes = fields.DateTime(allow_none=True)
    strands = fields.List(fields.Nested(SheetStrand))
    limits = fields.List(fields.Nested(LimitShape))


class MarkShape(Asked):
    """A mark on one nominee."""

    nomination = fields.String(required=True, validate=validate.Length(max=120))
    vote = fields.String(required=True, validate=validate.OneOf(CHOICES))


class Ballot(Asked):
    """One mark on each nominee of the sheet that has nothing ``aside``; ``task`` is that of the sheet that was read.

    With ``task`` a sheet of an earlier vote is a conflict (other_ballot); without it the marks go to the open one.
    """

    task = fields.String(load_default=None)
    ballots = fields.List(fields.Nested(MarkShape), required=True)


class Cast(Answer):
    """``tracker`` is the code of a secret ballot; told once, to its voter only."""

    session = fields.String()
    tracker = fields.String(allow_none=True)


class Opinion(Ballot):
    """What an absent member has written, and the scanned paper (POST …/opinion-papers) on which they have."""

    paper = fields.String(required=True, validate=validate.Length(max=120))
