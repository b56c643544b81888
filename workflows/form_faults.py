"""What is wrong with the data entered on a form: codes and places, no sentences."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, TypeChecker
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from workflows.form_places import Place, Schema, pointer, position
from workflows.form_rules import rule_faults

# Two-digit years typed into a date field arrive as 0019; no paper of the domain is older or later than these.
FIRST_YEAR, LAST_YEAR = 1900, 2199

CODES = {
    "additionalProperties": "extra",
    "const": "not_a_choice",
    "enum": "not_a_choice",
    "maxItems": "too_many",
    "maxLength": "too_long",
    "maximum": "too_large",
    "minItems": "too_few",
    "minLength": "too_short",
    "minimum": "too_small",
    "oneOf": "not_a_choice",
    "required": "required",
    "type": "wrong_type",
    "uniqueItems": "not_unique",
}
FORMAT_CODES = {"date": "not_a_date", "date-time": "not_a_date_time"}
LIMITS = frozenset({"maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum"})
NOT_CONFIRMED = "not_confirmed"
MALFORMED = "malformed"


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of the data.

    ``pointer`` is an RFC 6901 pointer; ``code`` a value of `CODES` or `FORMAT_CODES`, `NOT_CONFIRMED`, one of
    `form_rules`, or `MALFORMED` for every other rule of a schema; ``params`` holds what its sentence needs.
    """

    pointer: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


def validate(schema: Schema, data: object, day: dt.date | None = None) -> list[Fault]:
    """The faults of ``data`` under a resolved schema, in the order of the form, at most one a place.

    ``day`` is today's: with it, days that cannot be true yet are faults, too.
    """
    found: dict[Place, Fault] = {}
    errors = _Validator(schema, format_checker=_FORMATS).iter_errors(data)
    for place, code, params in chain(
        chain.from_iterable(map(_faults, errors)), rule_faults(schema, data, day)
    ):
        found.setdefault(place, Fault(pointer(place), code, params))
    return [found[place] for place in sorted(found, key=lambda each: position(schema, each))]


def _faults(error: ValidationError) -> Iterator[tuple[Place, str, Mapping[str, Any]]]:
    """The faults one error of the library stands for; a missing or unknown property is its own place."""
    place: Place = tuple(error.absolute_path)
    keyword = str(error.validator)
    # The library types these as "maybe unset"; they are set on every error it yields.
    rule: Any = error.validator_value
    value: Any = error.instance
    schema: Any = error.schema
    if keyword == "required":
        # One error comes for each missing name, which it tells only in a sentence: take all from the data.
        yield from (((*place, name), CODES[keyword], {}) for name in rule if name not in value)
    elif keyword == "additionalProperties":
        yield from (
            ((*place, name), CODES[keyword], {}) for name in value if name not in schema.get("properties", {})
        )
    else:
        yield place, *_code(keyword, rule, value)


def _code(keyword: str, rule: Any, value: Any) -> tuple[str, Mapping[str, Any]]:
    if keyword == "format":
        return FORMAT_CODES[rule], {}
    if keyword in ("pattern", "minLength") and not value.strip():
        return CODES["required"], {}
    if keyword == "const" and rule is True:
        return NOT_CONFIRMED, {}
    params = {"limit": rule} if keyword in LIMITS else {"expected": rule} if keyword == "type" else {}
    return CODES.get(keyword, MALFORMED), params


def _is_integer(_checker: TypeChecker, value: object) -> bool:
    """Whole numbers only: 1.0 is an integer of JSON Schema, but has other bytes in the record than 1."""
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(_checker: TypeChecker, value: object) -> bool:
    """NaN and the infinities pass every limit and have no JSON."""
    return _is_integer(_checker, value) or (isinstance(value, float) and math.isfinite(value))


def _one_of(
    checker: Validator, choices: Sequence[Schema], value: Any, schema: Schema
) -> Iterator[ValidationError]:
    """Constants are compared at once: the library takes seconds for 500 rows of 500 choices."""
    if not all("const" in each for each in choices):
        yield from Draft202012Validator.VALIDATORS["oneOf"](checker, choices, value, schema)
    elif not any(type(value) is type(each["const"]) and value == each["const"] for each in choices):
        yield ValidationError("not a choice")


_Validator = extend(  # type: ignore[no-untyped-call]  # the stubs leave it untyped
    Draft202012Validator,
    validators={"oneOf": _one_of},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
        {"integer": _is_integer, "number": _is_number}
    ),
)
_FORMATS = FormatChecker(formats=())
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)


@_FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    """A day as RFC 3339 writes it; other types than text are judged by ``type``."""
    if not isinstance(value, str):
        return True
    return bool(_DATE.fullmatch(value)) and FIRST_YEAR <= dt.date.fromisoformat(value).year <= LAST_YEAR


@_FORMATS.checks("date-time", raises=ValueError)
def _is_date_time(value: object) -> bool:
    """An instant as RFC 3339 writes it; without an offset a deadline would depend on the server's zone."""
    if not isinstance(value, str):
        return True
    return (
        bool(_DATE_TIME.fullmatch(value)) and FIRST_YEAR <= dt.datetime.fromisoformat(value).year <= LAST_YEAR
    )
