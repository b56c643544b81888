"""The list of cases as its page draws it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from webapp.queries.audit import CaseChoices, CaseList, WantedCases, case_choices, list_cases
from webapp.queries.red_flags import flags_of
from webapp.queries.standing import Standing
from webapp.ui.case_states import outcome_name
from webapp.ui.listing import Listing, listing
from webapp.ui.numbers import ISO_DAY, read_day

DAYS = ("since", "until")
FILTERS = ("q", "person", "process", "state", "outcome", "campaign", "unit", "flag", *DAYS)


@dataclass(frozen=True)
class ShownCases:
    """The cases that an address asks for, what they can be narrowed to, and by code their flags by kind."""

    asked: Listing
    listed: CaseList
    choices: CaseChoices
    faults: Mapping[str, str]
    flags: Mapping[str, Mapping[str, int]]

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        """The ends of the chosen procedure, in words."""
        return [(code, str(outcome_name(self.asked["process"], code))) for code in self.choices.outcomes]


def shown_cases(session: Session, standing: Standing) -> ShownCases:
    """The list of this request; what is no day narrows nothing and is told."""
    asked = listing(FILTERS)
    since, until, faults = days_of(asked)
    wanted = WantedCases(
        words=asked["q"],
        person=asked["person"],
        process=asked["process"],
        state=asked["state"],
        outcome=asked["outcome"],
        campaign=asked["campaign"],
        unit=asked["unit"],
        flag=asked["flag"],
        since=since,
        until=until,
        page=asked.page,
    )
    listed = list_cases(session, standing, wanted)
    return ShownCases(
        asked=asked,
        listed=listed,
        choices=case_choices(session, standing, asked["process"]),
        faults=faults,
        flags=flags_of(session, [row.code for row in listed.rows]),
    )


def days_of(asked: Listing) -> tuple[dt.date | None, dt.date | None, Mapping[str, str]]:
    """The first and the last day that an address names, and by filter what is wrong with those that are none."""
    days = {name: read_day(asked[name]) for name in DAYS if asked[name]}
    faults = {name: _no_day(asked[name]) for name, day in days.items() if not ISO_DAY.fullmatch(day)}
    since, until = (
        dt.date.fromisoformat(days[name]) if name in days.keys() - faults else None for name in DAYS
    )
    return since, until, faults


def _no_day(typed: str) -> str:
    return _("“%(typed)s” is no day; write it like 31/12/2019.", typed=typed)
