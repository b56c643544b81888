"""Conflict of interest: who may not judge or vote on a nominee.

Source of the rule: a member who is the nominee, belongs to the nominee's unit, or has declared a relation
does not take part; it is computed when the list is made and again when the vote is cast.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Reason = Literal["same_person", "same_unit", "declared"]


@dataclass(frozen=True, slots=True)
class Interest:
    """A person who judges: identity, units a role is held in, nominations a relation is declared to."""

    person: str
    units: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Nominee:
    """A nominee: ``person`` where it is one (or a household's head), the unit it is or belongs to."""

    nomination: str
    unit: str
    person: str | None = None


def conflicts(judge: Interest, nominee: Nominee) -> tuple[Reason, ...]:
    """Every reason why ``judge`` must stand aside, strongest first; empty if none."""
    found: list[Reason] = []
    if nominee.person is not None and nominee.person == judge.person:
        found.append("same_person")
    if nominee.unit in judge.units:
        found.append("same_unit")
    if nominee.nomination in judge.declared:
        found.append("declared")
    return tuple(found)


def recusals(judge: Interest, nominees: Collection[Nominee]) -> dict[str, tuple[Reason, ...]]:
    """Nomination → reasons, only of those the judge must leave out."""
    found = {nominee.nomination: conflicts(judge, nominee) for nominee in nominees}
    return {nomination: reasons for nomination, reasons in found.items() if reasons}
