"""Personal data of a case erased by law: a part of the vocabulary of the log."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.happening import Happening


@dataclass(frozen=True)
class ErasureProposed(Happening):
    """Somebody proposes to erase the personal data of a case; the reason is private.

    ``ground``: retention (``rule`` says how long such files are kept, ``until_date`` its last day) or request
    (``number`` and ``paper_date`` of the paper that asks for it).
    """

    erasure: str
    ground: str
    rule: str
    until_date: str
    number: str
    paper_date: str


@dataclass(frozen=True)
class ErasureDecided(Happening):
    """Somebody else decided on it; the reason of a refusal is private."""

    erasure: str
    agreed: bool


@dataclass(frozen=True)
class CaseErased(Happening):
    """The personal data of the case are gone: ``counts`` by kind, ``files`` the digests of its papers."""

    erasure: str
    counts: Mapping[str, int]
    files: list[str]
