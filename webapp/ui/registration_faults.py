"""Faults of registrations, as sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.i18n import content
from webapp.ui.case_states import kind_name
from webapp.ui.formats import day


def _title_not_for_kind(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This title is not for this kind of nominee. Choose another title, or leave it out.")


def _not_in_strand(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "This strand is for: %(groups)s (%(kinds)s). Choose another strand or kind.",
        groups="; ".join(content(group) for group in params["groups"]),
        kinds=", ".join(kind_name(kind) for kind in params["kinds"]),
    )


def _award_not_for_kind(label: str, params: Mapping[str, Any]) -> str:
    kinds = ", ".join(kind_name(kind) for kind in params["kinds"])
    return _("“%(label)s”: this award is given to %(kinds)s only.", label=label, kinds=kinds)


def _after_campaign(label: str, params: Mapping[str, Any]) -> str:
    return _(
        "“%(label)s” must not lie after the end of the campaign above, %(day)s.",
        label=label,
        day=day(dt.date.fromisoformat(params["day"])),
    )


def _outside_period(label: str, params: Mapping[str, Any]) -> str:
    return _(
        "“%(label)s” lies outside the campaign's period, %(starts)s to %(ends)s.",
        label=label,
        starts=day(dt.date.fromisoformat(params["starts"])),
        ends=day(dt.date.fromisoformat(params["ends"])),
    )


def _before_opening(label: str, params: Mapping[str, Any]) -> str:
    return _(
        "“%(label)s” must not lie before the day registration opens, %(day)s.",
        label=label,
        day=day(dt.date.fromisoformat(params["day"])),
    )


def _after_registration(label: str, params: Mapping[str, Any]) -> str:
    return _(
        "“%(label)s” must not lie after the last day of registration, %(day)s.",
        label=label,
        day=day(dt.date.fromisoformat(params["day"])),
    )


REGISTRATIONS: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "title_not_for_kind": _title_not_for_kind,
    "not_in_strand": _not_in_strand,
    "award_not_for_kind": _award_not_for_kind,
    "after_campaign": _after_campaign,
    "after_registration": _after_registration,
    "outside_period": _outside_period,
    "before_opening": _before_opening,
}
