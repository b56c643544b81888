"""The demo's script as typed values, read from `data/*.yaml`: who does what when, in which campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from webapp.demo.after_scripts import After, Fund, Signing
from webapp.demo.registration_scripts import Change, Erasure, Gathering, Registration, Response
from workflows.typed_yaml import build, read
from workflows.vocabulary import NomineeKind

DATA = Path(__file__).with_name("data")

T = TypeVar("T")


@dataclass(frozen=True)
class Nominee:
    """A nomination: when it begins, with what it goes (``batch``, ``session``, ``decision``) and what is special.

    ``by`` is the registrant who fills in; without one the officer of ``unit`` does. ``turns`` names what goes
    another way than the straight one, ``waits`` the working days before a task (``appraise``, or ``appraise 2`` for
    the second time), ``opinions`` after how many days a body asked answers (0: never). An ``award`` of a higher level
    goes on to the province when the council has passed it; ``position`` is the post an individual holds.
    """

    key: str
    name: str
    kind: NomineeKind
    unit: str
    strand: str
    begins: dt.date
    by: str = ""
    batch: str = ""
    session: str = ""
    decision: str = ""
    turns: tuple[str, ...] = ()
    waits: Mapping[str, int] = field(default_factory=dict)
    opinions: Mapping[str, int] = field(default_factory=dict)
    registered: dt.date | None = None
    award: str = "certificate_of_merit"
    position: str = ""


@dataclass(frozen=True)
class Batch:
    """A submission batch of a unit; ``returned`` gives the reason for each line that goes back."""

    key: str
    unit: str
    number: str
    prepared: str
    signed: str
    received: str
    returned: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What a member asks before a session about a nominee; the secretary answers at ``answered``, or has not yet."""

    who: str
    asked: str
    nominee: str
    text: str
    answered: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Session:
    """A council session: everybody votes yes but for ``votes`` (nominee → choice → members) and for ``fails``.

    Most vote in the first hour; who is ``late`` votes at an instant of their own.
    """

    key: str
    subject: str
    opened: str
    agenda: str
    meets: str
    closes: str
    minutes: str
    signed: str
    place: str = "Phòng họp số 1, trụ sở Ủy ban nhân dân huyện"
    mode: str = "in_person"
    votes: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    fails: tuple[str, ...] = ()
    late: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Decision(Signing):
    """An award decision, the days of its steps, and what follows it."""

    key: str
    title: str
    drafted: str
    handed: str
    published: str
    after: After = field(default_factory=After)


@dataclass(frozen=True)
class Intervention:
    """Something that happens to a nomination beside its tasks: ``withdraw``, ``freeze`` (by an order) or ``resume``."""

    nominee: str
    act: str
    on: str
    who: str
    reason: str
    order: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Round:
    """An award round as it is played, with the fund it is paid of; units are named by codes below the organiser."""

    campaign: str
    code: str
    year: int
    nominees: tuple[Nominee, ...]
    batches: tuple[Batch, ...] = ()
    sessions: tuple[Session, ...] = ()
    decisions: tuple[Decision, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    funds: tuple[Fund, ...] = ()


@dataclass(frozen=True)
class Review:
    """A review of a campaign. ``last`` names units that report at an instant of their own."""

    code: str
    first: dt.date
    days: int
    consolidated: str
    concluded: str
    place: str
    last: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Campaign:
    """A campaign as it is played, from its draft to its end.

    ``late`` are units whose answer to the plan came late; ``bodies`` those that are only asked for opinions.
    """

    code: str
    number: str
    opened: str
    drafted: str
    approved: str
    published: str
    late: Mapping[str, str] = field(default_factory=dict)
    bodies: tuple[str, ...] = ()
    registrations: tuple[Registration, ...] = ()
    changes: tuple[Change, ...] = ()
    gatherings: tuple[Gathering, ...] = ()
    erasures: tuple[Erasure, ...] = ()
    responses: tuple[Response, ...] = ()
    reviews: tuple[Review, ...] = ()
    closes: Mapping[str, str] = field(default_factory=dict)
    concluded: str = ""
    ended: str = ""


@dataclass(frozen=True)
class Role:
    """A role in a unit from a day on."""

    role: str
    unit: str
    since: dt.date = dt.date(2017, 1, 1)


@dataclass(frozen=True)
class Account:
    """Somebody to step into; ``title`` is what stands on the role card."""

    username: str
    name: str
    title: str
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class CouncilSeat:
    """A seat of a council by user name."""

    who: str
    position: str


@dataclass(frozen=True)
class Council:
    """A council with its members."""

    unit: str
    name: str
    since: dt.date
    founded_by: str
    seats: tuple[CouncilSeat, ...]


@dataclass(frozen=True)
class People:
    """Everybody whose name the script gives."""

    accounts: tuple[Account, ...]
    councils: tuple[Council, ...]


def load(kind: type[T], file: Path) -> T:
    """One file of the script."""
    return build(kind, data(file))


def data(file: Path) -> Any:
    """The plain data of a file of the script."""
    return read(file.read_text("utf-8")).data


@cache
def people() -> People:
    """The accounts and councils of the demo."""
    return load(People, DATA / "people.yaml")


@cache
def rounds() -> tuple[Round, ...]:
    """Every award round of the script."""
    return tuple(load(Round, file) for file in sorted(DATA.glob("rounds/*.yaml")))


@cache
def campaigns() -> tuple[Campaign, ...]:
    """Every campaign of the script."""
    return tuple(load(Campaign, file) for file in sorted(DATA.glob("campaigns/*.yaml")))
