"""What reports of numbers can be narrowed to, and the rules their money stands on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import NOMINATIONS, Campaign, Case, Decision, Nomination, Unit
from webapp.queries.law import rule_set_for
from webapp.queries.numbers import Facts, Scope, narrowed
from webapp.queries.rule_names import rule_names
from webapp.queries.standing import Standing, visible_among
from webapp.queries.tracking_choices import strands_of
from workflows.law import NoRule

Choice = tuple[str, str]
COUNTED = (*NOMINATIONS, "registration")


@dataclass(frozen=True)
class NumberChoices:
    """Each as (value, text); strands are those of one campaign."""

    campaigns: Sequence[Choice]
    strands: Sequence[Choice]
    units: Sequence[Choice]
    awards: Sequence[Choice]
    years: Sequence[Choice]


@dataclass(frozen=True)
class CitedRules:
    """The rules of a day of decision: the rule set, and the base salary in đồng with its citation and mark."""

    title: str
    salary: int
    citation: str
    mark: str


def number_choices(session: Session, standing: Standing, campaign: str, today: dt.date) -> NumberChoices:
    """What occurs in the cases the reader may know of; a fixed number of statements.

    Years are those of the campaigns, up to this one.
    """
    campaigns = session.scalars(
        select(Campaign)
        .where(Campaign.id.in_(_of_cases(standing, Case.campaign_id)))
        .options(joinedload(Campaign.plan_version))
        .order_by(Campaign.starts_on.desc(), Campaign.id)
    ).all()
    units = select(Unit.code, Unit.name).where(Unit.id.in_(_of_cases(standing, Case.unit_id)))
    proposed = select(Nomination.award).where(Nomination.campaign_id.in_([each.id for each in campaigns]))
    found = set(session.scalars(proposed.distinct()))
    chosen = next((each for each in campaigns if each.code == campaign), None)
    first = min((each.starts_on.year for each in campaigns), default=today.year)
    return NumberChoices(
        campaigns=[(each.code, each.title) for each in campaigns],
        strands=strands_of(session, chosen),
        units=[(code, name) for code, name in session.execute(units.order_by(Unit.sort_key))],
        awards=[(code, name) for code, name in rule_names(session).awards.items() if code in found],
        years=[(str(year), str(year)) for year in range(today.year, min(first, today.year) - 1, -1)],
    )


def cited_rules(session: Session, facts: Facts, scope: Scope) -> list[CitedRules]:
    """The rules that gave the money of awards, the newest first; one statement, and one for each deciding unit."""
    decided = (
        select(Decision.dated_on, Decision.unit_id)
        .where(Decision.id.in_(select(facts.source.c.decision_id).where(*narrowed(facts, scope))))
        .distinct()
        .order_by(Decision.dated_on.desc())
    )
    found: dict[CitedRules, None] = {}
    for day, unit in session.execute(decided):
        if day is not None and (cited := _cited(session, day, unit)):
            found[cited] = None
    return list(found)


def _cited(session: Session, day: dt.date, unit: int) -> CitedRules | None:
    try:
        rules = rule_set_for(session, day, unit)
    except NoRule:
        return None
    salary = next((each for each in rules.base_salaries if each.in_force(day)), None)
    return CitedRules(rules.title, salary.amount, salary.citation, salary.mark) if salary else None


def _of_cases(standing: Standing, column: Any) -> Select[Any]:
    return select(column).where(Case.process.in_(COUNTED), visible_among(standing)).distinct()
