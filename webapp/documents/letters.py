"""How a letter to a submitting unit is parted by what became of its nominees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from webapp.documents.formats import OUTCOMES

EXPLAINED = frozenset({"not_passed", "deferred", "withdrawn"})
"""Outcomes for which the letter says why."""

_HEADINGS = {
    "passed": "Đủ điều kiện khen thưởng, trình {decider} quyết định",
    "passed_higher": "Đủ điều kiện, đề nghị cấp trên khen thưởng",
    "not_passed": "Không đủ điều kiện khen thưởng",
    "deferred": "Hoãn xét",
    "withdrawn": "Không xét do đã rút hồ sơ",
}


def letter_heading(outcome: str, decider: str) -> str:
    """What a part of the letter is called."""
    return _HEADINGS[outcome].format(decider=decider)


def outcome_groups(groups: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """(outcome, its strands with their lines), in the order of `OUTCOMES`; nothing empty."""
    parts = [(outcome, _having(groups, outcome)) for outcome in OUTCOMES]
    return [(outcome, found) for outcome, found in parts if found]


def _having(groups: Sequence[Mapping[str, Any]], outcome: str) -> list[dict[str, Any]]:
    found = [
        {"title": group["title"], "lines": [line for line in group["lines"] if line["outcome"] == outcome]}
        for group in groups
    ]
    return [group for group in found if group["lines"]]
