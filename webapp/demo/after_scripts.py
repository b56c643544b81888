"""What the script says of the time after an award: who receives for whom, what is paid, shown, put right, revoked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Signing:
    """The days of a decision on its way to its number. ``elsewhere``: signed on paper, it is back on ``numbered``."""

    number: int
    submitted: str
    checked: str
    signed: str
    numbered: str
    elsewhere: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Fund:
    """The emulation fund of a year as a paper estimates it, entered ``on`` a day."""

    year: int
    estimate: int
    paper: str
    dated: str
    on: str
    note: str = ""


@dataclass(frozen=True)
class Proxy:
    """Who receives the award of a nominee at the ceremony in their place."""

    nominee: str
    name: str
    relation: str


@dataclass(frozen=True)
class Payee:
    """Who receives the prize of a nominee; the numbers are nobody's."""

    nominee: str
    identity_number: str = ""
    account: str = ""
    bank: str = ""


@dataclass(frozen=True)
class Paying:
    """Prizes paid: those of ``nominees``, or all that are left; ``undone`` says when one was found to be a mistake."""

    on: str
    way: Literal["cash", "account"]
    nominees: tuple[str, ...] = ()
    undone: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class Consent:
    """Nominees who agree to be shown until a day; ``ended`` says when one of them does no longer."""

    on: str
    until: str
    nominees: tuple[str, ...]
    ended: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class Reissue:
    """A certificate that is made anew."""

    nominee: str
    on: str
    cause: str
    reason: str


@dataclass(frozen=True)
class Amendment(Signing):
    """A decision that changes what an earlier one says of a nominee; ``reason`` is what begins it."""

    nominee: str
    begun: str
    reason: str
    drafted: str


@dataclass(frozen=True)
class Correction(Amendment):
    """A text of an award that is put right."""

    text: str
    right: str


@dataclass(frozen=True)
class Repaid:
    """Prize money that comes back, in đồng, by a receipt."""

    on: str
    amount: int
    receipt: str


@dataclass(frozen=True)
class Revocation(Amendment):
    """An award that is revoked on a ground of the rule set, and its prize that is paid back."""

    prepared: str
    ground: str
    violation: str
    concluded_by: str
    conclusion: str
    concluded: str
    submission: str
    submission_number: str
    reviewed: str
    decided: str
    repaid: tuple[Repaid, ...]


@dataclass(frozen=True)
class After:
    """What follows a decision; nominees are named by their keys, days are instants of the script.

    ``late`` are those who receive theirs on a day of their own.
    """

    proxies: tuple[Proxy, ...] = ()
    late: Mapping[str, str] = field(default_factory=dict)
    payees: tuple[Payee, ...] = ()
    paid: tuple[Paying, ...] = ()
    consents: tuple[Consent, ...] = ()
    reissues: tuple[Reissue, ...] = ()
    corrections: tuple[Correction, ...] = ()
    revocations: tuple[Revocation, ...] = ()
