"""JSON bodies at the door: I-JSON (RFC 7493) and nothing else, texts in NFC without control characters."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, NoReturn

from flask import Request, abort
from flask_babel import gettext as _
from marshmallow import EXCLUDE, Schema
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.api.malformed_texts import Strange, body_text
from webapp.config import MAX_FORM_BYTES
from webapp.problems import problem

DEEPEST = 20
LARGEST = 2**53 - 1


class StrictParser(FlaskParser):
    """Reads requests strictly: a misspelt filter must not show everything, a strange body not break further in."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {"headers": EXCLUDE}  # noqa: RUF012 -- as the library types it

    def load_json(self, req: Request, schema: Schema) -> Any:
        return read_body(req)


def read_body(incoming: Request) -> dict[str, Any]:
    """The JSON object of a request. Answers 415, 413 or 400 with what is wrong."""
    if incoming.mimetype != "application/json":
        _refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _("The body has to be application/json"))
    incoming.max_content_length = MAX_FORM_BYTES
    try:
        raw = incoming.get_data()
    except RequestEntityTooLarge:
        limit = MAX_FORM_BYTES // 2**20
        _refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("The body may have at most %(limit)s MB", limit=limit))
    try:
        body = _cleaned(json.loads(raw.decode("utf-8"), **HOOKS), DEEPEST)
    except (ValueError, RecursionError) as fault:
        _malformed(body_text(fault))
    if not isinstance(body, dict):
        _malformed(_("The body is not an object. Send one: { … }."))
    return body


def _malformed(detail: str) -> NoReturn:
    error = {"pointer": "", "code": "malformed", "detail": detail}
    _refuse(HTTPStatus.BAD_REQUEST, _("The body is not the JSON of an object"), "malformed_json", [error])


def _refuse(status: int, title: str, code: str = "", errors: Sequence[dict[str, str]] = ()) -> NoReturn:
    abort(problem(status, title, code, errors=errors))


def _members(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        twice = next(name for name in members if sum(name == other for other, _value in pairs) > 1)
        raise Strange(_("“%(name)s” stands twice in an object. Leave one of them out.", name=twice))
    return members


def _whole(text: str) -> int:
    if len(text) > len(str(-LARGEST)) or abs(int(text)) > LARGEST:
        raise Strange(_("A number lies beyond %(limit)s. Send a smaller one.", limit=LARGEST))
    return int(text)


def _fraction(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise Strange(_("The number %(text)s is too large. Send a smaller one.", text=text))
    return number


def _no_number(text: str) -> NoReturn:
    raise Strange(_("%(text)s is no JSON. Send a number or null.", text=text))


HOOKS: dict[str, Any] = {
    "object_pairs_hook": _members,
    "parse_int": _whole,
    "parse_float": _fraction,
    "parse_constant": _no_number,
}


def _cleaned(value: Any, depth: int) -> Any:
    """The value with its texts as the pages store them.

    Raises ValueError for what is no text, RecursionError for what is too deep.
    """
    if isinstance(value, str):
        value.encode()  # half of a surrogate pair is no character
        text = unicodedata.normalize("NFC", value)
        return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    if isinstance(value, dict | list) and depth == 0:
        raise RecursionError
    if isinstance(value, dict):
        return {_cleaned(name, depth): _cleaned(each, depth - 1) for name, each in value.items()}
    if isinstance(value, list):
        return [_cleaned(each, depth - 1) for each in value]
    return value
