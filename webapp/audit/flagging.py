"""Red flags as their pages draw them: the list, its file, and those on the steps of a case."""

from __future__ import annotations

import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp.audit import flag_words, words
from webapp.audit.listing import DAYS, day_faults, days_of
from webapp.audit.stepping import step_at
from webapp.extensions import db
from webapp.operations.access import record_access
from webapp.queries.audit import CaseChoices, case_choices
from webapp.queries.law import rule_set_for
from webapp.queries.red_flags import (
    FlagList,
    FlagRow,
    Names,
    WantedFlags,
    all_flags,
    flags_in,
    list_flags,
    names_in,
)
from webapp.queries.replay_page import Walk
from webapp.sheet_files import Sheet, write_sheet
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import business_now
from webapp.ui.formats import day, instant, number
from webapp.ui.listing import Listing, listing
from webapp.ui.paper_files import drawn_response
from workflows.export_events import ListExported
from workflows.law import Entry, NoRule
from workflows.values import local_day

FILTERS = ("q", "kind", "campaign", "unit", "state", *DAYS)
PAGE = "audit.list_flags"
MOST = 20_000
"""Rows of a file."""


@dataclass(frozen=True)
class ShownFlags:
    """The flags that an address asks for, what they can be narrowed to, and by which limits they are found."""

    asked: Listing
    listed: FlagList
    choices: CaseChoices
    faults: Mapping[str, str]
    limits: Mapping[str, tuple[str, Entry]]

    def text(self, row: FlagRow) -> str:
        """A flag as a sentence."""
        return flag_words.flag_sentence(row.kind, row.facts, row.at, self.listed.names)


@dataclass(frozen=True)
class ToldFlag:
    """A flag of a case: its kind in words, its sentence, and the event it stands on."""

    name: str
    text: str
    event: int


def flags_page() -> str:
    """The list of flags of this request."""
    session, who = db.session(), standing()
    asked = listing(FILTERS)
    wanted, faults = _wanted(asked)
    shown = ShownFlags(
        asked=asked,
        listed=list_flags(session, who, wanted),
        choices=case_choices(session, who, ""),
        faults=faults,
        limits=_limits(session, local_day(business_now())),
    )
    return render_template("audit/list_flags.html", shown=shown, words=words, flag_words=flag_words)


def flags_sheet() -> Response:
    """The same as an Excel file, without pages; that it was taken is noted."""
    asked = listing(FILTERS)
    wanted, _faults = _wanted(asked)
    rows = all_flags(db.session(), standing(), wanted, MOST)
    actor, now = actor_and_now()
    narrowed = [name for name, value in asked.values.items() if value]
    record_access(ListExported(PAGE, "xlsx", len(rows), narrowed), actor=actor, now=now)
    written = io.BytesIO()
    for _written in write_sheet(_sheet(rows, names_in(db.session(), rows), now.at), written):
        pass
    name = _("Red flags %(day)s", day=local_day(now.at).isoformat())
    return drawn_response(written.getvalue(), f"{name}.xlsx")


def flags_by_step(session: Session, walk: Walk) -> Mapping[int, Sequence[ToldFlag]]:
    """The flags of a case by the number of the step that their event belongs to."""
    flags, names = flags_in(session, walk.case)
    found: defaultdict[int, list[ToldFlag]] = defaultdict(list)
    for flag in flags:
        text = flag_words.flag_sentence(flag.kind, flag.facts, flag.at, names)
        told = ToldFlag(str(flag_words.KINDS[flag.kind]), text, flag.event)
        found[step_at(walk, flag.event).number].append(told)
    return dict(found)


def _wanted(asked: Listing) -> tuple[WantedFlags, Mapping[str, str]]:
    since, until = days_of(asked.values)
    wanted = WantedFlags(
        words=asked["q"],
        kind=asked["kind"] if asked["kind"] in flag_words.KINDS else "",
        campaign=asked["campaign"],
        unit=asked["unit"],
        state=asked["state"],
        since=since,
        until=until,
        page=asked.page,
    )
    return wanted, day_faults(asked.values)


def _limits(session: Session, today: dt.date) -> dict[str, tuple[str, Entry]]:
    """By kind the limit that the rules of today set in general, in words, with the entry that says so."""
    try:
        rules = rule_set_for(session, today, None)
    except NoRule:
        return {}
    found: dict[str, tuple[str, Entry]] = {}
    if limit := rules.inspection_limit("rapid", today):
        span = ngettext("less than %(num)s second", "less than %(num)s seconds", limit.value)
        found["rapid"] = span, limit
    begins, ends = (rules.inspection_limit(code, today) for code in ("night_from", "night_until"))
    if begins and ends:
        found["night"] = (
            _("from %(from)s:00 to %(until)s:00", **{"from": begins.value, "until": ends.value}),
            begins,
        )
    for times in rules.supplement_limits:
        if times.in_force(today):
            span = ngettext("more than %(num)s time", "more than %(num)s times", times.times)
            found["supplements"] = span, times
    return found


def _sheet(rows: Sequence[FlagRow], names: Names, now: dt.datetime) -> Sheet:
    columns = [
        (_("When"), 18),
        (_("Red flag"), 26),
        (_("What stands in the record"), 70),
        (_("Code"), 14),
        (_("Who or what"), 40),
        (_("Procedure"), 24),
        (_("Unit"), 28),
        (_("Who acted"), 24),
        (_("Place in the log"), 16),
    ]
    told = ngettext("%(num)s red flag", "%(num)s red flags", len(rows))
    about = [
        _("%(flags)s on %(day)s", flags=told, day=day(now)),
        _("A red flag is a hint where to look, never a verdict."),
    ]
    return Sheet(_("Red flags"), about, [(str(text), width) for text, width in columns], _cells(rows, names))


def _cells(rows: Sequence[FlagRow], names: Names) -> Iterator[Sequence[Any]]:
    for row in rows:
        yield (
            instant(row.at),
            str(flag_words.KINDS[row.kind]),
            flag_words.flag_sentence(row.kind, row.facts, row.at, names),
            row.code,
            row.title,
            str(words.PROCESSES[row.process]),
            row.unit,
            row.actor,
            f"#{number(row.event)}",
        )
