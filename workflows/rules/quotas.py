"""Ceilings of a plan's award round: what is used, what is left, and the cut where more pass than places.

Source of the rule: quotas are ceilings ("tối đa") per strand and pooled kinds; they inform at proposal,
warn on the agenda and bind only the outcome and the decision.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from workflows.plan import Plan
from workflows.vocabulary import NomineeKind

Id = TypeVar("Id")


@dataclass(frozen=True, slots=True)
class Place:
    """One ceiling of a round and its use; not ``usable`` where the strand has no such kind of nominee."""

    strand: str
    pool: str
    at_most: int
    used: int
    usable: bool

    @property
    def left(self) -> int:
        """Places still free, never below 0."""
        return max(0, self.at_most - self.used)

    @property
    def over(self) -> int:
        """How many are too many, never below 0."""
        return max(0, self.used - self.at_most)


def quota_board(
    plan: Plan, round_code: str, taken: Mapping[tuple[str, NomineeKind], int]
) -> tuple[Place, ...]:
    """Every ceiling of a round with its use; ``taken`` says how many nominees of a strand and kind count."""
    used: Counter[tuple[str, str]] = Counter()
    for (strand, kind), number in taken.items():
        if pool := plan.pool_of(kind):
            used[strand, pool.code] += number
    return tuple(
        Place(c.strand, c.pool, c.at_most, used[c.strand, c.pool], plan.usable(c))
        for c in plan.ceilings(round_code)
    )


def place_of(board: Iterable[Place], plan: Plan, strand: str, kind: NomineeKind) -> Place | None:
    """The ceiling one nominee counts in; None where the plan sets none."""
    pool = plan.pool_of(kind)
    return next((p for p in board if pool and (p.strand, p.pool) == (strand, pool.code)), None)


@dataclass(frozen=True, slots=True)
class Cut(Generic[Id]):
    """Who of those that passed fits: ``within``, ``beyond``, and ``tied`` for the last places."""

    within: frozenset[Id]
    beyond: frozenset[Id]
    tied: frozenset[Id]


def cut(places: int, votes: Mapping[Id, int]) -> Cut[Id]:
    """Give ``places`` to those with the most agreeing votes; equal counts at the edge all stay tied."""
    if len(votes) <= places:
        return Cut(frozenset(votes), frozenset(), frozenset())
    ranked = sorted(votes.values(), reverse=True)
    edge = ranked[places - 1] if places > 0 else ranked[0] + 1
    above = frozenset(one for one, count in votes.items() if count > edge)
    level = frozenset(one for one, count in votes.items() if count == edge)
    if len(above) + len(level) <= places:
        above, level = above | level, frozenset()
    return Cut(above, frozenset(votes) - above - level, level)
