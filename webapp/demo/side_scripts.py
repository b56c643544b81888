"""What is played beside the campaigns, as typed values: clusters that score their year, awards from before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from webapp.demo.script import DATA, load
from workflows.vocabulary import NomineeKind


@dataclass(frozen=True)
class Cluster:
    """A cluster or block and one year of it; units by their codes below the organiser, the first member leads.

    Days are instants of the script; ``late`` names members that score the other one at an instant of their own.
    ``next_drafted``: when the secretary drafts the criteria table of the year after.
    """

    organiser: str
    name: str
    kind: str
    criteria: str
    year: int
    founded: str
    opened: str
    self_due: str
    cross_due: str
    consolidated: str
    verified: str
    votes: str
    concluded: str
    place: str
    acclaimed: str
    members: tuple[str, ...]
    late: Mapping[str, str] = field(default_factory=dict)
    next_drafted: str | None = None


@dataclass(frozen=True)
class PastAward:
    """An award from before the application, of somebody in a unit below; ``born`` where the list says it."""

    name: str
    kind: NomineeKind
    unit: str
    award: str
    year: int
    movement: str
    decision: str
    born: int | None = None


@dataclass(frozen=True)
class History:
    """A list of past awards that is taken over."""

    unit: str
    on: str
    who: str
    file: str
    rows: tuple[PastAward, ...]


@cache
def history() -> History:
    """The list of past awards."""
    return load(History, DATA / "history.yaml")


@cache
def clusters() -> tuple[Cluster, ...]:
    """Every cluster of the script."""
    return tuple(load(Cluster, file) for file in sorted(DATA.glob("clusters/*.yaml")))
