"""Notices of transfers of office."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

OFFICES: dict[str, Callable[[str, str], str]] = {
    "office_given": lambda name, code: _("Your work goes to %(name)s.", name=name),
    "office_taken": lambda name, code: _(
        "You take over the work of %(name)s: what was open there is among your tasks from that day on.",
        name=name,
    ),
}


def from_day(told: str, day: str) -> str:
    """With the day from which it counts."""
    return _("%(told)s From: %(day)s.", told=told, day=day)
