"""What happens to rule sets and to the working calendar: a part of the vocabulary of the log."""

from dataclasses import dataclass

from workflows.happening import Happening


@dataclass(frozen=True)
class RuleSetImported(Happening):
    """``before`` is the digest of the version it takes the place of; empty for a first one."""

    code: str
    digest: str
    before: str = ""


@dataclass(frozen=True)
class RuleSetDrafted(Happening):
    code: str
    unit: str
    version: str
    digest: str
    upon: str


@dataclass(frozen=True)
class RuleSetDecided(Happening):
    code: str
    unit: str
    version: str
    digest: str
    status: str


@dataclass(frozen=True)
class RuleSetReturned(Happening):
    code: str
    unit: str
    version: str
    digest: str


@dataclass(frozen=True)
class OfficeDaySet(Happening):
    unit: str
    on_date: str
    kind: str


@dataclass(frozen=True)
class OfficeDayTaken(Happening):
    unit: str
    on_date: str
    kind: str
