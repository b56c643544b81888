"""The closed vocabulary of the log: one dataclass per event, exact fields, named subject_past_verb.

Fields hold codes, ids, digests and numbers, never a sentence and never a name: sentences are made at reading, and
personal values stand in the private part of an event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows import (
    after_events,
    amendment_events,
    award_events,
    bulk_events,
    cluster_events,
    council_events,
    delegation_events,
    export_events,
    history_events,
    inspection_events,
    office_events,
    remark_events,
    rule_events,
    signing_events,
)
from workflows.happening import Happening

# Steps of a case: each carries the engine's recorded input.


@dataclass(frozen=True)
class CaseOpened(Happening):
    process: str
    moves: list[list[str | None]]


@dataclass(frozen=True)
class TaskCompleted(Happening):
    task: str
    process: str
    element: str
    round: int
    decision: str | None
    papers: list[str]
    moves: list[list[str | None]]


@dataclass(frozen=True)
class TimersFired(Happening):
    moves: list[list[str | None]]


@dataclass(frozen=True)
class MessageDelivered(Happening):
    name: str
    message_id: str
    moves: list[list[str | None]]


@dataclass(frozen=True)
class TimersShifted(Happening):
    seconds: int


# What happens to a case beside its diagram.


@dataclass(frozen=True)
class TaskTaken(Happening):
    task: str
    element: str


@dataclass(frozen=True)
class TaskGivenBack(Happening):
    task: str
    element: str


@dataclass(frozen=True)
class TaskLapsed(Happening):
    task: str
    element: str


@dataclass(frozen=True)
class UnitsReminded(Happening):
    element: str
    units: list[str]


@dataclass(frozen=True)
class ReportsClosed(Happening):
    review: str


@dataclass(frozen=True)
class CaseStopped(Happening):
    message: str


@dataclass(frozen=True)
class CaseFrozen(Happening):
    pass


@dataclass(frozen=True)
class CaseResumed(Happening):
    seconds: int


@dataclass(frozen=True)
class EffectDone(Happening):
    effect: str
    kind: str
    result: Mapping[str, Any]


@dataclass(frozen=True)
class EffectFailed(Happening):
    effect: str
    kind: str
    attempts: int


@dataclass(frozen=True)
class PaperAdded(Happening):
    paper: str
    kind: str
    sha256: str


@dataclass(frozen=True)
class VotingClosed(Happening):
    members: int
    voted: int


@dataclass(frozen=True)
class MemberMarkedAbsent(Happening):
    person: str
    task: str
    element: str
    moves: list[list[str | None]]


@dataclass(frozen=True)
class VotesCounted(Happening):
    electorate_digest: str
    profile_digest: str
    results: list[dict[str, Any]]


# The office around the cases.


@dataclass(frozen=True)
class DeploymentMade(Happening):
    """``before`` is the digest it takes the place of; empty for a first one."""

    process: str
    digest: str
    before: str = ""


@dataclass(frozen=True)
class PlanImported(Happening):
    code: str
    digest: str
    before: str = ""


@dataclass(frozen=True)
class UnitsImported(Happening):
    digest: str
    count: int


@dataclass(frozen=True)
class PersonAdded(Happening):
    person: str


@dataclass(frozen=True)
class PasswordSet(Happening):
    person: str


@dataclass(frozen=True)
class RoleGiven(Happening):
    person: str
    role: str
    unit: str
    from_date: str


@dataclass(frozen=True)
class RoleEnded(Happening):
    """``before_date``: the last day it had until now; empty when it had none."""

    person: str
    role: str
    unit: str
    to_date: str
    before_date: str = ""


@dataclass(frozen=True)
class AccountClosed(Happening):
    person: str


@dataclass(frozen=True)
class AccountReopened(Happening):
    person: str


@dataclass(frozen=True)
class EmailChanged(Happening):
    person: str


@dataclass(frozen=True)
class TokenMade(Happening):
    person: str


@dataclass(frozen=True)
class TokenRevoked(Happening):
    person: str


@dataclass(frozen=True)
class ClockMoved(Happening):
    seconds: int


@dataclass(frozen=True)
class CheckpointMade(Happening):
    root: str
    streams: int
    events: int


# The access stream: reads and refused acts.


@dataclass(frozen=True)
class ActRefused(Happening):
    rule: str
    path: str
    method: str


@dataclass(frozen=True)
class SignedIn(Happening):
    person: str


@dataclass(frozen=True)
class SignedOut(Happening):
    person: str


@dataclass(frozen=True)
class SignInFailed(Happening):
    username_digest: str


@dataclass(frozen=True)
class DossierRead(Happening):
    case: str


@dataclass(frozen=True)
class PaperRead(Happening):
    paper: str


PARTS = (
    amendment_events,
    after_events,
    award_events,
    bulk_events,
    cluster_events,
    council_events,
    delegation_events,
    export_events,
    history_events,
    inspection_events,
    office_events,
    remark_events,
    rule_events,
    signing_events,
)
VOCABULARY = {kind.type(): kind for kind in Happening.__subclasses__()}
