"""What follows a case: an award paid, told, shown; its file closed; its data erased. A part of the vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.happening import Happening


@dataclass(frozen=True)
class PayeesEntered(Happening):
    """To whom so many prizes are paid was entered; who they are stands nowhere in the log."""

    count: int


@dataclass(frozen=True)
class PayeesErased(Happening):
    """Identity numbers and accounts of so many prizes of a decision were erased: the time they are kept is over."""

    count: int


@dataclass(frozen=True)
class PrizesPaid(Happening):
    """Prizes were paid: ``awards`` by their public ids, ``total`` in đồng, ``way`` cash or account."""

    awards: list[str]
    total: int
    paid_date: str
    way: str


@dataclass(frozen=True)
class PaymentUndone(Happening):
    """The payment of a prize was entered by mistake; the reason is private."""

    award: str
    amount: int


@dataclass(frozen=True)
class FundSet(Happening):
    """What the fund of a unit is estimated at for a year, in đồng, and by which paper."""

    unit: str
    year: int
    estimate: int
    paper: str
    paper_date: str


@dataclass(frozen=True)
class PublicationAgreed(Happening):
    """``awards`` by their public ids may stand on the public page until a day."""

    awards: list[str]
    until_date: str


@dataclass(frozen=True)
class PublicationEnded(Happening):
    """An award stands on the public page no more: the consent was withdrawn; the reason is private."""

    award: str


@dataclass(frozen=True)
class AwardNoticesSent(Happening):
    """The people of so many awards were told to come for them; ``again``: they were reminded."""

    count: int
    again: bool


@dataclass(frozen=True)
class FileArchived(Happening):
    """The file of a case was closed; ``rule`` says how long it is kept, ``until_date`` is empty for ever."""

    title: str
    rule: str
    until_date: str


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
class ErasureWithdrawn(Happening):
    """Whoever proposed it has taken it back."""

    erasure: str


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
