"""Notices that name a day, until when something is asked for or for when it is promised, and the unit that is late."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from webapp.ui.after_notices import AFTER, until_handed_over
from webapp.ui.office_notices import OFFICES, from_day


def _until(told: str, day: str) -> str:
    return _("%(told)s Deadline: %(day)s.", told=told, day=day)


DATED: dict[str, Callable[[str, str], str]] = {
    **dict.fromkeys(OFFICES, from_day),
    **dict.fromkeys(AFTER, until_handed_over),
    "acknowledgement_reminder": _until,
    "report_reminder": _until,
    "opinion_asked": _until,
    "opinion_reminder": _until,
    "submission_received": lambda told, day: _("%(told)s The result is due on %(day)s.", told=told, day=day),
    "supplement_asked": _until,
    "supplement_reminder": _until,
    "review_assigned": _until,
    "finding_reminder": _until,
}
"""Notices that say until when, or for when."""


def inner_quotes(name: str) -> str:
    """A name that stands in quotation marks itself, with single ones within."""
    return name.replace("“", "‘").replace("”", "’")


LATE: dict[str, Callable[[str, str], str]] = {
    "acknowledgement_overdue": lambda name, unit: _(
        "%(unit)s has not acknowledged the plan “%(name)s” in time.",
        name=inner_quotes(name),
        unit=unit[:1].upper() + unit[1:],
    ),
    "report_overdue": lambda name, unit: _(
        "%(unit)s has not reported on the indicators of “%(name)s” in time.",
        name=inner_quotes(name),
        unit=unit[:1].upper() + unit[1:],
    ),
}
"""Notices that name the unit which is late; those of earlier do not."""
