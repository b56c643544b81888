"""What happened in a case, ready to be read: the newest first, equal notices of one minute as one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.queries.history import Line
from webapp.ui.formats import number
from webapp.ui.sentences import sentence

Told = tuple[dt.datetime, str]

TO_UNITS = frozenset({"acknowledgement_reminder", "report_reminder"})
"""Notices of which each sending goes to one unit."""


def told(lines: Iterable[Line]) -> tuple[Told, ...]:
    """The events as sentences with their instants."""
    groups: dict[object, list[Line]] = {}
    for line in lines:
        groups.setdefault(_sort_of(line), []).append(line)
    return tuple((group[-1].event.at, _said(group)) for group in reversed(groups.values()))


def _sort_of(line: Line) -> object:
    """Equal for notices of one kind within a minute; an event of another kind stands for itself."""
    event = line.event
    if event.type != "effect_done" or event.fields["kind"] != "notify":
        return event.number
    return event.fields["result"].get("template"), event.at.replace(second=0, microsecond=0)


def _said(group: Sequence[Line]) -> str:
    if len(group) == 1:
        return sentence(group[0])
    results: list[Mapping[str, Any]] = [line.event.fields["result"] for line in group]
    notices = sum(result.get("notified", 0) for result in results)
    if results[0].get("template") in TO_UNITS:
        return _(
            "The system sent %(notices)s notices to %(units)s units.",
            notices=number(notices),
            units=number(len(group)),
        )
    return ngettext("The system sent %(num)s notice.", "The system sent %(num)s notices.", notices)
