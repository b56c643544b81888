"""Events of decisions and their awards as plain sentences."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.queries.history import Line


def _awards_registered(line: Line) -> str:
    entries = line.event.fields["entries"]
    return ngettext(
        "Decision no. %(number)s of %(year)s: %(num)s award entered into the register.",
        "Decision no. %(number)s of %(year)s: %(num)s awards entered into the register.",
        len(entries),
        number=line.event.fields["number"],
        year=line.event.fields["year"],
    )


def _code_issued(line: Line) -> str:
    count = line.event.fields["count"]
    if line.event.fields["kind"] == "decision":
        return _("The decision got a code by which anybody can check it.")
    return ngettext(
        "%(num)s certificate got a code by which anybody can check it.",
        "%(num)s certificates got codes by which anybody can check them.",
        count,
    )


AWARDS: dict[str, Callable[[Line], str]] = {
    "awards_registered": _awards_registered,
    "code_issued": _code_issued,
}
