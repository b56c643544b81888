"""The people of the demo: accounts the script names, and an officer and a head for every other unit that takes part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache

from webapp.demo.script import DATA, Account, Council, Role, data, people
from webapp.demo.stage import Stage
from webapp.demo.telling import Story, at_minute, pick
from webapp.operations import people as operations
from webapp.operations.acting import SYSTEM
from workflows.units import Unit
from workflows.values import local_day

ORGANISER_ROLES = ("specialist", "head", "secretary", "presiding", "office", "authority", "clerk")
SUFFIXES = {"commune_chair": "chair"}
MAIL_DOMAIN = "tinh-bien.example"
"""Nothing is ever delivered there (RFC 2606): what the named accounts are written stays on the page of e-mails."""
MORNING = 7 * 60


class Cast:
    """Who holds which role where; people are entered when the story needs them."""

    def __init__(self, stage: Stage, units: Mapping[str, Unit], password_hash: str) -> None:
        self.units = units
        self._stage = stage
        self._hash = password_hash
        self._holders: dict[tuple[str, str], str] = {}
        self._ids: dict[str, str] = {}
        self._called: dict[str, str] = {}
        self._names: set[str] = {account.name for account in people().accounts}

    def who(self, role: str, unit: str) -> str:
        """User name of who holds a role in a unit."""
        return self._holders[role, unit]

    def called(self, username: str) -> str:
        """The name of a person."""
        return self._called[username]

    def name(self, code: str) -> str:
        """The name of a unit."""
        return self.units[code].name

    def enter_accounts(self) -> None:
        """Enter every named account with the roles it holds today."""
        for account in people().accounts:
            self._enter(account.username, account.name, f"{account.username}@{MAIL_DOMAIN}")
            self._give_all(account)

    def appointments(self) -> Iterable[Story]:
        """New roles of the named accounts, and new councils, each on its day."""
        days = {role.since for account in people().accounts for role in account.roles}
        days |= {council.since for council in people().councils}
        return [self._appointment(day) for day in sorted(days) if day > local_day(self._stage.at)]

    def _appointment(self, day: dt.date) -> Story:
        yield at_minute(day, MORNING)
        for account in people().accounts:
            self._give_all(account)
        self.form_councils(day)

    def _give_all(self, account: Account) -> None:
        for role in account.roles:
            if role.since <= local_day(self._stage.at):
                self._give(account.username, role)

    def form_councils(self, day: dt.date) -> None:
        """Form the councils of the day, or at the beginning those that are there already."""
        for council in people().councils:
            if council.since == day:
                self._form(council)

    def _form(self, council: Council) -> None:
        seats = [operations.Seat(self._ids[seat.who], seat.position) for seat in council.seats]
        operations.form_council(
            council.unit,
            council.name,
            seats,
            council.since,
            council.founded_by,
            actor=SYSTEM,
            now=self._stage.now(),
        )

    def enter_units(self, organiser: str, codes: Iterable[str]) -> None:
        """See that the organiser and each unit have their people: who signs, an officer, a head who registers."""
        for role in ORGANISER_ROLES:
            self._fill(role, organiser)
        for code in codes:
            self._fill("officer", code)
            head = self._fill("commune_chair", code)
            if ("registrant", code) not in self._holders:
                self._give(head, Role("registrant", code))

    def _fill(self, role: str, unit: str) -> str:
        if (role, unit) not in self._holders:
            place = ".".join(unit.split("/")[1:]) or unit
            username = f"{place}.{SUFFIXES.get(role, role)}"
            self._enter(username, self._new_name(username))
            self._give(username, Role(role, unit))
        return self._holders[role, unit]

    def _enter(self, username: str, name: str, email: str | None = None) -> None:
        new = operations.NewPerson(name, username, self._hash, email, fictitious=True)
        self._called[username] = name
        self._ids[username] = operations.add_person(new, actor=SYSTEM, now=self._stage.now())

    def _give(self, username: str, role: Role) -> None:
        operations.give_role(
            self._ids[username], role.role, role.unit, role.since, actor=SYSTEM, now=self._stage.now()
        )
        self._holders.setdefault((role.role, role.unit), username)

    def _new_name(self, username: str) -> str:
        """A name nobody has yet, the same on every run."""
        names = _names()
        for attempt in range(100):
            key = f"{username}/{attempt}"
            given = pick(names["men"] + names["women"], key)
            name = f"{pick(names['family'], given + key)} {given}"
            if name not in self._names:
                self._names.add(name)
                return name
        raise LookupError("names.yaml has too few names")


@cache
def _names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = data(DATA / "names.yaml")
    return found
