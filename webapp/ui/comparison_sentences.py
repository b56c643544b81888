"""What came of comparing a decision signed elsewhere with ours, in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.ui.formats import day, money

Found = Mapping[str, Any]
"""A difference as it is kept: ``kind``, ``about``, ``ours``, ``theirs``."""


def difference_text(found: Found) -> str:
    """One difference."""
    return SENTENCES[found["kind"]](found)


def read_text(pages: int, scanned: int) -> str:
    """How much of the file could be compared."""
    if not scanned:
        return ngettext("%(num)s page was read and compared.", "%(num)s pages were read and compared.", pages)
    if scanned == pages:
        return _("The file is a scan without text: nothing can be compared by the software.")
    return ngettext(
        "%(num)s page of %(pages)s is a scan without text and cannot be compared by the software.",
        "%(num)s pages of %(pages)s are scans without text and cannot be compared by the software.",
        scanned,
        pages=pages,
    )


def _amount(found: Found) -> str:
    if found["theirs"] is None:
        return _(
            "%(name)s: ours has %(ours)s, in the file no amount stands there.",
            name=found["about"],
            ours=money(found["ours"]),
        )
    return _(
        "%(name)s: ours has %(ours)s, the file %(theirs)s.",
        name=found["about"],
        ours=money(found["ours"]),
        theirs=money(found["theirs"]),
    )


def _added(found: Found) -> str:
    if not found["about"]:
        return _("Before our first name stands what is not ours: “%(text)s”.", text=found["theirs"])
    return _("After %(name)s stands what is not ours: “%(text)s”.", name=found["about"], text=found["theirs"])


def _total(found: Found) -> str:
    if found["theirs"] is None:
        return _("Our total of %(ours)s does not stand in the file.", ours=money(found["ours"]))
    return _(
        "The total is %(ours)s with us, %(theirs)s in the file.",
        ours=money(found["ours"]),
        theirs=money(found["theirs"]),
    )


def _date(found: Found) -> str:
    ours, theirs = (_day(found[name]) for name in ("ours", "theirs"))
    return _("Entered as dated %(ours)s, the file says %(theirs)s.", ours=ours, theirs=theirs)


def _day(text: str) -> str:
    try:
        return day(dt.date.fromisoformat(text))
    except ValueError:  # the file may name a day that does not exist
        return text


def _signature(found: Found) -> str:
    return {
        "broken": _("A digital signature in the file is not right."),
        "changed": _("Something was changed in the file after it was signed digitally."),
        "development": _("The file is signed with a key for trials, which has no legal value."),
    }[found["theirs"]]


SENTENCES: dict[str, Callable[[Found], str]] = {
    "name": lambda found: _("%(name)s does not stand in the list of the file.", name=found["about"]),
    "longer": lambda found: _(
        "%(ours)s: in the file the name goes on: “%(theirs)s”.", ours=found["ours"], theirs=found["theirs"]
    ),
    "amount": _amount,
    "added": _added,
    "total": _total,
    "words": lambda found: _(
        "The total in words does not stand in the file: “%(ours)s”.", ours=found["ours"]
    ),
    "number": lambda found: _(
        "Entered as no. %(ours)s, the file says %(theirs)s.", ours=found["ours"], theirs=found["theirs"]
    ),
    "date": _date,
    "draft": lambda found: _(
        "The file says “%(text)s”: it is not the decision that was signed.", text=found["theirs"]
    ),
    "signer": lambda found: _(
        "The name of the signer does not stand in the file: %(ours)s.", ours=found["ours"]
    ),
    "signature": _signature,
}
