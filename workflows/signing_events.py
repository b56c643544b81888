"""Keys and what is signed with them: a part of the vocabulary of the log. What opens a key never stands there."""

from dataclasses import dataclass

from workflows.happening import Happening


@dataclass(frozen=True)
class SigningKeyAdded(Happening):
    """A unit, or without one of its own a person for it, got a key; ``certificate``: its SHA-256."""

    key: str
    unit: str
    person: str | None
    certificate: str
    development: bool


@dataclass(frozen=True)
class SigningKeyDeactivated(Happening):
    key: str
    unit: str


@dataclass(frozen=True)
class SealPictureKept(Happening):
    """The picture of a unit's seal; ``width`` in tenths of a millimetre."""

    unit: str
    sha256: str
    width: int


@dataclass(frozen=True)
class PaperSigned(Happening):
    """A paper was signed with a key, in these places of it, one signature each; ``stamped``: with time stamps."""

    paper: str
    sha256: str
    places: list[str]
    key: str
    certificate: str
    stamped: bool
