"""By what the numbers of a report are grouped: what each group is called, and the filters that name it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, Decision, Strand, Unit
from webapp.queries.law import all_rule_sets
from webapp.queries.periods import period_at
from webapp.queries.rule_names import rule_names
from workflows.vocabulary import NOMINEE_KIND_NAMES

By = Literal["campaign", "strand", "unit", "award", "kind", "year", "quarter", "month", "decision", "ground"]


@dataclass(frozen=True)
class Group:
    """What facts have in common. ``name`` is content or a code, ``note`` stands beside it; ``filters`` name it.

    A period is called by its filters.
    """

    key: Any
    name: str
    note: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)


def groups_of(session: Session, by: By, keys: Collection[Any]) -> list[Group]:
    """The groups with these keys, in their order. One statement at most."""
    match by:
        case "campaign":
            campaigns = select(Campaign.id, Campaign.title, Campaign.code).where(Campaign.id.in_(keys))
            rows = session.execute(campaigns.order_by(Campaign.starts_on.desc(), Campaign.id))
            return [Group(key, title, "", {"campaign": code}) for key, title, code in rows]
        case "unit":
            units = select(Unit.id, Unit.name, Unit.code).where(Unit.id.in_(keys)).order_by(Unit.sort_key)
            return [Group(key, name, "", {"unit": code}) for key, name, code in session.execute(units)]
        case "strand":
            return _strands(session, keys)
        case "decision":
            return _decisions(session, keys)
        case "award":
            return _called(rule_names(session).awards, keys, "award")
        case "ground":
            return _called(ground_names(session), keys, "ground")
        case "kind":
            order = list(map(str, NOMINEE_KIND_NAMES))
            return [Group(kind, kind, "", {"kind": kind}) for kind in sorted(keys, key=order.index)]
        case "year" | "quarter" | "month":
            return [Group(key, "", "", period_at(by, key).filters) for key in sorted(keys)]


def ground_names(session: Session) -> dict[str, str]:
    """What grounds of refusal are called, by code; the newest rule set wins."""
    return {each.code: each.name for rules in all_rule_sets(session) for each in rules.refusal_grounds}


def _called(names: Mapping[str, str], keys: Iterable[str], by: str) -> list[Group]:
    """Codes of the rule sets in their order there; what is not in them stands last, under its code."""
    order = {code: place for place, code in enumerate(names)}
    ordered = sorted(keys, key=lambda key: (order.get(key, len(order)), key))
    return [Group(key, names.get(key, key), "", {by: key}) for key in ordered]


def _strands(session: Session, keys: Collection[int]) -> list[Group]:
    rows = session.execute(
        select(Strand.id, Strand.title, Campaign.title, Strand.code, Campaign.code)
        .join(Campaign, Campaign.id == Strand.campaign_id)
        .where(Strand.id.in_(keys))
        .order_by(Campaign.starts_on.desc(), Campaign.id, Strand.position)
    )
    return [
        Group(key, title, campaign, {"campaign": of, "strand": code})
        for key, title, campaign, code, of in rows
    ]


def _decisions(session: Session, keys: Collection[int]) -> list[Group]:
    rows = session.execute(
        select(Decision.id, Decision.number, Decision.symbol, Decision.dated_on, Unit.name, Case.code)
        .join(Unit, Unit.id == Decision.unit_id)
        .join(Case, Case.id == Decision.case_id)
        .where(Decision.id.in_(keys))
        .order_by(Decision.dated_on.desc(), Decision.number.desc())
    )
    return [
        Group(key, f"{number}/{symbol}, {day:%d/%m/%Y}", unit, {"decision": code})
        for key, number, symbol, day, unit, code in rows
    ]
