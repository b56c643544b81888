"""Events of inspections as plain sentences; what a note or a finding says stands on its page, not here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.i18n import content
from webapp.queries.history import Line
from webapp.ui.formats import day
from webapp.ui.inspection_words import RESULTS, SEVERITIES
from webapp.ui.people_sentences import who

PARTS: Mapping[str, Callable[[Any, Any], str]] = {
    "units": lambda before, after: _(
        "units %(before)s → %(after)s", before=", ".join(before) or "–", after=", ".join(after) or "–"
    ),
    "members": lambda before, after: ngettext(
        "%(before)s → %(num)s member", "%(before)s → %(num)s members", len(after), before=len(before)
    ),
    "head": lambda before, after: _("another head"),
    "decision": lambda before, after: _("decision %(before)s → %(after)s", before=before, after=after),
    "decision_date": lambda before, after: _(
        "day of the decision %(before)s → %(after)s", before=_day(before), after=_day(after)
    ),
    "from_date": lambda before, after: _(
        "period from %(before)s → %(after)s", before=_day(before), after=_day(after)
    ),
    "to_date": lambda before, after: _(
        "period to %(before)s → %(after)s", before=_day(before), after=_day(after)
    ),
    "begins_date": lambda before, after: _(
        "begins %(before)s → %(after)s", before=_day(before), after=_day(after)
    ),
    "ends_date": lambda before, after: _(
        "ends %(before)s → %(after)s", before=_day(before), after=_day(after)
    ),
    "campaign": lambda before, after: _(
        "campaign %(before)s → %(after)s", before=before or "–", after=after or "–"
    ),
}
"""What can change about an inspection, as part of a sentence."""


def _day(iso: str) -> str:
    return day(dt.date.fromisoformat(iso))


def _units(line: Line, codes: list[str]) -> list[str]:
    """Their names; of a unit that is not there the code."""
    return [content(line.units.get(code, code)) for code in codes]


def _begun(line: Line) -> str:
    at = line.event.fields
    return _(
        "%(who)s began the inspection %(code)s by decision %(decision)s of %(day)s: %(units)s, %(since)s – %(until)s.",
        who=who(line),
        code=at["inspection"],
        decision=at["decision"],
        day=_day(at["decision_date"]),
        units=", ".join(_units(line, at["units"])),
        since=_day(at["from_date"]),
        until=_day(at["to_date"]),
    )


def _changed(line: Line) -> str:
    before, after = (
        {**said, "units": _units(line, said.get("units", []))}
        for said in (line.event.fields["before"], line.event.fields["after"])
    )
    parts = [
        told(before[name], after[name]) for name, told in PARTS.items() if before.get(name) != after.get(name)
    ]
    return _(
        "%(who)s changed the inspection %(code)s: %(parts)s.",
        who=who(line),
        code=line.event.fields["inspection"],
        parts="; ".join(parts) or _("its name or who decided it"),
    )


def _ended(line: Line) -> str:
    at = line.event.fields
    return _(
        "%(who)s ended the inspection %(code)s: %(findings)s findings, %(open)s of them not yet concluded.",
        who=who(line),
        code=at["inspection"],
        findings=at["findings"],
        open=at["open"],
    )


def _raised(line: Line) -> str:
    at = line.event.fields
    return _(
        "%(who)s raised the finding %(finding)s (%(severity)s) about event %(event)s of %(case)s.",
        who=who(line),
        finding=at["finding"],
        severity=str(SEVERITIES.get(at["severity"], "")).lower(),
        event=at["event"],
        case=at["case"],
    )


def _reviewed(line: Line) -> str:
    at = line.event.fields
    if at["decision"] == "ask":
        return _(
            "%(who)s asked for another answer to the finding %(finding)s.",
            who=who(line),
            finding=at["finding"],
        )
    return _(
        "%(who)s concluded the finding %(finding)s: %(result)s.",
        who=who(line),
        finding=at["finding"],
        result=str(RESULTS.get(at["result"], "")).lower(),
    )


INSPECTIONS: dict[str, Callable[[Line], str]] = {
    "inspection_begun": _begun,
    "inspection_changed": _changed,
    "inspection_ended": _ended,
    "note_written": lambda line: _(
        "%(who)s wrote a note about event %(event)s of %(case)s.",
        who=who(line),
        event=line.event.fields["event"],
        case=line.event.fields["case"],
    ),
    "finding_raised": _raised,
    "finding_answered": lambda line: _(
        "%(who)s answered the finding %(finding)s.", who=who(line), finding=line.event.fields["finding"]
    ),
    "finding_reviewed": _reviewed,
    "finding_withdrawn": lambda line: _(
        "%(who)s withdrew the finding %(finding)s.", who=who(line), finding=line.event.fields["finding"]
    ),
    "minutes_taken": lambda line: _(
        "%(who)s took the minutes of the inspection %(code)s as a file (%(form)s).",
        who=who(line),
        code=line.event.fields["inspection"],
        form=line.event.fields["form"],
    ),
}
