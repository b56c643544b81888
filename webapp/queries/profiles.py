"""Vote profiles as they are frozen into a session: exact fractions as text."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from workflows.law import VotePreset
from workflows.rules.voting import VoteProfile

FRACTIONS = ("quorum", "threshold")


def frozen_profile(preset: VotePreset) -> dict[str, Any]:
    """The preset with its citation, as JSON."""
    rule = dataclasses.asdict(preset.profile)
    return {
        "code": preset.code,
        "name": preset.name,
        "citation": preset.citation,
        "mark": preset.mark,
        "rule": rule | {name: str(rule[name]) for name in FRACTIONS},
    }


def thawed_profile(frozen: Mapping[str, Any]) -> VoteProfile:
    """The inverse of :func:`frozen_profile`, as far as the arithmetic goes."""
    rule = frozen["rule"]
    return VoteProfile(**(rule | {name: Fraction(rule[name]) for name in FRACTIONS}))
