"""A voting rule as somebody drafts it, from a page or over the API: the form, and the profile it comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.extensions import db
from webapp.i18n import content
from webapp.models import Council, VoteProfileVersion
from webapp.operations.vote_profiles import NewProfile
from webapp.queries.law import rule_set_for
from webapp.queries.profiles import frozen_profile
from webapp.queries.rule_names import rule_names
from webapp.queries.vote_profiles import council_profiles
from webapp.ui.access import standing
from webapp.ui.clock import today
from webapp.ui.formats import day
from webapp.ui.rule_form import CUSTOM, rule_of, rule_schema
from workflows.forms import Schema


def presets() -> dict[str, dict[str, Any]]:
    """What the rule set in force offers, by code, as it is frozen into a session."""
    offered = rule_set_for(db.session(), today(), None).vote_presets
    return {preset.code: frozen_profile(preset) for preset in offered if preset.in_force(today())}


def trial_rules() -> dict[str, dict[str, Any]]:
    """What can be tried out: the presets, and the rules drafted or approved for the councils the reader works for."""
    own = {
        version.public_id: {**version.profile, "name": _own_name(council, version)}
        for council, versions in council_profiles(db.session(), standing())
        for version in versions
        if version.status != "discarded"
    }
    return presets() | own


def _own_name(council: Council, version: VoteProfileVersion) -> str:
    named = {"name": content(version.profile["name"]), "council": council.name, "day": day(version.from_date)}
    if version.status == "draft":
        return _("%(name)s (draft, %(council)s, from %(day)s)", **named)
    return _("%(name)s (%(council)s, from %(day)s)", **named)


def draft_schema() -> Schema:
    """The form that drafts a rule."""
    offered = [(code, preset["name"]) for code, preset in presets().items()]
    return rule_schema(offered, rule_names(db.session()).awards)


def new_profile(typed: Mapping[str, Any]) -> NewProfile:
    """What a valid form drafts. Raises InvalidForm when its shares are none."""
    preset = None if typed["rule"] == CUSTOM else presets()[typed["rule"]]
    ends = typed.get("to_date")
    return NewProfile(
        profile=rule_of(typed, preset),
        awards=tuple(typed.get("awards", ())),
        from_date=dt.date.fromisoformat(typed["from_date"]),
        to_date=dt.date.fromisoformat(ends) if ends else None,
    )
