"""The list of whom awards are given or asked for, as papers print it, and what is done for them in a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Nomination, Unit
from webapp.queries.facts import (
    act_of,
    award_names,
    by_strand,
    kind_place,
    list_place,
    list_title,
    nominee,
)
from webapp.queries.latest_entries import dossiers
from workflows.law import RuleSet

BY_AWARD = "award"
"""The usual grouping of a list; the other one is by strand."""


def acts_of(rules: RuleSet, codes: Collection[str], day: dt.date, unit: Unit) -> dict[str, Any]:
    """What is done in a word, and award by award, in the order of the rule set."""
    names = award_names(rules, unit)
    ordered = [*(code for code in names if code in codes), *sorted(set(codes) - set(names))]
    return {
        "act": act_of(rules, codes, day, unit),
        "acts": [
            {"act": act_of(rules, [code], day, unit), "award": names.get(code, code)} for code in ordered
        ],
    }


def award_groups(
    session: Session,
    entries: Collection[tuple[Nomination, int | None]],
    names: Mapping[str, str],
    grouping: str,
) -> list[dict[str, Any]]:
    """Nominations with their prizes: by award in the order of the rule set, strands as sub-headings; or by strand."""
    by_award = grouping == BY_AWARD
    told = dossiers(session, [nomination.case_id for nomination, _prize in entries])

    def line(nomination: Nomination, prize: int | None) -> dict[str, Any]:
        return {
            "nominee": nominee(nomination.nominee, told[nomination.case_id]),
            "award": names.get(nomination.award, nomination.award),
            "part": list_title(nomination) if by_award else None,
            "prize": prize or 0,
        }

    pairs = [(nomination, line(nomination, prize)) for nomination, prize in entries]
    if not by_award:
        return [{"title": title, "lines": found} for title, found in by_strand(pairs)]
    place = annex_place(names, grouping)
    ordered: Iterable[tuple[Nomination, dict[str, Any]]] = sorted(pairs, key=lambda pair: place(pair[0]))
    groups = groupby(ordered, key=lambda pair: pair[1]["award"])
    return [{"title": title, "lines": [found for _, found in some]} for title, some in groups]


def annex_place(names: Mapping[str, str], grouping: str) -> Callable[[Nomination], tuple[Any, ...]]:
    """By which nominations follow one another in a list; ``names`` are those of awards, in their order."""
    order = {code: place for place, code in enumerate(names)}

    def place(nomination: Nomination) -> tuple[Any, ...]:
        strand, kind = list_place(nomination), kind_place(nomination.nominee.kind)
        award = order.get(nomination.award, len(order)), nomination.award
        return (*award, kind, *strand) if grouping == BY_AWARD else (*strand, kind)

    return place
