"""Shapes that several parts of the API share, as the description shows them."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, INCLUDE, RAISE, Schema, fields, validate

from webapp.api.malformed_texts import Spoken


class Asked(Spoken):
    """Parameters of a request; one that is not known is refused."""

    class Meta:
        unknown = RAISE


class Page(Asked):
    """Paging: pages are counted from 1."""

    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=100_000))


class Answer(Schema):
    """An answer: every field is always there."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.required = True


class Listed(Answer):
    """What every list says about its pages."""

    total = fields.Integer()
    page = fields.Integer()
    pages = fields.Integer()


class Named(Answer):
    """A thing with its code and its name."""

    code = fields.String()
    name = fields.String()


class Opened(Answer):
    """The code of the instance that was opened."""

    code = fields.String()


class FormData(Spoken):
    """The data of a form, as its JSON Schema says."""

    class Meta:
        unknown = INCLUDE


class KeyHeader(Spoken):
    """An ``Idempotency-Key`` makes a repetition of the request harmless."""

    class Meta:
        unknown = EXCLUDE

    key = fields.String(data_key="Idempotency-Key", load_default="", validate=validate.Length(max=200))


class FaultShape(Schema):
    """One fault. ``pointer`` (RFC 6901) leads to its place in the body, or names the parameter ``in`` says."""

    pointer = fields.String(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)
    params = fields.Dict()
    in_ = fields.String(data_key="in")


class ProblemShape(Schema):
    """What went wrong (RFC 9457). ``title`` is for people, ``code`` for programs."""

    type = fields.String(required=True)
    status = fields.Integer(required=True)
    title = fields.String(required=True)
    code = fields.String(required=True)
    detail = fields.String()
    errors = fields.List(fields.Nested(FaultShape))


def paged(rows: list[Any], total: int, page: int, size: int) -> dict[str, Any]:
    """One page of a list with what ``Listed`` says about it."""
    return {"items": rows, "total": total, "page": page, "pages": max(1, -(-total // size))}
