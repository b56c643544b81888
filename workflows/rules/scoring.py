"""Scores of a cluster: limits, totals, deviations, ranks, who scores whom, and the vote for the leading unit.

Source of every number: the cluster's criteria table (`workflows/criteria.py`), which names its own source. Totals over
100 are legal: bonus points stand on top of the table's points, and nothing is cut.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Generic, Literal, TypeVar

from workflows.criteria import AcclaimRule, CriteriaTable, Criterion

Id = TypeVar("Id")
Points = Mapping[str, Decimal]
"""Points by the code of a criterion."""

FINEST = Decimal("0.01")
LimitFault = Literal["below_zero", "above_maximum", "too_fine"]


def limit_fault(criterion: Criterion, points: Decimal) -> LimitFault | None:
    """Why points cannot be given: less than none, more than the criterion has, parts of a hundredth."""
    if points < 0:
        return "below_zero"
    if points > criterion.maximum:
        return "above_maximum"
    return None if points == points.quantize(FINEST) else "too_fine"


@dataclass(frozen=True, slots=True)
class Total:
    """Points of a member, weighted; ``total`` may be over 100, and below 0."""

    regular: Decimal
    bonus: Decimal
    penalty: Decimal

    @property
    def total(self) -> Decimal:
        return self.regular + self.bonus - self.penalty


def weighted(criterion: Criterion, points: Decimal) -> Decimal:
    """What points count; a penalty takes off."""
    sign = -1 if criterion.kind == "penalty" else 1
    return sign * points * criterion.weight


def total_of(table: CriteriaTable, points: Points) -> Total:
    """The total of a member; a criterion without points counts nothing."""

    def sum_of(kind: str) -> Decimal:
        counted = (c for c in table.criteria if c.kind == kind)
        return sum((points.get(c.code, Decimal(0)) * c.weight for c in counted), Decimal(0))

    return Total(sum_of("regular"), sum_of("bonus"), sum_of("penalty"))


def most_points(table: CriteriaTable) -> Total:
    """The most a member can get, and the most that can be taken off."""
    return total_of(table, {criterion.code: criterion.maximum for criterion in table.criteria})


def deviates(table: CriteriaTable, own: Decimal | None, others: Decimal | None) -> bool:
    """Whether two scores of one criterion lie so far apart that the leader explains what is consolidated."""
    return own is not None and others is not None and abs(own - others) >= table.difference


def ranked(totals: Mapping[Id, Decimal]) -> list[tuple[int, Id]]:
    """(rank, member), the best first. Equal totals share a rank and the next ones are left out: 1, 1, 3."""
    ordered = sorted(totals, key=lambda one: -totals[one])
    better = [sum(other > totals[one] for other in totals.values()) for one in ordered]
    return [(count + 1, one) for count, one in zip(better, ordered, strict=True)]


def ring(members: Sequence[Id], year: int) -> dict[Id, Id]:
    """Who scores whom, by scorer: each scores one other and is scored by one other, in a ring.

    The ring turns with the year, so that it is not always the same neighbour; with three members or more no two score
    each other. Raises ValueError for fewer than two.
    """
    count = len(members)
    if count < 2:
        raise ValueError("nobody can be scored by another")
    steps = [step for step in range(1, count) if count == 2 or 2 * step != count]
    step = steps[year % len(steps)]
    return {member: members[(place + step) % count] for place, member in enumerate(members)}


PairFault = Literal["scores_itself", "scores_twice"]


def pair_faults(pairs: Sequence[tuple[Id, Id]]) -> list[tuple[int, PairFault, int]]:
    """What is wrong with pairs (who is scored, who scores it): the place, the fault, the place it is at odds with.

    Nobody scores itself, and each scores one; so each is scored by exactly one, and scores exactly one.
    """
    found: list[tuple[int, PairFault, int]] = []
    first: dict[Id, int] = {}
    for place, (scored, scorer) in enumerate(pairs):
        if scored == scorer:
            found.append((place, "scores_itself", place))
        elif first.setdefault(scorer, place) != place:
            found.append((place, "scores_twice", first[scorer]))
    return found


def pairs_hold(pairs: Mapping[Id, Id], members: Iterable[Id]) -> bool:
    """Whether pairs (who is scored → who scores it) are of just these members."""
    return set(pairs) == set(pairs.values()) == set(members)


@dataclass(frozen=True, slots=True)
class Acclaim(Generic[Id]):
    """The outcome of a vote: ``winner`` where one was acclaimed, else ``leading`` go into a second vote.

    ``needed`` is the number of votes that is enough, ``members`` the number of all who could vote.
    """

    result: Literal["acclaimed", "again", "none"]
    counts: Mapping[Id, int]
    needed: int
    members: int
    winner: Id | None = None
    leading: tuple[Id, ...] = ()


def votes_needed(rule: AcclaimRule, members: int) -> int:
    """The least number of votes that is more than the rule's share of all members, whoever voted."""
    return int((rule.more_than * members / 100).to_integral_value(ROUND_FLOOR)) + 1


def acclaim(
    rule: AcclaimRule, candidates: Sequence[Id], votes: Iterable[Id | None], members: int, *, second: bool
) -> Acclaim[Id]:
    """Count one vote; None is a vote for nobody. Raises ValueError for a vote for no candidate, or too many votes.

    Whoever alone has the most votes, and as many as are needed, is acclaimed. Otherwise the leading ones go into a
    second vote: all with the most votes, and those next to a single one. A second without a result acclaims nobody.
    """
    cast = list(votes)
    if len(cast) > members or any(vote is not None and vote not in candidates for vote in cast):
        raise ValueError("votes that cannot be")
    counts = {one: cast.count(one) for one in candidates}
    needed = votes_needed(rule, members)
    most = max(counts.values(), default=0)
    first = [one for one in candidates if counts[one] == most]
    if len(first) == 1 and most >= needed:
        return Acclaim("acclaimed", counts, needed, members, winner=first[0])
    if second:
        return Acclaim("none", counts, needed, members)
    return Acclaim("again", counts, needed, members, leading=_leading(counts))


def _leading(counts: Mapping[Id, int]) -> tuple[Id, ...]:
    """Nobody without a vote leads, unless nobody has one."""
    heights = sorted(set(counts.values()) - {0}, reverse=True) or [0]
    first = [one for one, count in counts.items() if count == heights[0]]
    edge = heights[1] if len(first) == 1 and len(heights) > 1 else heights[0]
    return tuple(one for one, count in counts.items() if count >= edge)
