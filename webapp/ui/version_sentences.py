"""Events with which something takes the place of an earlier version, as sentences that name both."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import gettext as _

from webapp.queries.history import Line
from webapp.ui.people_sentences import who

SHOWN = 12
"""Digits of a digest that tell versions apart for a reader; the log has all of them."""


def replacing(text: Callable[[str, str], str], subject: str) -> Callable[[Line], str]:
    """A sentence of who did it and the field ``subject``, followed by the versions before and after."""
    return lambda line: text(who(line), line.event.fields[subject]) + _versions(line)


def _versions(line: Line) -> str:
    """Empty for events from before the log kept which version was replaced, and for a first version."""
    at = line.event.fields
    if not at.get("before"):
        return ""
    told = _("Version %(before)s … → %(after)s ….", before=at["before"][:SHOWN], after=at["digest"][:SHOWN])
    return f" {told}"


VERSIONS: Mapping[str, Callable[[Line], str]] = {
    "deployment_made": replacing(
        lambda name, process: _("%(who)s put the diagram “%(process)s” into use.", who=name, process=process),
        "process",
    ),
    "plan_imported": replacing(
        lambda name, code: _("%(who)s loaded the plan %(code)s.", who=name, code=code), "code"
    ),
    "rule_set_imported": replacing(
        lambda name, code: _("%(who)s loaded the rule set %(code)s.", who=name, code=code), "code"
    ),
    "criteria_imported": replacing(
        lambda name, code: _("%(who)s loaded the criteria table %(code)s.", who=name, code=code), "code"
    ),
}
