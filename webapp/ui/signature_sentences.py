"""What the signatures of a file prove, in sentences: for the whole file, and line by line for each signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from webapp.ui.formats import instant

if TYPE_CHECKING:  # loading it loads pyHanko, which few pages need
    from webapp.documents.signatures.validating import Examined, Found


@dataclass(frozen=True)
class Said:
    """A sentence for a file; ``kind`` is that of a status: done, frozen, overdue or open."""

    kind: str
    title: str
    explanation: str


def verdict(found: Examined) -> Said:
    """The worst that has to be said of a file."""
    return {
        "good": lambda: Said(
            "done",
            _("The file is as it was signed"),
            _("Every signature is right, and nothing was changed after it.") + _missing(found),
        ),
        "development": lambda: Said(
            "overdue",
            _("Not valid: signed with a key for trials"),
            _("The file is as it was signed, but its certificate is for trials and has no legal value.")
            + _missing(found),
        ),
        "untrusted": lambda: Said(
            "frozen",
            _("The file is as it was signed, but a certificate is not trusted here"),
            _("Ask the body that issued the paper whether the certificate is theirs."),
        ),
        "changed": lambda: Said(
            "overdue",
            _("Something was changed after signing"),
            _("More than further signatures was added to the file. Do not rely on it; ask for the original."),
        ),
        "broken": lambda: Said(
            "overdue",
            _("A signature is not right"),
            _(
                "What was signed is no longer what stands in the file. Do not rely on it; ask for the original."
            ),
        ),
        "unsigned": lambda: Said("open", _("There is no digital signature in the file"), _unsigned(found)),
    }[found.verdict]()


def lines(found: Found) -> list[tuple[str, str]]:
    """What is known of one signature: name of the line, text."""
    said = [
        (_("Signed as"), _place(found.place)),
        (_("Body"), found.organization),
        (_("Time"), _time(found)),
        (_("What was signed"), _intact(found)),
        (_("Since then"), _since(found) if found.intact else ""),
        (_("Certificate"), _trust(found) if found.signer else ""),
    ]
    return [(name, text) for name, text in said if text]


def _place(name: str) -> str:
    """What stands in a place of our papers; other programs name theirs as they like."""
    places = {
        "ChuKy": _("signature of the competent person"),
        "SoNgay": _("number and date"),
        "ConDau": _("seal"),
    }
    return places.get(name, name)


def _missing(found: Examined) -> str:
    """The places of the paper where nobody has signed: whoever cut later signatures off leaves them empty."""
    names = {
        "ChuKy": _("signature of the competent person"),
        "SoNgay": _("number and date"),
        "ConDau": _("seal"),
    }
    places = ", ".join(names.get(place, place) for place in found.empty)
    return " " + _("Not signed: %(places)s.", places=places) if places else ""


def _unsigned(found: Examined) -> str:
    if found.empty:
        return _("There are places for signatures in it, and all of them are empty.")
    return _("It was never signed digitally, or the signatures were taken out of it.")


def _time(found: Found) -> str:
    if found.stamped_at:
        return _("%(at)s, by the time stamp of %(by)s", at=instant(found.stamped_at), by=found.stamped_by)
    if found.claimed_at:
        return _("%(at)s, by the clock of who signed; there is no time stamp", at=instant(found.claimed_at))
    return ""


def _intact(found: Found) -> str:
    return _("unchanged") if found.intact else _("CHANGED, or the signature cannot be checked")


def _since(found: Found) -> str:
    return {
        "nothing": lambda: _("nothing was added"),
        "signed_on": lambda: _("only further signatures were added"),
        "changed": lambda: _("SOMETHING ELSE was added or changed"),
    }[found.since]()


def _trust(found: Found) -> str:
    by = found.issuer
    return {
        "trusted": lambda: _("issued by %(by)s, which is trusted here", by=by),
        "development": lambda: _("issued by %(by)s: NO LEGAL VALUE", by=by),
        "expired": lambda: _("issued by %(by)s; not in force at the time of signing", by=by),
        "revoked": lambda: _("issued by %(by)s, and REVOKED", by=by),
        "unknown": lambda: _("issued by %(by)s, which is not known here", by=by),
    }[found.trust]()
