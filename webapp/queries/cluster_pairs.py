"""Who scores whom in a year of a cluster until its scoring is opened: the ring proposed, or a choice by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from webapp.models import ClusterYear, Unit
from webapp.queries.clusters import is_open_year, members_on
from webapp.queries.standing import Standing
from workflows.rules.scoring import pairs_hold, ring


@dataclass(frozen=True)
class Pairs:
    """(who is scored, who scores it); ``outdated``: other units belong to the cluster than when it was chosen."""

    lines: Sequence[tuple[Unit, Unit]]
    by_hand: bool
    outdated: bool


def proposed_pairs(members: Sequence[str], year: int) -> dict[str, str]:
    """By code of the unit that is scored who scores it, in the ring of the year."""
    return {scored: scorer for scorer, scored in ring(members, year).items()}


def pairs_of(row: ClusterYear, day: dt.date) -> Pairs | None:
    """The pairs of a year as they stand; None once its scoring has begun, and with fewer than two members."""
    units = {member.unit.code: member.unit for member in members_on(row.cluster, day)}
    if not is_open_year(row) or len(units) < 2:
        return None
    by_hand = bool(row.pairs)
    holds = by_hand and pairs_hold(row.pairs, units)
    pairs = row.pairs if holds else proposed_pairs(list(units), row.year)
    return Pairs([(unit, units[pairs[code]]) for code, unit in units.items()], by_hand, by_hand and not holds)


def may_pair(standing: Standing, row: ClusterYear) -> bool:
    """Whether somebody chooses who scores whom: the organiser's secretary."""
    return row.cluster.unit_id in standing.units("secretary")
