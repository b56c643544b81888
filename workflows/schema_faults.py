"""Turns faults of the `jsonschema` library into a place, a problem and a remedy an officer can act on."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from jsonschema.exceptions import ValidationError

from workflows.vocabulary import N_

Path = tuple[str | int, ...]
Found = tuple[Path, str, str, Mapping[str, object]]

_TYPE_REMEDIES = {
    "object": N_("Give a group of fields, indented under this line."),
    "array": N_("Give a list, each entry on a line that begins with “-”."),
    "string": N_("Give a text; put a number or date that is meant as text in quotes."),
    "integer": N_("Give a whole number."),
    "number": N_("Give a number, with a point before decimals."),
    "boolean": N_("Give true or false."),
}


def schema_faults(error: ValidationError) -> Iterator[Found]:
    """Path, problem, remedy and the values of both msgids; one library error can hold several faults."""
    path: Path = tuple(error.absolute_path)
    if error.validator == "required":
        yield from _missing(error, path)
    elif error.validator == "additionalProperties":
        yield from _unknown(error, path)
    else:
        explain = _EXPLAINED.get(str(error.validator), _misfit)
        problem, remedy, values = explain(error)
        yield path, problem, remedy, values


def _missing(error: ValidationError, path: Path) -> Iterator[Found]:
    # jsonschema raises one error for each missing name; the name stands only in its message.
    name = next(n for n in _rule(error) if error.message.startswith(repr(n)))
    problem = N_("“%(name)s” is missing.")
    yield path, problem, N_("Add a line “%(name)s: …” here."), {"name": name}


def _unknown(error: ValidationError, path: Path) -> Iterator[Found]:
    known = _schema(error).get("properties", {})
    for name in _given(error):
        if name not in known:
            problem = N_("“%(name)s” is not a field of this format.")
            remedy = N_("Correct the name or take the line out; known here: %(known)s.")
            yield (*path, name), problem, remedy, {"name": name, "known": ", ".join(known)}


Explained = tuple[str, str, Mapping[str, object]]


def _type(error: ValidationError) -> Explained:
    remedy = _TYPE_REMEDIES[_rule(error)]
    return N_("“%(value)s” is of the wrong kind."), remedy, {"value": _short(error.instance)}


def _choice(error: ValidationError) -> Explained:
    choices = _rule(error) if error.validator == "enum" else [_rule(error)]
    values = {"value": _short(error.instance), "choices": ", ".join(map(str, choices))}
    return N_("“%(value)s” is not one of the words allowed here."), N_("Write one of: %(choices)s."), values


def _pattern(error: ValidationError) -> Explained:
    values = {"value": _short(error.instance), "example": _example(error)}
    return N_("“%(value)s” is not written in the right form."), N_("Write it like this: %(example)s."), values


def _date(error: ValidationError) -> Explained:
    values = {"value": _short(error.instance), "example": _example(error) or "2019-12-31"}
    return N_("“%(value)s” is not a date."), N_("Write year-month-day, like this: %(example)s."), values


def _limit(error: ValidationError) -> Explained:
    values = {"value": _short(error.instance), "limit": error.validator_value}
    if error.validator in ("minimum", "exclusiveMinimum"):
        return N_("%(value)s is too small."), N_("The limit is %(limit)s."), values
    return N_("%(value)s is too large."), N_("The limit is %(limit)s."), values


def _empty(error: ValidationError) -> Explained:
    return N_("Nothing is given here."), N_("Give at least one, or take the line out."), {}


def _twice(error: ValidationError) -> Explained:
    return N_("An entry of this list stands in it twice."), N_("Keep it once."), {}


def _misfit(error: ValidationError) -> Explained:
    values = {"value": _short(error.instance), "example": _example(error)}
    return N_("“%(value)s” does not fit here."), N_("Write it like this: %(example)s."), values


def _example(error: ValidationError) -> str:
    return str(next(iter(_schema(error).get("examples", ())), ""))


# The library types these three as "maybe unset"; they are set on every error it yields.
def _rule(error: ValidationError) -> Any:
    return error.validator_value


def _schema(error: ValidationError) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], error.schema)


def _given(error: ValidationError) -> Any:
    return error.instance


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


_EXPLAINED: dict[str, Callable[[ValidationError], Explained]] = {
    "type": _type,
    "enum": _choice,
    "const": _choice,
    "pattern": _pattern,
    "format": _date,
    "minimum": _limit,
    "maximum": _limit,
    "exclusiveMinimum": _limit,
    "exclusiveMaximum": _limit,
    "minItems": _empty,
    "minLength": _empty,
    "uniqueItems": _twice,
}
