"""Personal tokens of the API."""

from __future__ import annotations

import datetime as dt
import hashlib

from webapp.models import ApiToken, Person
from webapp.operations.acting import Actor, Now
from webapp.operations.refusals import NotFound, NotNow
from webapp.operations.transaction import write
from webapp.queries.accounts import password_given
from workflows.events import TokenMade, TokenRevoked


def token_digest(plain: str) -> str:
    """What is stored of a token: SHA-256, enough for 256 random bits."""
    return hashlib.sha256(plain.encode()).hexdigest()


def add_token(person_id: int, plain: str, label: str, days: int | None, *, actor: Actor, now: Now) -> None:
    """Let ``plain`` be a token of a person, for so many days of wall time.

    Raises NotNow("password_given") while somebody else knows the password: nobody acts by a token then either.
    """
    with write(actor, now) as transaction:
        transaction.hold(Person, person_id)
        person = transaction.session.get_one(Person, person_id)
        if password_given(transaction.session, person):
            raise NotNow("password_given")
        transaction.session.add(
            ApiToken(
                person_id=person.id,
                digest=token_digest(plain),
                label=label[:120],
                created_at=now.wall,
                expires_at=now.wall + dt.timedelta(days=days) if days else None,
            )
        )
        transaction.log(f"person/{person.public_id}", TokenMade(person=person.public_id))


def revoke_token(token_id: int, *, actor: Actor, now: Now) -> None:
    """Make one of the actor's own tokens useless from now on."""
    with write(actor, now) as transaction:
        token = transaction.session.get(ApiToken, token_id)
        if token is None or token.person_id != actor.person_id:
            raise NotFound
        token.revoked_at = now.wall
        transaction.log(f"person/{actor.public_id}", TokenRevoked(person=actor.public_id))
