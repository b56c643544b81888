"""Red flags: what in the record of a case an inspection should look at. The closed list of kinds, and what they are
made from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

Kind = Literal[
    "decision_before_minutes",
    "over_quota",
    "other_prize",
    "conflicted_vote",
    "supplements",
    "paper_missing",
    "file_lost",
    "rapid",
    "rule_amended",
    "night",
    "warning_overridden",
    "late",
    "deadline_moved",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Act:
    """One event of a case: its place in the log, its type, who did it (public id), when, and its fields."""

    number: int
    type: str
    actor: str
    at: dt.datetime
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag on an event of a case; ``facts`` are ids, codes, numbers and ISO days, from which a sentence is made."""

    kind: Kind
    event: int
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wait:
    """A task: since when it waited, and until when it was to be done."""

    opened: dt.datetime
    due: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What somebody had decided last before an act: a task of a case (its code), and when."""

    case: str
    task: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """What the rules of a case say: ``rapid`` in seconds, ``night`` the hours it begins and ends at; None: nothing.

    ``supplements``: how often one level may ask for a supplement. ``quotas``: codes of the conditions that are quotas.
    """

    rapid: int | None = None
    night: tuple[int, int] | None = None
    supplements: int | None = None
    quotas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pool:
    """A ceiling of the plan that a decision goes beyond: so many given with it, at most so many."""

    round: str
    strand: str
    pool: str
    given: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A numbered decision: its date; the sessions that passed its awards, each with the day its minutes were signed
    (None: not yet); what each nomination gets by the rules of its date, in đồng (None: no money); ceilings exceeded."""

    dated: dt.date
    sessions: Mapping[str, dt.date | None] = field(default_factory=dict)
    prizes: Mapping[str, int | None] = field(default_factory=dict)
    pools: tuple[Pool, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A member (public id) who voted although they were to stand aside: on which event; nomination → the reason."""

    event: int
    person: str
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Amended:
    """A rule that was amended: the rule set's code, the new version's public id, since when it counts."""

    rules: str
    version: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Record:
    """What the flags of a case are made from.

    ``tasks`` by id. ``before``: event by which somebody decided one task → what the same person had decided shortly
    before, in whatever case; what was decided for many at once is neither. ``lacking``: event that let a dossier go on
    → codes of the papers not there then; ``lost``: event → digests of papers handed in with it whose file is gone.
    """

    acts: tuple[Act, ...]
    tasks: Mapping[str, Wait] = field(default_factory=dict)
    limits: Limits = Limits()
    before: Mapping[int, Before] = field(default_factory=dict)
    lacking: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    lost: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    decided: Decided | None = None
    conflicts: tuple[Conflict, ...] = ()
    amended: tuple[Amended, ...] = ()
