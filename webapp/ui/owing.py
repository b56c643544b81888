"""What units owe in words: kinds, lines, the notice, and the text that can be copied for Zalo or SMS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.i18n import content
from webapp.queries.owing import LONGEST, Owed
from webapp.ui.cases import case_name
from webapp.ui.formats import day

OWED_KINDS: Mapping[str, LazyString] = {
    "acknowledgement": _l("Acknowledgements"),
    "plan": _l("Plans of the unit"),
    "missing": _l("Nothing registered"),
    "registration": _l("Registrations"),
    "nomination": _l("Nominations"),
    "supplement": _l("Supplements"),
    "opinion": _l("Opinions"),
    "report": _l("Reports"),
    "scoring": _l("Scores, votes"),
    "exemplar": _l("Exemplars"),
}


def owed_line(thing: Mapping[str, Any]) -> str:
    """One thing as a line: what is to be done, in which case, until when, how long that is over."""
    name = case_name(thing["process"], thing["title"])
    line = _("%(task)s – %(name)s (%(code)s)", task=content(thing["task"]), name=name, code=thing["code"])
    if not thing["due"]:
        return line
    line = _("%(line)s, deadline %(day)s", line=line, day=day(dt.date.fromisoformat(thing["due"])))
    return f"{line} ({overdue(thing['over'])})" if thing["over"] else line


def overdue(days: int) -> str:
    """How long a deadline is over, in working days."""
    return ngettext("%(num)s working day over-due", "%(num)s working days over-due", days)


def owed_notice(values: Mapping[str, Any]) -> str:
    """What the notice says: who asks, for how much, and the first of it."""
    told = ngettext(
        "%(unit)s reminds you of %(num)s task that is open: %(first)s.",
        "%(unit)s reminds you of %(num)s tasks that are open; the most urgent: %(first)s.",
        values["number"],
        unit=_capital(content(values["from"])),
        first=owed_line(values["owed"][0]),
    )
    return str(told)


def owed_lines(values: Mapping[str, Any]) -> list[str]:
    """All that a reminder names, as a list."""
    lines = [f"- {owed_line(each)}" for each in values["owed"]]
    more = values["number"] - len(lines)
    if more > 0:
        lines.append(ngettext("- and %(num)s more", "- and %(num)s more", more))
    return lines


def owed_text(desk: str, unit: str, owed: Sequence[Owed]) -> str:
    """The reminder as a text to be copied, for who reads no e-mail."""
    said = ngettext(
        "%(desk)s reminds %(unit)s of %(num)s task that is open:",
        "%(desk)s reminds %(unit)s of %(num)s tasks that are open:",
        len(owed),
        desk=_capital(content(desk)),
        unit=content(unit),
    )
    lines = owed_lines({"number": len(owed), "owed": [each.told for each in owed[:LONGEST]]})
    return "\n".join([said, *lines, _("Please do them in time.")])


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
