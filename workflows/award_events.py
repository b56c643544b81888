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


@dataclass(frozen=True)
class FinalTextTaken(Happening):
    """A Word file came back as the text of a version; ``differences``: in how much its list differs from ours."""

    version: int
    sha256: str
    differences: int


@dataclass(frozen=True)
class FinalTextDecided(Happening):
    """The differences of a text that came back were accepted, or the text was refused; why stands beside it."""

    version: int
    sha256: str
    accepted: bool


@dataclass(frozen=True)
class PrintRunBegun(Happening):
    """Certificates of a decision are printed: ``kind`` of them or None for all; ``purpose``: issue or print.

    Begun anew, where it was cancelled or failed, it is told again.
    """

    run: str
    decision: str
    purpose: str
    kind: str | None
    ordering: str
    arrangement: str
    blank: str | None
    certificates: int


@dataclass(frozen=True)
class PrintRunEnded(Happening):
    """So many certificates are in the file of a run; none where it was cancelled or some could not be printed."""

    run: str
    decision: str
    state: str
    certificates: int


@dataclass(frozen=True)
class PrintTaken(Happening):
    """Somebody took the file of a run."""

    run: str
    decision: str


@dataclass(frozen=True)
class LetterEntered(Happening):
    """A letter of thanks was made beside a decision; who is thanked, and what for, is private."""

    letter: str


@dataclass(frozen=True)
class LetterTakenBack(Happening):
    letter: str
