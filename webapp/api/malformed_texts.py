"""What is wrong with a malformed request, in the reader's language: each text names its part and the remedy."""

from __future__ import annotations

import copy
from json import JSONDecodeError
from typing import Any, cast

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, ValidationError, fields, validate

WHOLE_SCHEMA = "_schema"
NO_OBJECT = {"type": _l("An object is expected here: { … }.")}


class Strange(ValueError):
    """JSON that the standard allows and we do not; the message is for the reader."""


class Spoken(Schema):
    """Parameters or a body whose faults are told in the reader's language.

    Shapes are made once, before there is a reader: their texts are lazy.
    """

    error_messages = NO_OBJECT

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        _word(field_obj, field_obj.data_key or field_name)

    def handle_error(self, error: ValidationError, data: Any, **_named: Any) -> None:
        """Name what is not known here: the library has one text for all of them."""
        known = {field.data_key or name for name, field in self.fields.items()}
        if isinstance(error.messages, dict):
            for name in error.messages.keys() - known - {WHOLE_SCHEMA}:
                error.messages[name] = [_unknown(name)]


def body_text(fault: ValueError | RecursionError) -> str:
    """Why a body could not be read."""
    match fault:
        case Strange():
            return str(fault)
        case JSONDecodeError(doc=""):
            return _("The body is empty. Send an object: { … }.")
        case JSONDecodeError():
            return _(
                "The JSON cannot be read from line %(line)s, column %(column)s. Check quotes, commas, brackets.",
                line=fault.lineno,
                column=fault.colno,
            )
        case UnicodeDecodeError():
            return _("The body is not written in UTF-8. Send it in UTF-8.")
        case UnicodeEncodeError():
            return _("A text holds half of a surrogate pair. Send whole characters.")
    return _("The body is nested too deeply. Send it flatter.")


def _word(field: fields.Field[Any], name: str) -> None:
    wrong: dict[str, Any] = {key: [_kind(field, name)] for key in field.error_messages}
    missing = _l("“%(name)s” is missing. Add it.", name=name)
    field.error_messages = {**wrong, "required": [missing]}
    field.validators = [_worded(each, name) for each in field.validators]
    if isinstance(field, fields.List):
        _word(field.inner, name)


def _kind(field: fields.Field[Any], name: str) -> LazyString:
    if isinstance(field, fields.Integer):
        return _l("“%(name)s” must be a whole number in digits, for example 12.", name=name)
    if isinstance(field, fields.Boolean):
        return _l("“%(name)s” must be true or false.", name=name)
    if isinstance(field, fields.List):
        return _l("“%(name)s” must be a list: [ … ].", name=name)
    if isinstance(field, fields.Nested):
        return _l("“%(name)s” must be an object: { … }.", name=name)
    return _l("“%(name)s” must be a text.", name=name)


def _worded(validator: Any, name: str) -> Any:
    """A validator of its own for the field: several may share one."""
    own = copy.copy(validator)
    own.error = cast(str, _limit(validator, name))
    return own


def _limit(validator: Any, name: str) -> LazyString:
    match validator:
        case validate.Range():
            low, high = validator.min, validator.max
            return _l("“%(name)s” must lie between %(low)s and %(high)s.", name=name, low=low, high=high)
        case validate.Length():
            most = validator.max
            return _l("“%(name)s” may have at most %(most)s characters. Shorten it.", name=name, most=most)
        case validate.OneOf():
            choices = ", ".join(choice for choice in validator.choices if choice)
            return _l("“%(name)s” must be one of these: %(choices)s.", name=name, choices=choices)
    return _l("“%(name)s” is not written as the description says; see /api/v1/openapi.json.", name=name)


def _unknown(name: str) -> str:
    return _(
        "“%(name)s” is not known here. Check its spelling in /api/v1/openapi.json, or leave it out.",
        name=name,
    )
