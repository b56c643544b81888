"""What happens to delegations and absences: a part of the vocabulary of the log."""

from dataclasses import dataclass

from workflows.happening import Happening


@dataclass(frozen=True)
class DelegationProposed(Happening):
    delegation: str
    person: str
    roles: list[list[str]]
    campaign: str | None
    kinds: list[str]
    from_date: str
    to_date: str


@dataclass(frozen=True)
class DelegationAccepted(Happening):
    delegation: str
    person: str


@dataclass(frozen=True)
class DelegationDeclined(Happening):
    delegation: str
    person: str


@dataclass(frozen=True)
class DelegationRevoked(Happening):
    delegation: str
    person: str


@dataclass(frozen=True)
class DelegationEnded(Happening):
    delegation: str
    person: str


@dataclass(frozen=True)
class AbsenceNoted(Happening):
    from_date: str
    to_date: str


@dataclass(frozen=True)
class AbsenceTaken(Happening):
    from_date: str
    to_date: str
