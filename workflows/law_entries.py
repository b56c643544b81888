"""The entries of a rule set, list by list: each with its citation, its mark and its period."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from workflows.rules.voting import VoteProfile
from workflows.vocabulary import (
    AppraisalQuestion,
    AwardFamily,
    ConditionRule,
    DecidingLevel,
    Level,
    Mark,
    NomineeKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A rule with its citation and mark; without ``starts`` or ``ends`` it holds as long as its rule set."""

    citation: str
    mark: Mark
    starts: dt.date | None = None
    ends: dt.date | None = None
    note: str | None = None

    def in_force(self, on: dt.date) -> bool:
        """Whether the entry holds on that day, first and last day included."""
        return (self.starts is None or self.starts <= on) and (self.ends is None or on <= self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider(Entry):
    """Who decides an award: the office that signs at a level."""

    level: DecidingLevel
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prize(Entry):
    """Prize money: ``multiple`` x ``factor`` x base salary; no levels named means all."""

    nominee: Literal["individual", "household", "collective"]
    multiple: Fraction
    factor: Fraction = Fraction(1)
    levels: tuple[DecidingLevel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Award(Entry):
    """An emulation title or a form of commendation."""

    code: str
    name: str
    family: AwardFamily
    kinds: tuple[NomineeKind, ...]
    decided_by: tuple[Decider, ...]
    prizes: tuple[Prize, ...] = ()
    register: bool = True
    """Whether it is entered in the register of commendations of the body that decides."""

    @property
    def levels(self) -> tuple[DecidingLevel, ...]:
        """Levels that can decide it, in the order of the rule set."""
        return tuple(dict.fromkeys(decider.level for decider in self.decided_by))


PaperStage = Literal["dossier", "assessment", "council", "batch", "process"]
OWN_STAGES: tuple[PaperStage, ...] = ("dossier", "assessment", "council")
"""Stages at which a nomination has papers of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperType(Entry):
    """A paper of a nomination or of the submission batch; no awards or kinds named means all.

    ``stage`` says by when it is there: with the dossier, when the unit has assessed it, when the council has voted;
    with the batch; or made in the procedure and asked of nobody.
    """

    code: str
    name: str
    stage: PaperStage
    required: bool
    awards: tuple[str, ...] = ()
    kinds: tuple[NomineeKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Entry):
    """A span of days, or of minutes by its ``day_kind``: ``runs`` after the step opens, or before a deadline.

    ``fixed``: the text cited fixes the term, and a deadline is moved only within it. Whether others may be moved is to
    be verified.
    """

    code: str
    name: str
    days: int
    day_kind: Literal["working", "calendar", "minutes"]
    runs: Literal["after", "before"] = "after"
    awards: tuple[str, ...] = ()
    fixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Entry):
    """How often something may happen."""

    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRule(Entry):
    """How a meeting of a hamlet's or a unit's people decides: shares of those invited and of those present."""

    kind: Literal["hamlet", "unit"]
    name: str
    quorum: Fraction
    threshold: Fraction
    comparison: Literal["at_least", "more_than"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalPart(Entry):
    """A part of the appraisal form that is asked of these awards and kinds; none named: all.

    ``exemplars``: only of a nomination that stands on an exemplar.
    """

    code: AppraisalQuestion
    name: str
    awards: tuple[str, ...] = ()
    kinds: tuple[NomineeKind, ...] = ()
    exemplars: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Entry):
    """A condition of eligibility, checked as its ``rule`` says (`rules/eligibility.py`); no awards or kinds: all."""

    code: str
    name: str
    rule: ConditionRule
    effect: Literal["bar", "warning"]
    awards: tuple[str, ...] = ()
    kinds: tuple[NomineeKind, ...] = ()
    lower: str | None = None
    times: int | None = None
    years: int | None = None
    share: Fraction | None = None
    comparison: Literal["at_least", "more_than"] = "at_least"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground(Entry):
    """A ground for refusing a nomination, or for revoking an award."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(Entry):
    """How long the file of a decision at these levels is kept; no levels named means all, no years for ever."""

    code: str
    name: str
    levels: tuple[DecidingLevel, ...] = ()
    years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionLimit(Entry):
    """A limit beyond which an inspection is shown a sign: ``value`` in seconds, or an hour of the day in Việt Nam."""

    code: Literal["rapid", "night_from", "night_until"]
    name: str
    value: int
    unit: Literal["seconds", "hour"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseSalary(Entry):
    """The base salary in đồng a month."""

    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding(Entry):
    """How prize money is rounded: to a multiple of ``to`` đồng."""

    to: int
    direction: Literal["nearest", "up", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class VotePreset(Entry):
    """A named vote profile."""

    code: str
    name: str
    profile: VoteProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteDefault(Entry):
    """The preset a council of a level starts from; no awards named means all others."""

    level: Level
    preset: str
    awards: tuple[str, ...] = ()
