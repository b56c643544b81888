"""The period of a report: read from its address, in words, and the choices of its control."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.queries.periods import DAYS, FIELDS, PARTS, Period, period_of
from webapp.ui.clock import today
from webapp.ui.formats import day
from webapp.ui.listing import Listing, year_of
from webapp.ui.numbers import ISO_DAY, read_day

ROMAN = ("I", "II", "III", "IV")
FIELD_NAMES: Mapping[str, LazyString] = {"since": _l("From day"), "until": _l("To day")}


@dataclass(frozen=True)
class AskedPeriod:
    """``filters`` name the period in addresses; where a field has a fault (its text), they are as they were typed."""

    filters: Mapping[str, str]
    faults: Mapping[str, str]


def asked_period(asked: Listing, *, always: bool) -> AskedPeriod:
    """The period an address asks for: of this year where it names a part alone, or where there must ``always`` be one.

    A part that is none narrows nothing. Days are read as people write them.
    """
    part = asked["part"] if asked["part"] in (*PARTS, DAYS) else ""
    if part == DAYS:
        return _asked_days(asked)
    year = year_of(asked["year"]) or (today().year if part or always else "")
    return AskedPeriod({**dict.fromkeys(FIELDS, ""), "year": str(year), "part": part}, {})


def _asked_days(asked: Listing) -> AskedPeriod:
    typed = {name: asked[name] for name in FIELD_NAMES}
    read = {name: read_day(text) for name, text in typed.items()}
    faults = {
        name: _(
            "%(field)s: “%(typed)s” is no day; write it like 31/12/2019.", field=FIELD_NAMES[name], typed=text
        )
        for name, text in read.items()
        if text and not ISO_DAY.fullmatch(text)
    }
    first, last = read.values()
    if not first and not last:
        faults["since"] = _(
            "%(field)s: give the first day, like 01/03/2019, the last one, or both.", field=_("From day")
        )
    elif first and last and not faults and first > last:
        values = {"field": _("To day"), "last": day(_day(last)), "first": day(_day(first))}
        faults["until"] = _(
            "%(field)s: %(last)s lies before %(first)s; give that day or a later one.", **values
        )
    return AskedPeriod({"year": "", "part": DAYS, **(typed if faults else read)}, faults)


def _day(iso: str) -> dt.date:
    return dt.date.fromisoformat(iso)


def typed_days(asked: Listing, faults: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields of days: as people write them, or as it was typed where it cannot be read."""
    return {
        name: asked[name] if faults or not asked[name] else day(_day(asked[name])) for name in FIELD_NAMES
    }


def part_choices() -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """The parts of a year with their names, by how long they are."""
    names = {part: part_name(part) for part in PARTS}
    lengths = {"h": _("Half years"), "q": _("Quarters"), "m": _("Months")}
    return [
        (length, [(part, name) for part, name in names.items() if part[0] == letter])
        for letter, length in lengths.items()
    ]


def part_name(part: str) -> str:
    """What a part of a year is called."""
    letter, place = part[0], int(part[1:])
    if letter == "h":
        return _("First six months") if place == 1 else _("Last six months")
    if letter == "q":
        return _("Quarter %(quarter)s", quarter=ROMAN[place - 1])
    return _("Month %(month)s", month=place)


def period_name(filters: Mapping[str, str]) -> str:
    """What a period is called; empty for all days."""
    part, year = filters["part"], filters["year"]
    if part == DAYS:
        return _days_name(period_of(**filters))
    if not part:
        return year
    if part[0] == "h":
        return _("%(half)s of %(year)s", half=part_name(part), year=year)
    return f"{part_name(part)}/{year}"


def _days_name(period: Period) -> str:
    if period.first and period.last:
        return f"{day(period.first)} – {day(period.last)}"
    return _("from %(day)s", day=day(period.first)) if period.first else _("to %(day)s", day=day(period.last))
