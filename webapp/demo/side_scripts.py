"""What is played beside the nominations, as typed values: clusters, awards from before, exemplars, merits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from webapp.demo.script import DATA, Decision, load
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


@dataclass(frozen=True)
class Effect:
    """A number before and after."""

    effect: str
    after: float
    before: float | None = None
    measure: str = ""


@dataclass(frozen=True)
class Application:
    """A unit that applies an exemplar: when it records it, when it reports, with what; ``returned`` is a reason."""

    unit: str
    on: str
    report: str
    text: str
    results: tuple[Effect, ...] = ()
    lessons: str = ""
    returned: str = ""


@dataclass(frozen=True)
class Exemplar:
    """An exemplar, by a unit below the organiser; days are instants of the script.

    ``turns``: supplement, reject (on a ``ground``). ``waits`` are working days before a task. With a ``headline`` it is
    introduced ``until`` a day, with the picture of a ``scene``; ``down`` is the day on which it is taken down again.
    """

    name: str
    kind: str
    unit: str
    on: str
    story: str
    place: str = ""
    effects: tuple[Effect, ...] = ()
    turns: tuple[str, ...] = ()
    ground: str = ""
    waits: Mapping[str, int] = field(default_factory=dict)
    fostered: str = ""
    headline: str = ""
    text: str = ""
    until: str = ""
    scene: str = ""
    caption: str = ""
    consent: str = ""
    down: str = ""
    reason: str = ""
    applied: tuple[Application, ...] = ()


@dataclass(frozen=True)
class Exemplars:
    """The exemplars of a campaign."""

    campaign: str
    exemplars: tuple[Exemplar, ...]


@dataclass(frozen=True)
class Merit:
    """An extraordinary merit in a unit below the organiser; ``by`` the role that proposes it, days of the script."""

    name: str
    kind: NomineeKind
    unit: str
    strand: str
    by: str
    on: str
    merit_date: str
    merit: str
    found_by: str
    achievement: str
    honorific: str = ""
    birth_year: int | None = None
    opinion: str = ""


@dataclass(frozen=True)
class Merits:
    """The extraordinary merits of a campaign, and the decision that awards them."""

    campaign: str
    merits: tuple[Merit, ...]
    decision: Decision


@cache
def history() -> History:
    """The list of past awards."""
    return load(History, DATA / "history.yaml")


@cache
def clusters() -> tuple[Cluster, ...]:
    """Every cluster of the script."""
    return tuple(load(Cluster, file) for file in sorted(DATA.glob("clusters/*.yaml")))


@cache
def merits() -> tuple[Merits, ...]:
    """Every extraordinary merit of the script."""
    return tuple(load(Merits, file) for file in sorted(DATA.glob("merits/*.yaml")))


@cache
def exemplars() -> tuple[Exemplars, ...]:
    """The exemplars of every campaign that has some."""
    return tuple(load(Exemplars, file) for file in sorted(DATA.glob("exemplars/*.yaml")))
