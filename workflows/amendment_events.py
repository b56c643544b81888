"""What later decisions and reissues do to awards: a part of the vocabulary of the log."""

from dataclasses import dataclass
from typing import Any

from workflows.happening import Happening


@dataclass(frozen=True)
class AwardsCorrected(Happening):
    """A decision put texts of awards right; ``nominations`` are their cases."""

    number: int
    year: int
    nominations: list[str]


@dataclass(frozen=True)
class AwardsRevoked(Happening):
    """A decision struck awards from the register; ``entries``: their cases and register numbers."""

    number: int
    year: int
    entries: list[dict[str, Any]]


@dataclass(frozen=True)
class RepaymentUndone(Happening):
    """Money of a revoked award was entered by mistake as paid back; ``instead`` came. The reason is private."""

    award: str
    amount: int
    instead: int


@dataclass(frozen=True)
class CertificateReissued(Happening):
    """A certificate was made anew for a ``cause``: lost, misprint or correction; ``copy`` counts those of an award."""

    certificate: str
    register: str
    copy: int
    cause: str


@dataclass(frozen=True)
class CertificateRead(Happening):
    certificate: str
