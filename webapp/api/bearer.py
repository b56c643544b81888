"""Bearer tokens: the only thing that opens the API."""

from __future__ import annotations

from flask import Flask, Request, abort, g, request
from flask_login import current_user
from sqlalchemy import or_, select

from webapp.extensions import db, login_manager
from webapp.models import ApiToken, Person
from webapp.operations.tokens import token_digest
from webapp.ui.clock import wall_now

PREFIX = "Bearer "


def init_app(_app: Flask) -> None:
    """Let Flask-Login find the person of a token when there is no session."""
    login_manager.request_loader(load_bearer)


def load_bearer(incoming: Request) -> Person | None:
    """The active person of the token in the header of an API request."""
    header = incoming.headers.get("Authorization", "")
    if not incoming.path.startswith("/api/") or not header.startswith(PREFIX):
        return None
    now = wall_now()
    token = db.session.scalar(
        select(ApiToken).where(
            ApiToken.digest == token_digest(header.removeprefix(PREFIX).strip()),
            ApiToken.revoked_at.is_(None),
            or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now),
        )
    )
    if token is None or not token.person.is_active:
        return None
    g.bearer = token.person_id
    return token.person


def require_token() -> None:
    """Refuse a request that only a cookie vouches for."""
    load_bearer(request)
    if g.get("bearer") is None or g.bearer != current_user.id:
        abort(401)
