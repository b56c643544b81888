"""Faults of corrections and revocations, as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.ui.formats import money

AMENDMENTS: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "nothing_corrected": lambda _label, _params: _(
        "This is what the decision says already. Enter how it has to read."
    ),
    "corrected_twice": lambda _label, _params: _(
        "This text of the same awardee is corrected further up. Leave one of the two."
    ),
    "revoked_twice": lambda _label, _params: _("This award stands further up already. Leave one of the two."),
    "revocation_open": lambda _label, _params: _(
        "Another proposal to revoke this award is under way. Wait for it, or have it withdrawn."
    ),
    "over_prize": lambda _label, params: _(
        "No more can be asked back than the prize of the award: %(prize)s.", prize=money(params["prize"])
    ),
    "over_owed": lambda _label, params: _(
        "Only %(left)s are still to be paid back. Check the receipt.", left=money(params["left"])
    ),
    "money_left": lambda _label, params: _(
        "%(left)s have not been paid back yet. Enter what came, or say why no more is to be expected.",
        left=money(params["left"]),
    ),
}
