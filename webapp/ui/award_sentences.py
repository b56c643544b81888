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


def _certificate_reissued(line: Line) -> str:
    fields = line.event.fields
    words = {"actor": line.actor, "register": fields["register"] or "–", "copy": fields["copy"]}
    match fields["cause"]:
        case "lost":
            return _(
                "%(actor)s made the certificate no. %(register)s anew (copy %(copy)s): lost or damaged.",
                **words,
            )
        case "misprint":
            return _(
                "%(actor)s made the certificate no. %(register)s anew (copy %(copy)s): misprinted.", **words
            )
    return _(
        "The certificate no. %(register)s was made anew (copy %(copy)s): its text was put right.", **words
    )


def _blank_saved(line: Line) -> str:
    fields = line.event.fields
    return _(
        "%(actor)s measured the certificate blank “%(name)s” (measurement %(version)s).",
        actor=line.actor,
        name=fields["name"],
        version=fields["version"],
    )


def _blank_deleted(line: Line) -> str:
    return _(
        "%(actor)s deleted the certificate blank “%(name)s”.",
        actor=line.actor,
        name=line.event.fields["name"],
    )


AWARDS: dict[str, Callable[[Line], str]] = {
    "awards_registered": _awards_registered,
    "code_issued": _code_issued,
    "certificate_reissued": _certificate_reissued,
    "blank_saved": _blank_saved,
    "blank_deleted": _blank_deleted,
}
