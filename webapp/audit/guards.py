"""Looks once, when a process begins to serve, whether the database still guards the log."""

from __future__ import annotations

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from webapp.extensions import db
from webapp.queries.log_guards import broken_guards

LOOKED = "guards_looked_at"


def init_app(app: Flask) -> None:
    """Look before the first request; not in the factory, which also serves commands without a database."""
    app.extensions[LOOKED] = False
    app.before_request(look_once)


def look_once() -> None:
    """Warn loudly about triggers that are gone; the health page and `flask audit verify` name them as well."""
    if current_app.extensions[LOOKED]:
        return
    current_app.extensions[LOOKED] = True
    try:
        lost = sorted(broken_guards(db.session()))
    except SQLAlchemyError as fault:
        current_app.logger.error("the guards of the log cannot be looked at: %s", type(fault).__name__)
        db.session.rollback()
        return
    if lost:
        current_app.logger.critical(
            "THE LOG IS NOT GUARDED: %s missing. Events can be changed in the database without a refusal."
            " Find out who removed them, run `flask audit verify`, then restore them from a backup's schema.",
            ", ".join(lost),
        )
