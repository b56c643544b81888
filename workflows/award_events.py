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
class SignedPaperRecorded(Happening):
    """A decision signed elsewhere came back as this file.

    ``verdict``: what its signatures prove in a word. ``differences``: how many there were from ours, all of them
    accepted with a reason. ``by_eye``: pages that are pictures, read by a person.
    """

    sha256: str
    verdict: str
    differences: int
    by_eye: int


@dataclass(frozen=True)
class CopiesSent(Happening):
    """So many copies of a decision went to its recipients."""

    count: int


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
