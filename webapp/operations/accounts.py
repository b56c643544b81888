"""Passwords and sessions of accounts, and accounts closed and reopened."""

from __future__ import annotations

from sqlalchemy import select

from webapp import eventlog
from webapp.extensions import db
from webapp.models import ApiToken, EndedSession, Person
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import account_in_reach
from webapp.operations.handovers import NewHandover, hand_over_in
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.stranded import give_back_stranded
from webapp.operations.transaction import Transaction, write
from webapp.passwords import check_password, hash_password
from webapp.queries.ownership import in_hand
from workflows.events import (
    AccountClosed,
    AccountReopened,
    EmailChanged,
    PasswordSet,
    SignedOut,
    TokenRevoked,
)
from workflows.forms import Fault


def set_password(person_id: str, password: str, *, actor: Actor, now: Now) -> None:
    """Set the password of somebody else, which ends their sessions and their tokens.

    Raises ValueError outside 1 to 200 characters, NotFound, Forbidden, NotNow("own_account").
    """
    hashed = hash_password(password)
    with write(actor, now) as transaction:
        person = _others_account(transaction, person_id)
        person.password_hash = hashed
        transaction.log(f"person/{person_id}", PasswordSet(person=person_id))
        _revoke_tokens(transaction, person)


def change_password(current: str, password: str, *, actor: Actor, now: Now) -> None:
    """Set the actor's own password, which ends their other sessions.

    Both hashes are made before the lock, which others wait for. Raises InvalidForm when ``current`` is not right,
    ValueError outside 1 to 200 characters.
    """
    stored = db.session().get_one(Person, actor.person_id).password_hash
    right = check_password(current, stored)
    hashed = hash_password(password)
    with write(actor, now) as transaction:
        transaction.hold(Person, actor.person_id)
        person = transaction.session.get_one(Person, actor.person_id, populate_existing=True)
        if not right or person.password_hash != stored:
            raise InvalidForm([Fault("/current_password", "wrong_password")])
        person.password_hash = hashed
        transaction.log(f"person/{person.public_id}", PasswordSet(person=person.public_id))


def end_session(digest: str, *, actor: Actor, now: Now) -> None:
    """Let the browser's session whose id has this digest open nothing any more; ended already, nothing changes."""
    with write(actor, now) as transaction:
        if transaction.session.get(EndedSession, digest) is None:
            transaction.session.add(EndedSession(digest=digest, ended_at=now.wall))
            transaction.log(eventlog.access_stream(transaction.day), SignedOut(person=actor.public_id))


def close_account(person_id: str, handover: NewHandover | None = None, *, actor: Actor, now: Now) -> None:
    """Let nobody sign in to an account any more, and give back the tasks it holds; closed already, nothing changes.

    What is handed over goes first. Raises InvalidForm while anything would be left without an owner, NotFound,
    Forbidden, NotNow("own_account").
    """
    with write(actor, now) as transaction:
        if handover:
            hand_over_in(transaction, handover)
        person = _others_account(transaction, person_id)
        if person.active:
            if in_hand(transaction.session, person.id, transaction.day).left:
                raise InvalidForm([Fault("/taker", "successor_needed")])
            person.active = False
            transaction.log(f"person/{person_id}", AccountClosed(person=person_id))
            _revoke_tokens(transaction, person)
    give_back_stranded(actor=actor, now=now)


def reopen_account(person_id: str, password: str, *, actor: Actor, now: Now) -> None:
    """Let a closed account be used again, with a new password: with the old one its old sessions would go on.

    Raises ValueError outside 1 to 200 characters, NotFound, Forbidden, NotNow("own_account"), NotNow("not_closed").
    """
    hashed = hash_password(password)
    with write(actor, now) as transaction:
        person = _others_account(transaction, person_id)
        if person.active:
            raise NotNow("not_closed")
        person.active, person.password_hash = True, hashed
        transaction.log(f"person/{person_id}", AccountReopened(person=person_id))
        transaction.log(f"person/{person_id}", PasswordSet(person=person_id))


def change_email(person_id: str, email: str | None, *, actor: Actor, now: Now) -> None:
    """Set or take away the e-mail address of a person; the same again changes nothing. Raises NotFound, Forbidden.

    It is part of the account: what a person is told would go to somebody else.
    """
    with write(actor, now) as transaction:
        person = account_in_reach(transaction, person_id)
        if (person.email or None) == (email or None):
            return
        before, person.email = person.email, email or None
        changed = EmailChanged(person=person_id)
        transaction.log(f"person/{person_id}", changed, private={"email": person.email, "before": before})


def _revoke_tokens(transaction: Transaction, person: Person) -> None:
    """Whatever opened the account before opens it no more."""
    living = select(ApiToken).where(ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None))
    for token in transaction.session.scalars(living):
        token.revoked_at = transaction.now.wall
        transaction.log(f"person/{person.public_id}", TokenRevoked(person=person.public_id))


def _others_account(transaction: Transaction, person_id: str) -> Person:
    if person_id == transaction.actor.public_id:
        raise NotNow("own_account")
    person = account_in_reach(transaction, person_id)
    if person.username is None:
        raise NotNow("no_account")
    return person
