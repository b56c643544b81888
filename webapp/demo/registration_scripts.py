"""What the script says of registrations: who registers, changes a pledge, gathers a list, launches in response."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.vocabulary import NomineeKind


@dataclass(frozen=True)
class Registration:
    """A registration beside those of the nominees; ``reason`` says why it comes late."""

    name: str
    kind: NomineeKind
    unit: str
    strand: str
    begins: dt.date
    by: str = ""
    turns: tuple[str, ...] = ()
    waits: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""
    withdrawn: str = ""


@dataclass(frozen=True)
class Change:
    """A change of an accepted registration of a unit, asked for on behalf; ``pledge`` is the new one."""

    unit: str
    name: str
    asked: str
    reason: str
    pledge: str
    waits: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Gathering:
    """A unit's aggregated list of all that is accepted on its day; ``confirmed`` empty: the organiser still has it."""

    unit: str
    gathered: str
    number: str
    signed: str
    confirmed: str = ""


@dataclass(frozen=True)
class Erasure:
    """The personal data of a registration that was refused are erased by a paper: one proposes, another one decides."""

    unit: str
    name: str
    number: str
    dated: dt.date
    reason: str
    proposed: str
    decided: str


@dataclass(frozen=True)
class Response:
    """A unit's own campaign in response; its registrations name no unit, they are the unit's."""

    unit: str
    opened: str
    strands: tuple[str, ...]
    own: str
    number: str
    filed: str
    approved: str
    closes: dt.date
    registrations: tuple[Registration, ...] = ()
    concluded: str = ""
