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
class RoundOpened(Happening):
    round: str
    kind: str
    medium: str
    electorate_digest: str
    agenda_digest: str
    profile_digest: str
    public_key: str | None


@dataclass(frozen=True)
class CountRefused(Happening):
    round: str
    reason: str


@dataclass(frozen=True)
class CountRepeated(Happening):
    round: str


@dataclass(frozen=True)
class PaperCountEntered(Happening):
    round: str
    attempt: int
    person: str
    digest: str


@dataclass(frozen=True)
class OpinionEntered(Happening):
    round: str
    person: str
    paper: str
    sha256: str


@dataclass(frozen=True)
class VoteVoided(Happening):
    rounds: list[str]


@dataclass(frozen=True)
class BallotKeysDestroyed(Happening):
    rounds: list[str]


@dataclass(frozen=True)
class RelationDeclared(Happening):
    nomination: str
    declared: bool


@dataclass(frozen=True)
class MemberCameLate(Happening):
    person: str


@dataclass(frozen=True)
class MemberWentAway(Happening):
    person: str


@dataclass(frozen=True)
class MemberRelieved(Happening):
    person: str
    task: str
    element: str
    moves: list[list[str | None]]


@dataclass(frozen=True)
class QuestionAsked(Happening):
    question: str
    nomination: str | None


@dataclass(frozen=True)
class QuestionAnswered(Happening):
    question: str
    nomination: str | None
    corrected: bool
