"""Faults of registrations, as sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.i18n import content
from webapp.ui.case_states import kind_name
from webapp.ui.formats import day

Fault = Callable[[str, Mapping[str, Any]], str]


def _title_not_for_kind(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This title is not for this kind of nominee. Choose another title, or leave it out.")


def _not_in_strand(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "This strand is for: %(groups)s (%(kinds)s). Choose another strand or kind.",
        groups="; ".join(content(group) for group in params["groups"]),
        kinds="; ".join(kind_name(kind) for kind in params["kinds"]),
    )


def _award_not_for_kind(label: str, params: Mapping[str, Any]) -> str:
    kinds = "; ".join(kind_name(kind) for kind in params["kinds"])
    return _("“%(label)s”: this award is given to %(kinds)s only.", label=label, kinds=kinds)


def _by_days(text: LazyString) -> Fault:
    """A fault whose days stand in its text as people write them."""

    def told(label: str, params: Mapping[str, Any]) -> str:
        days = {name: day(dt.date.fromisoformat(value)) for name, value in params.items()}
        return str(text) % {"label": label, **days}

    return told


REGISTRATIONS: dict[str, Fault] = {
    "title_not_for_kind": _title_not_for_kind,
    "not_in_strand": _not_in_strand,
    "award_not_for_kind": _award_not_for_kind,
    "after_campaign": _by_days(_l("“%(label)s” must not lie after the end of the campaign above, %(day)s.")),
    "after_registration": _by_days(
        _l("“%(label)s” must not lie after the last day of registration, %(day)s.")
    ),
    "outside_period": _by_days(_l("“%(label)s” lies outside the campaign's period, %(starts)s to %(ends)s.")),
    "before_opening": _by_days(_l("“%(label)s” must not lie before the day registration opens, %(day)s.")),
}
