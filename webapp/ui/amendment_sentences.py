"""Events of corrections, revocations and reissues as plain sentences."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.queries.history import Line
from webapp.ui.formats import money
from webapp.ui.people_sentences import who


def _corrected(line: Line) -> str:
    fields = line.event.fields
    return ngettext(
        "Decision no. %(number)s of %(year)s put %(num)s award right.",
        "Decision no. %(number)s of %(year)s put %(num)s awards right.",
        len(fields["nominations"]),
        number=fields["number"],
        year=fields["year"],
    )


def _revoked(line: Line) -> str:
    fields = line.event.fields
    return ngettext(
        "Decision no. %(number)s of %(year)s revoked %(num)s award; it is struck from the register.",
        "Decision no. %(number)s of %(year)s revoked %(num)s awards; they are struck from the register.",
        len(fields["entries"]),
        number=fields["number"],
        year=fields["year"],
    )


def _reissued(line: Line) -> str:
    fields = line.event.fields
    words = {"actor": who(line), "register": fields["register"] or "–", "copy": fields["copy"]}
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


def _read(line: Line) -> str:
    return _("%(actor)s opened a certificate to print it.", actor=who(line))


def _repayment_undone(line: Line) -> str:
    fields = line.event.fields
    words = {"actor": who(line), "amount": money(fields["amount"])}
    if fields["instead"]:
        return _(
            "%(actor)s took back %(amount)s that were entered as paid back by mistake; it was %(instead)s.",
            instead=money(fields["instead"]),
            **words,
        )
    return _("%(actor)s took back %(amount)s that were entered as paid back by mistake.", **words)


AMENDMENTS: dict[str, Callable[[Line], str]] = {
    "awards_corrected": _corrected,
    "awards_revoked": _revoked,
    "repayment_undone": _repayment_undone,
    "certificate_reissued": _reissued,
    "certificate_read": _read,
}
