"""Events of personal data erased by law as plain sentences."""

import datetime as dt
from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.queries.history import Line
from webapp.ui.formats import day
from webapp.ui.people_sentences import given_reason, who


def _proposed(line: Line) -> str:
    fields = line.event.fields
    if fields["ground"] == "retention":
        return _(
            "%(who)s proposed to erase the personal data: they were to be kept until %(day)s.",
            who=who(line),
            day=day(dt.date.fromisoformat(fields["until_date"])),
        )
    told = _(
        "%(who)s proposed to erase the personal data by paper no. %(number)s of %(day)s.",
        who=who(line),
        number=fields["number"],
        day=day(dt.date.fromisoformat(fields["paper_date"])),
    )
    return told + given_reason(line)


def _decided(line: Line) -> str:
    if line.event.fields["agreed"]:
        return _("%(who)s agreed to erase the personal data.", who=who(line))
    return _("%(who)s refused to erase the personal data.", who=who(line)) + given_reason(line)


def _withdrawn(line: Line) -> str:
    return _("%(who)s withdrew the proposal to erase the personal data.", who=who(line))


def _erased(line: Line) -> str:
    return ngettext(
        "The personal data were erased, and %(num)s file with them.",
        "The personal data were erased, and %(num)s files with them.",
        len(line.event.fields["files"]),
    )


ERASURES: dict[str, Callable[[Line], str]] = {
    "erasure_proposed": _proposed,
    "erasure_decided": _decided,
    "erasure_withdrawn": _withdrawn,
    "case_erased": _erased,
}
