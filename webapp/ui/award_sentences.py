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


def _print_run_begun(line: Line) -> str:
    fields = line.event.fields
    if fields["purpose"] == "issue":
        return ngettext(
            "The system draws up %(num)s certificate of decision %(code)s.",
            "The system draws up %(num)s certificates of decision %(code)s.",
            fields["certificates"],
            code=fields["decision"],
        )
    return ngettext(
        "%(actor)s prints %(num)s certificate of decision %(code)s.",
        "%(actor)s prints %(num)s certificates of decision %(code)s.",
        fields["certificates"],
        actor=line.actor,
        code=fields["decision"],
    )


def _print_run_ended(line: Line) -> str:
    fields = line.event.fields
    if not fields["certificates"]:
        return _("Printing the certificates of decision %(code)s has ended early.", code=fields["decision"])
    return ngettext(
        "%(num)s certificate of decision %(code)s is printed.",
        "%(num)s certificates of decision %(code)s are printed.",
        fields["certificates"],
        code=fields["decision"],
    )


def _print_taken(line: Line) -> str:
    code = line.event.fields["decision"]
    return _("%(actor)s opened the printed certificates of decision %(code)s.", actor=line.actor, code=code)


AWARDS: dict[str, Callable[[Line], str]] = {
    "awards_registered": _awards_registered,
    "code_issued": _code_issued,
    "blank_saved": _blank_saved,
    "blank_deleted": _blank_deleted,
    "print_run_begun": _print_run_begun,
    "print_run_ended": _print_run_ended,
    "print_taken": _print_taken,
    "letter_entered": lambda line: _("%(actor)s made a letter of thanks.", actor=line.actor),
    "letter_taken_back": lambda line: _("%(actor)s took a letter of thanks back.", actor=line.actor),
}
