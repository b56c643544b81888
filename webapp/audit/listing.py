"""The list of cases as its page draws it, and what other pages narrow cases to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from webapp.audit.places import place_name
from webapp.queries.audit import CaseChoices, CaseList, WantedCases, case_choices, list_cases
from webapp.queries.red_flags import flags_of
from webapp.queries.standing import Standing
from webapp.ui.case_states import outcome_name
from webapp.ui.listing import Listing, listing
from webapp.ui.numbers import ISO_DAY, read_day

DAYS = ("since", "until")
WAYS = ("variant", "place", "sent_back")
FILTERS = (
    "q",
    "person",
    "process",
    "state",
    "outcome",
    "campaign",
    "unit",
    "flag",
    "inspection",
    *DAYS,
    *WAYS,
    "codes",
)
MOST_CODES = 100
FIRST, LAST = dt.date(1900, 1, 1), dt.date(2999, 12, 31)
"""Days that a list can be narrowed to; the calendar of the machine ends a little beyond."""
LONGEST = 1_500
"""Characters of the codes of cases: the address of a file is kept whole."""


@dataclass(frozen=True)
class AskedCases:
    """Which cases an address asks for, and what they can be narrowed to. What is no day narrows nothing and is told."""

    asked: Listing
    wanted: WantedCases
    choices: CaseChoices
    faults: Mapping[str, str]

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        """The ends of the chosen procedure, in words."""
        return [(code, str(outcome_name(self.asked["process"], code))) for code in self.choices.outcomes]

    @property
    def ways(self) -> list[tuple[str, str]]:
        """What was chosen on the page of paths, in words, each with the address without it."""
        asked, process = self.asked, self.asked["process"]
        said = {
            "variant": lambda _code: _("the same path"),
            "place": lambda place: _("passed “%(step)s”", step=place_name(process, place)),
            "sent_back": lambda place: _("sent back at “%(step)s”", step=place_name(process, place)),
            "codes": lambda codes: ngettext("%(num)s code", "%(num)s codes", len(codes_in(codes))),
        }
        return [
            (say(asked[name]), asked.elsewhere(asked.endpoint, **{name: ""}))
            for name, say in said.items()
            if asked[name]
        ]


@dataclass(frozen=True)
class ShownCases(AskedCases):
    """One page of the cases that an address asks for, and by code their flags by kind."""

    listed: CaseList
    flags: Mapping[str, Mapping[str, int]]


def shown_cases(session: Session, standing: Standing) -> ShownCases:
    """The list of this request."""
    around = asked_cases(session, standing)
    listed = list_cases(session, standing, around.wanted)
    flags = flags_of(session, [row.code for row in listed.rows])
    return ShownCases(**vars(around), listed=listed, flags=flags)


def asked_cases(session: Session, standing: Standing) -> AskedCases:
    """The cases of this request; an outcome that the procedure does not know narrows nothing, as no field shows it."""
    asked = listing(FILTERS)
    choices = case_choices(session, standing, asked["process"])
    given = {"codes": request.args.get("codes", "").strip()[:LONGEST]}
    if asked["outcome"] not in choices.outcomes:
        given["outcome"] = ""
    asked = replace(asked, values={**asked.values, **given})
    return AskedCases(asked, wanted_cases(asked.values, asked.page), choices, day_faults(asked.values))


def wanted_cases(values: Mapping[str, str], page: int = 1) -> WantedCases:
    """The cases that the filters of an address ask for."""
    given = {name: values.get(name, "") for name in FILTERS if name not in DAYS}
    since, until = days_of(values)
    codes = tuple(codes_in(given.pop("codes")))
    return WantedCases(words=given.pop("q"), since=since, until=until, codes=codes, page=page, **given)


def codes_in(typed: str) -> list[str]:
    """Codes of cases as people write them one after the other."""
    return list(dict.fromkeys(code.upper() for code in re.split(r"[\s,;]+", typed) if code))[:MOST_CODES]


def days_of(values: Mapping[str, str]) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day that an address names; None for what is no day."""
    since, until = (_day(values.get(name, "")) for name in DAYS)
    return since, until


def day_faults(values: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the days of an address."""
    return {name: _no_day(values[name]) for name in DAYS if values[name] and _day(values[name]) is None}


def _day(typed: str) -> dt.date | None:
    day = read_day(typed)
    try:
        found = dt.date.fromisoformat(day) if ISO_DAY.fullmatch(day) else None
    except ValueError:  # 2019-02-30
        return None
    return found if found and FIRST <= found <= LAST else None


def _no_day(typed: str) -> str:
    return _("“%(typed)s” is no day; write it like 31/12/2019.", typed=typed)
