"""Everybody of the demo, found by user name."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from playwright.sync_api import Page

from tests.e2e.actors import Person
from tests.e2e.cast import (
    Auditor,
    Authority,
    Chair,
    Clerk,
    CommuneChair,
    Head,
    Member,
    Office,
    Officer,
    Registrant,
    Secretary,
    Specialist,
)
from tests.e2e.passerby import Passerby
from tests.e2e.phone import PHONE

COUNCIL = ("authority", "chair", "head", *(f"member{number}" for number in range(1, 9)))


class People:
    """Everybody, by user name; whoever is asked for first signs in first."""

    ROLES: ClassVar[dict[str, type[Person]]] = {
        role.username: role
        for role in (
            Registrant,
            Officer,
            CommuneChair,
            Specialist,
            Head,
            Secretary,
            Chair,
            Office,
            Authority,
            Clerk,
            Auditor,
        )
    }

    def __init__(self, tab: Callable[..., Page]) -> None:
        self.tab = tab
        self.here: dict[str, Person] = {}

    def __getattr__(self, username: str) -> Any:
        if username not in self.here:
            self.here[username] = self.another(username)
        return self.here[username]

    def council(self) -> Iterator[Member]:
        """The members of the district's council, its chairman first, one after the other at the tablet of the hall."""
        tablet = self.tab()
        for username in COUNCIL:
            member = Member(tablet, username).signs_in()
            yield member
            member.signs_out()

    def another(self, username: str, **options: Any) -> Any:
        """The same person at one more browser."""
        return self.at_the_door(username, **options).signs_in()

    def passerby(self) -> Passerby:
        """Somebody with a phone and without an account."""
        return Passerby(self.tab(**PHONE))

    def at_the_door(self, username: str, **options: Any) -> Any:
        """Somebody who has not signed in yet, on the page where one does."""
        role = Member if username.startswith("member") else self.ROLES.get(username, Person)
        return role(self.tab(**options), username).opens("/sign-in")
