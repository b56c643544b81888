"""The dated stations of a plan: reviews and award rounds, with the ceilings and the awards they may give."""

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

from workflows.vocabulary import NomineeKind


@dataclass(frozen=True, slots=True)
class Pool:
    """Kinds of nominee that share one ceiling."""

    code: str
    name: str
    kinds: tuple[NomineeKind, ...]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most ``at_most`` awards of a pool in one strand and round."""

    strand: str
    pool: str
    at_most: int


@dataclass(frozen=True, slots=True)
class CeilingLine:
    """A line of the file: a ceiling for each of its strands; none named means each strand."""

    pool: str
    at_most: int
    strands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardRound:
    """One selection of awardees (đợt xét khen thưởng); ``opens`` is the day nominations open.

    Who was awarded in a round of ``not_awarded_in`` cannot be awarded in this one. A round of a ``review`` is opened
    only where that review decides to give awards of its own.
    """

    code: str
    name: str
    kind: Literal["yearly", "midterm", "final", "extraordinary"]
    opens: dt.date
    submit_by: dt.date
    decide_by: dt.date
    ceilings: tuple[CeilingLine, ...] = ()
    not_awarded_in: tuple[str, ...] = ()
    review: str | None = None


EXTRAORDINARY: Final = "dot-xuat-"
"""How the codes of the rounds begin that no plan has: one a year for awards of extraordinary merit."""


def is_extraordinary(code: str) -> bool:
    """Whether a round of this code awards extraordinary merit."""
    return code.startswith(EXTRAORDINARY)


def extraordinary_round(year: int) -> AwardRound:
    """What is awarded for extraordinary merit in a year: any day, without a ceiling."""
    return AwardRound(
        code=f"{EXTRAORDINARY}{year}",
        name=f"Khen thưởng đột xuất năm {year}",
        kind="extraordinary",
        opens=dt.date(year, 1, 1),
        submit_by=dt.date(year, 12, 31),
        decide_by=dt.date(year, 12, 31),
    )


@dataclass(frozen=True, slots=True)
class Review:
    """A mid-term or final review (sơ kết, tổng kết): ``opens`` reporting, ``reminder``, reports ``due``."""

    code: str
    name: str
    kind: Literal["midterm", "final"]
    opens: dt.date
    reminder: dt.date
    due: dt.date
    awards: Literal["none", "own_authority", "own_or_yearly_review", "by_organiser"]
    conference: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated station of the campaign, for the engine; ``reminder``, ``due`` and ``round`` only of a review."""

    code: str
    kind: Literal["review", "round"]
    date: dt.date
    reminder: dt.date | None = None
    due: dt.date | None = None
    round: str | None = None


@dataclass(frozen=True, slots=True)
class AwardRef:
    """An award that may be proposed, decided at ``level``; no strands or rounds named means all."""

    award: str
    level: Literal["commune", "district", "province", "state"]
    strands: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    note: str | None = None
