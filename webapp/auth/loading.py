"""From session to person and back: a session is renewed at sign-in and ends when the password changes."""

import hashlib
import hmac
import secrets

from flask import Flask, current_app, redirect, request, session, url_for
from flask_login import current_user, login_user, logout_user
from sqlalchemy import exists, select
from werkzeug.wrappers import Response

from webapp.extensions import db, login_manager
from webapp.models import EndedSession, Person
from webapp.operations import accounts
from webapp.operations.access import record_access
from webapp.operations.acting import SYSTEM, Actor
from webapp.queries.accounts import password_given, uses_shortcuts
from webapp.ui import kept_forms
from webapp.ui.clock import request_now
from workflows.events import SignedIn, SignInFailed

CARRIED_OVER = ("language", kept_forms.NAME)
MARK = "password_mark"
GIVEN = "password_given"
OPEN_TO_ALL = frozenset({"auth", "public"})
"""What may be opened with a password that somebody else set: the own account, and what needs none."""


def init_app(app: Flask) -> None:
    """Register how Flask-Login finds the person of a session."""
    login_manager.session_protection = (
        None  # the mark below and SameSite do its work; phones change addresses
    )
    login_manager.user_loader(load_person)
    app.before_request(ask_for_own_password)


def load_person(person_id: str) -> Person | None:
    """The active person of this session.

    None when the account is closed, its password has changed or somebody has signed out; then nothing of the session
    stays, so that a copy of its cookie is not renewed either.
    """
    person = _person(int(person_id)) if person_id.isdigit() else None
    if person is not None and hmac.compare_digest(str(session.get(MARK, "")), password_mark(person)):
        return person
    session.clear()
    return None


def _person(person_id: int) -> Person | None:
    ended = exists().where(EndedSession.digest == _session_digest())
    return db.session.scalar(select(Person).where(Person.id == person_id, Person.active.is_(True), ~ended))


def start_session(person: Person) -> None:
    """Sign a person in with a new session; what was in the old one is gone but for language and kept form."""
    record_access(SignedIn(person=person.public_id), actor=Actor.of(person), now=request_now())
    carried = {name: session[name] for name in CARRIED_OVER if name in session}
    session.clear()
    session.update(carried, id=secrets.token_urlsafe(16), shortcuts=uses_shortcuts(db.session(), person.id))
    session[MARK] = password_mark(person)
    session.permanent = True
    login_user(person)


def note_given_password(person: Person) -> None:
    """Remember for this session whether somebody else set the password: nobody acts or signs with that one."""
    if password_given(db.session(), person):
        session[GIVEN] = True


def has_given_password() -> bool:
    """True when an own password must be chosen before anything else."""
    return bool(session.get(GIVEN))


def ask_for_own_password() -> Response | None:
    """Lead to the own account until an own password is chosen."""
    if not has_given_password() or request.endpoint in (None, "static") or request.blueprint in OPEN_TO_ALL:
        return None
    return redirect(url_for("auth.show_account"))


def renew_session(person: Person) -> None:
    """Stay signed in here after the own password has changed; every other session has ended."""
    session.pop(GIVEN, None)
    session[MARK] = password_mark(person)


def record_failure(username: str) -> None:
    """Note a failed sign-in; the name only as a keyed digest, since people type passwords there by mistake."""
    record_access(SignInFailed(username_digest=_digest(username)), actor=SYSTEM, now=request_now())


def end_session() -> None:
    """Sign out, also for copies of the cookie: nothing stays but the language."""
    kept_forms.drop_form()
    if current_user.is_authenticated:
        accounts.end_session(_session_digest(), actor=Actor.of(current_user), now=request_now())
    carried = {name: session[name] for name in ("language",) if name in session}
    logout_user()
    session.clear()
    session.update(carried)


def _session_digest() -> str:
    return hashlib.sha256(str(session.get("id", "")).encode()).hexdigest()


def password_mark(person: Person) -> str:
    """A keyed digest of the stored password hash: changes with it and tells nothing about it."""
    return _digest(person.password_hash or "")


def _digest(text: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]
