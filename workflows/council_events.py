"""Events of councils: their members, the rules they vote by, what members ask before a session."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.happening import Happening


@dataclass(frozen=True)
class CouncilFormed(Happening):
    unit: str
    members: list[str]


@dataclass(frozen=True)
class VoteProfileDrafted(Happening):
    unit: str
    profile: str
    digest: str
    awards: list[str]
    from_date: str


@dataclass(frozen=True)
class VoteProfileDecided(Happening):
    unit: str
    profile: str
    status: str
    digest: str


@dataclass(frozen=True)
class MembershipBegan(Happening):
    unit: str
    membership: str
    person: str
    position: str
    from_date: str


@dataclass(frozen=True)
class MembershipEnded(Happening):
    unit: str
    membership: str
    person: str
    to_date: str


@dataclass(frozen=True)
class QuestionAsked(Happening):
    question: str
    nomination: str | None


@dataclass(frozen=True)
class QuestionAnswered(Happening):
    question: str
    nomination: str | None
    corrected: bool
