"""A voting rule as somebody drafts it, from a page or over the API: the form, and the profile it comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from webapp.extensions import db
from webapp.operations.vote_profiles import NewProfile
from webapp.queries.law import rule_set_for
from webapp.queries.profiles import frozen_profile
from webapp.queries.rule_names import rule_names
from webapp.ui.clock import today
from webapp.ui.rule_form import CUSTOM, rule_of, rule_schema
from workflows.forms import Schema


def presets() -> dict[str, dict[str, Any]]:
    """What the rule set in force offers, by code, as it is frozen into a session."""
    offered = rule_set_for(db.session(), today(), None).vote_presets
    return {preset.code: frozen_profile(preset) for preset in offered if preset.in_force(today())}


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
