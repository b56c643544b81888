"""What the conditions of eligibility say of the outcome of a vote: whom they bar, and which caps cut."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import AgendaItem, Campaign, Nomination
from webapp.queries.eligibility import QUOTAS, Checked, check_nominations
from webapp.queries.plans import plan_of
from workflows.rules.eligibility import Finding
from workflows.rules.groups import Group

Ground = Mapping[str, Any]
"""A condition as the outcome names it: ``condition`` (its code), ``name``, ``citation`` and ``mark``."""

PASSED = frozenset({"passed", "passed_higher"})


@dataclass(frozen=True)
class OutcomeCheck:
    """What was found of the nominees voted on, by agenda item id."""

    found: Mapping[int, Checked]
    bars: Mapping[int, tuple[Ground, ...]]
    caps: tuple[Group[int], ...]
    names: Mapping[str, Ground]
    """The conditions of the caps, by code."""


def check_outcome(
    session: Session, campaign: Campaign, agenda: Iterable[AgendaItem], voted: Collection[int], day: dt.date
) -> OutcomeCheck:
    """Check those voted on, with who has passed in this session already; a fixed number of statements.

    Only a condition that bars by itself cuts: one that warns is for the council to weigh.
    """
    standing = [item for item in agenda if item.id in voted or item.result in PASSED]
    checked = check_nominations(session, campaign, [item.nomination for item in standing], "outcome", day)
    found = {item.id: one for item, one in zip(standing, checked, strict=True) if item.id in voted}
    plan = plan_of(session, campaign).document.number or campaign.title
    bars = {
        item_id: tuple(ground(one, finding, plan) for finding in one.bars if finding.rule not in QUOTAS)
        for item_id, one in found.items()
    }
    capped = [(item_id, one, finding) for item_id, one in found.items() for finding in _caps(one)]
    return OutcomeCheck(
        found=found,
        bars={item_id: grounds for item_id, grounds in bars.items() if grounds},
        caps=tuple(_groups(capped)),
        names={finding.code: ground(one, finding, plan) for _id, one, finding in capped},
    )


def ground(one: Checked, finding: Finding, plan: str) -> Ground:
    """The condition in its own words; what the plan itself says is cited from the plan."""
    condition = one.condition(finding.code)
    if condition is None:
        name = "Đã được khen thưởng tại đợt xét trước"
        return {"condition": finding.code, "name": name, "citation": plan, "mark": "verified"}
    return {
        "condition": finding.code,
        "name": condition.name,
        "citation": condition.citation,
        "mark": condition.mark,
    }


def _caps(one: Checked) -> Iterator[Finding]:
    """The quotas of the rule set on a nominee whose size is known."""
    for finding in one.findings:
        condition = one.condition(finding.code)
        if condition and condition.effect == "bar" and finding.rule in QUOTAS and "at_most" in finding.values:
            yield finding


def _groups(capped: Iterable[tuple[int, Checked, Finding]]) -> Iterator[Group[int]]:
    """Those held together by one cap; the places left are what others have not used."""
    held: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    values: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for item_id, one, finding in capped:
        key = _key(one.nomination, finding)
        held[key].append(item_id)
        values[key] = finding.values
    for key, items in held.items():
        others = values[key]["used"] - len(items)
        yield Group(tuple(items), max(0, values[key]["at_most"] - others), condition=key[0])


def _key(nomination: Nomination, finding: Finding) -> tuple[Any, ...]:
    key = (finding.code, nomination.round_id, nomination.award)
    match finding.rule:
        case "share_of_title" | "share_of_eligible":
            return (*key, nomination.case.unit_id)
        case "per_cluster":
            return (*key, finding.values["cluster"])
    return key
