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


def _key_added(line: Line) -> str:
    if line.event.fields["person"]:
        return _("%(actor)s added a signing key of a person.", actor=line.actor)
    return _("%(actor)s added a key for the seal of a unit.", actor=line.actor)


def _paper_signed(line: Line) -> str:
    if line.event.fields["places"] == ["ChuKy"]:
        return _("%(actor)s signed the decision with a digital key.", actor=line.actor)
    return _(
        "%(actor)s put number, date and seal on the decision with the key of the body.", actor=line.actor
    )


AWARDS: dict[str, Callable[[Line], str]] = {
    "awards_registered": _awards_registered,
    "code_issued": _code_issued,
    "copies_sent": _copies_sent,
    "signed_paper_recorded": _signed_paper_recorded,
    "blank_saved": _blank_saved,
    "blank_deleted": _blank_deleted,
    "signing_key_added": _key_added,
    "signing_key_deactivated": lambda line: _("%(actor)s switched a signing key off.", actor=line.actor),
    "seal_picture_kept": lambda line: _("%(actor)s kept the picture of a seal.", actor=line.actor),
    "paper_signed": _paper_signed,
}
