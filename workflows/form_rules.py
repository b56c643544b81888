"""What a form asks beyond JSON Schema: text one can see, days that can be true, numbers within another.

``x-day`` on a date, date-time or year: ``until_today``, ``from_today``, or ``coming_year`` (up to a year ahead).
``x-most`` on a number or an instant names the field beside it that it may not exceed.
``x-yes-when`` on a group: with these answers beside it (as in ``x-when``) each of its questions needs a yes.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from workflows.form_places import Place, Schema, are_met
from workflows.values import VIETNAM

Found = tuple[Place, str, Mapping[str, Any]]
"""Place, code and parameters of a fault."""

# Letters by name that print nothing: fillers of Hangul, the blank of Braille.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
_YEAR_AHEAD = dt.timedelta(days=366)


def is_blank(text: str) -> bool:
    """Whether there is nothing to be seen in a text: spaces, controls, zero-width signs."""
    return all(sign in _BLANK or unicodedata.category(sign) in _UNSEEN for sign in text)


def rule_faults(schema: Schema, data: Any, day: dt.date | None, place: Place = ()) -> Iterator[Found]:
    """Faults of ``data`` of the right types; others are left to the schema. Without a day none is judged."""
    if isinstance(data, list):
        for index, each in enumerate(data):
            yield from rule_faults(schema.get("items", {}), each, day, (*place, index))
    elif isinstance(data, Mapping):
        for name, part in schema.get("properties", {}).items():
            if name in data:
                yield from _own_faults(schema, data, name, day, place)
                yield from rule_faults(part, data[name], day, (*place, name))


def _own_faults(
    schema: Schema, data: Mapping[str, Any], name: str, day: dt.date | None, place: Place
) -> Iterator[Found]:
    value, part = data[name], schema["properties"][name]
    if isinstance(value, str) and value and is_blank(value):
        yield (*place, name), "required", {}
    if day is not None and "x-day" in part and (code := _day_fault(part["x-day"], value, day)):
        yield (*place, name), code, {}
    if "x-yes-when" in part and are_met(part["x-yes-when"], data):
        yield from (
            ((*place, name, key), "not_confirmed", {}) for key, answer in value.items() if answer is False
        )
    if (other := part.get("x-most")) in data:
        title = schema["properties"][other]["title"]
        yield from (((*place, name), code, params) for code, params in _excess(value, data[other], title))


def _excess(value: object, most: object, title: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(value, int) and isinstance(most, int) and value > most:
        yield "above_other", {"other": title, "limit": most}
    if isinstance(value, str) and isinstance(most, str):
        first, last = _instant_of(value), _instant_of(most)
        if first and last and first > last:
            yield "after_other", {"other": title}


def _day_fault(rule: str, value: object, today: dt.date) -> str:
    day = _day_of(value)
    if day is None:
        return ""
    if rule == "until_today":
        return "in_the_future" if day > today else ""
    too_far = rule == "coming_year" and day > today + _YEAR_AHEAD
    return "in_the_past" if day < today else "too_far_ahead" if too_far else ""


def _day_of(value: object) -> dt.date | None:
    """The day of a date, a date-time or a year, in the time zone it is written in; None for anything else."""
    if isinstance(value, int):
        return dt.date(value, 1, 1) if dt.MINYEAR <= value <= dt.MAXYEAR else None
    instant = _instant_of(value) if isinstance(value, str) else None
    return instant.date() if instant else None


def _instant_of(text: str) -> dt.datetime | None:
    """An instant with its offset; a day is its midnight in Việt Nam. None for what is neither."""
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=VIETNAM)
