"""Faults of what follows an award as sentences."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.ui.formats import day


def _other_identity(_label: str, _params: Mapping[str, Any]) -> str:
    return _(
        "This is not the identity number that stands in the dossier of the awardee. Check it, or name who receives the "
        "money instead."
    )


def _before_decision(label: str, params: Mapping[str, Any]) -> str:
    decided = day(dt.date.fromisoformat(params["day"]))
    return _("“%(label)s” must not lie before %(day)s, the day of the decision.", label=label, day=decided)


def _consent_missing(_label: str, _params: Mapping[str, Any]) -> str:
    return _("Attach the consent: persons and households stand on the public page only with it.")


def _no_number_yet(_label: str, _params: Mapping[str, Any]) -> str:
    return _("The decision has no number yet; its file cannot be closed.")


AFTER: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "other_identity": _other_identity,
    "before_decision": _before_decision,
    "consent_missing": _consent_missing,
    "no_number_yet": _no_number_yet,
}
