"""Refused acts and malformed requests of the API, with a pointer to each fault of the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask, request
from flask_babel import gettext as _
from werkzeug.exceptions import UnprocessableEntity
from werkzeug.wrappers import Response

from webapp.operations.refusals import InvalidForm, Refused
from webapp.problems import problem
from webapp.ui.fault_texts import fault_text
from webapp.ui.guesses import note_guesses
from webapp.ui.refusal_texts import refusal_text, status_of
from workflows.forms import Fault, Schema

PREFIX = "/api/"
KEY_FAULTS = frozenset({"key_reused", "key_too_long"})


def init_app(app: Flask) -> None:
    """Answer refused acts and malformed requests of the API; pages keep their own handlers."""
    page_refusal = app.error_handler_spec[None][None][Refused]

    def refuse(refusal: Refused) -> Any:
        unknown = status_of(refusal) in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
        own = request.path.startswith(PREFIX) and not unknown
        return show_refusal(refusal) if own else page_refusal(refusal)

    app.register_error_handler(Refused, refuse)
    app.register_error_handler(UnprocessableEntity, show_malformed)


def show_refusal(refusal: Refused) -> Response:
    """A refused act. A form's faults come with their pointers."""
    if not isinstance(refusal, InvalidForm):
        status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal.code in KEY_FAULTS else status_of(refusal)
        return problem(status, refusal_text(refusal), refusal.code)
    note_guesses(refusal.faults)
    errors = [
        {
            "pointer": fault.pointer,
            "code": fault.code,
            "detail": _sentence(fault, refusal.schema),
            "params": dict(fault.params),
        }
        for fault in refusal.faults
    ]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, _("The form has faults"), refusal.code, errors=errors)


def _sentence(fault: Fault, schema: Schema) -> str:
    """The fault in the reader's words, with the field called as on the form."""
    part: Any = schema
    label = fault.pointer.rpartition("/")[2]
    for step in fault.pointer.split("/")[1:]:
        part = part.get("items", {}) if step.isdigit() else part.get("properties", {}).get(step, {})
        label = part.get("title", label)
    return fault_text(fault, label, part)


def show_malformed(fault: UnprocessableEntity) -> Response:
    """A request whose query, headers or body do not fit the description; ``in`` says which of them."""
    messages = getattr(fault, "data", {}).get("messages", {})
    errors = [
        {"pointer": "/" + "/".join(map(str, place)), "in": location, "code": "malformed", "detail": text}
        for location, group in messages.items()
        for place, text in _leaves(group, ())
    ]
    title = _("The request was not understood")
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, title, "malformed", errors=errors)


def _leaves(node: Any, place: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _leaves(value, (*place, key))
    elif isinstance(node, list):
        for value in node:
            yield from _leaves(value, place)
    else:
        yield place, str(node)
