"""Events of decisions and their awards as plain sentences."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.i18n import content
from webapp.queries.history import Line
from webapp.ui.people_sentences import given_reason, who


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


def _signed_paper_recorded(line: Line) -> str:
    fields = line.event.fields
    told = [_("The decision came back signed, and its file was compared with ours.")]
    if fields["differences"]:
        told.append(
            ngettext(
                "%(num)s difference was accepted with a reason.",
                "%(num)s differences were accepted with a reason.",
                fields["differences"],
            )
        )
    if fields["by_eye"]:
        told.append(
            ngettext(
                "%(num)s page without text was read by eye.",
                "%(num)s pages without text were read by eye.",
                fields["by_eye"],
            )
        )
    return " ".join(told)


def _copies_sent(line: Line) -> str:
    return ngettext(
        "The decision was sent to %(num)s recipient.",
        "The decision was sent to %(num)s recipients.",
        line.event.fields["count"],
    )


def _blank_saved(line: Line) -> str:
    fields = line.event.fields
    return _(
        "%(actor)s measured the certificate blank “%(name)s” (measurement %(version)s).",
        actor=who(line),
        name=fields["name"],
        version=fields["version"],
    )


def _blank_deleted(line: Line) -> str:
    return _(
        "%(actor)s deleted the certificate blank “%(name)s”.",
        actor=who(line),
        name=line.event.fields["name"],
    )


def _text_taken(line: Line) -> str:
    fields = line.event.fields
    told = _(
        "%(who)s brought the text of version %(version)s back from Word",
        who=who(line),
        version=fields["version"],
    )
    if not fields["differences"]:
        return _("%(told)s: its list is ours.", told=told)
    found = ngettext(
        "its list differs in %(num)s place", "its list differs in %(num)s places", fields["differences"]
    )
    return f"{told}: {found}."


def _text_decided(line: Line) -> str:
    words = {"who": who(line), "version": line.event.fields["version"]}
    if line.event.fields["accepted"]:
        told = _("%(who)s accepted the text of version %(version)s with its differences.", **words)
    else:
        told = _("%(who)s refused the text of version %(version)s from Word.", **words)
    return told + given_reason(line)


def _key_added(line: Line) -> str:
    if line.event.fields["person"]:
        return _(
            "%(who)s added a signing key of %(person)s for %(unit)s.", person=line.person, **_by_unit(line)
        )
    return _("%(who)s added a key for the seal of %(unit)s.", **_by_unit(line))


def _by_unit(line: Line) -> dict[str, str]:
    """Who did something, the system too, and for which unit."""
    return {"who": who(line), "unit": content(line.unit) or str(line.event.fields["unit"])}


def _paper_signed(line: Line) -> str:
    if line.event.fields["places"] == ["ChuKy"]:
        return _("%(actor)s signed the decision with a digital key.", actor=who(line))
    return _("%(actor)s put number, date and seal on the decision with the key of the body.", actor=who(line))


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
        actor=who(line),
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
    return _("%(actor)s opened the printed certificates of decision %(code)s.", actor=who(line), code=code)


AWARDS: dict[str, Callable[[Line], str]] = {
    "awards_registered": _awards_registered,
    "code_issued": _code_issued,
    "copies_sent": _copies_sent,
    "signed_paper_recorded": _signed_paper_recorded,
    "blank_saved": _blank_saved,
    "blank_deleted": _blank_deleted,
    "final_text_taken": _text_taken,
    "final_text_decided": _text_decided,
    "signing_key_added": _key_added,
    "signing_key_deactivated": lambda line: _(
        "%(who)s switched a signing key of %(unit)s off.", **_by_unit(line)
    ),
    "seal_picture_kept": lambda line: _("%(who)s kept a picture of the seal of %(unit)s.", **_by_unit(line)),
    "paper_signed": _paper_signed,
    "print_run_begun": _print_run_begun,
    "print_run_ended": _print_run_ended,
    "print_taken": _print_taken,
    "letter_entered": lambda line: _("%(actor)s made a letter of thanks.", actor=who(line)),
    "letter_taken_back": lambda line: _("%(actor)s took a letter of thanks back.", actor=who(line)),
}
