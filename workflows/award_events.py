"""What happens to awards once they are decided: a part of the vocabulary of the log."""

from dataclasses import dataclass
from typing import Any

from workflows.happening import Happening


@dataclass(frozen=True)
class AwardsRegistered(Happening):
    """A decision got its number; ``entries`` are its awards with their register numbers and prizes in đồng."""

    number: int
    year: int
    entries: list[dict[str, Any]]


@dataclass(frozen=True)
class CodeIssued(Happening):
    """So many papers of a ``kind`` got a code by which anybody can check them; ``key``: the id of what signed them."""

    kind: str
    count: int
    key: str


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
class CertificateReissued(Happening):
    """A certificate was made anew for a ``cause``: lost, misprint or correction; ``copy`` counts those of an award."""

    certificate: str
    register: str
    copy: int
    cause: str


@dataclass(frozen=True)
class CertificateRead(Happening):
    certificate: str


@dataclass(frozen=True)
class BlankSaved(Happening):
    """How certificates of a ``kind`` are printed on sheets a unit calls ``name``; ``version`` counts the savings."""

    unit: str
    kind: str
    name: str
    version: int


@dataclass(frozen=True)
class BlankDeleted(Happening):
    unit: str
    kind: str
    name: str
