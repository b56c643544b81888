"""The exchange on a case on its pages: what was written, by whom it can be read, who can be mentioned."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import Flask, current_app, request
from sqlalchemy import select

from webapp.extensions import db
from webapp.models import Case
from webapp.operations.remarks import LIMIT
from webapp.queries.remarks import Exchange, exchange_on
from webapp.ui.access import standing
from webapp.ui.clock import today

WRITES = "inbox.write_remark"


@dataclass(frozen=True)
class ShownExchange:
    """The exchange with what its form needs: a key under which the form counts once, and where it leads back to."""

    exchange: Exchange
    key: str
    back: str
    limit: int = LIMIT


def init_app(app: Flask) -> None:
    """Give templates `exchange_of`."""
    app.jinja_env.globals.update(exchange_of=exchange_of)


def exchange_of(code: str) -> ShownExchange | None:
    """The exchange on a case for the person signed in; None where they have no part in it."""
    if WRITES not in current_app.view_functions:
        return None
    case = db.session.scalar(select(Case).where(Case.code == code))
    found = exchange_on(db.session(), standing(), case, today()) if case else None
    back = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return ShownExchange(found, secrets.token_urlsafe(12), back) if found else None
