"""Events of clusters and blocks as plain sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from flask_babel import gettext as _

from webapp.i18n import content
from webapp.queries.history import Line
from webapp.ui.formats import day
from webapp.ui.people_sentences import who


def _joined(line: Line) -> str:
    return _(
        "%(who)s entered %(unit)s into a cluster from %(day)s.",
        who=who(line),
        unit=content(line.unit),
        day=day(dt.date.fromisoformat(line.event.fields["from_date"])),
    )


def _left(line: Line) -> str:
    return _(
        "%(who)s ended the membership of %(unit)s in a cluster on %(day)s.",
        who=who(line),
        unit=content(line.unit),
        day=day(dt.date.fromisoformat(line.event.fields["to_date"])),
    )


def _year_set(line: Line) -> str:
    return _(
        "%(who)s prepared the year %(year)s of a cluster; %(unit)s leads it.",
        who=who(line),
        year=line.event.fields["year"],
        unit=content(line.unit),
    )


def _criteria_decided(line: Line) -> str:
    name, code = who(line), line.event.fields["code"]
    match line.event.fields["status"]:
        case "submitted":
            return _("%(who)s sent the criteria table %(code)s for approval.", who=name, code=code)
        case "approved":
            return _("%(who)s approved the criteria table %(code)s.", who=name, code=code)
    return _("%(who)s discarded the draft of the criteria table %(code)s.", who=name, code=code)


CLUSTERS: dict[str, Callable[[Line], str]] = {
    "criteria_drafted": lambda line: _(
        "%(who)s drafted the criteria table %(code)s.", who=who(line), code=line.event.fields["code"]
    ),
    "criteria_decided": _criteria_decided,
    "criteria_returned": lambda line: _(
        "%(who)s returned the draft of the criteria table %(code)s with a reason.",
        who=who(line),
        code=line.event.fields["code"],
    ),
    "cluster_pairs_set": lambda line: _(
        "%(who)s set who scores whom in the year %(year)s of a cluster.",
        who=who(line),
        year=line.event.fields["year"],
    ),
    "cluster_founded": lambda line: _(
        "%(who)s founded “%(name)s”.", who=who(line), name=content(line.event.fields["name"])
    ),
    "cluster_member_joined": _joined,
    "cluster_member_left": _left,
    "cluster_year_set": _year_set,
}
