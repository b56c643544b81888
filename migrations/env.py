"""Runs migrations on the application's own engine."""

from alembic import context
from flask import current_app

import webapp.eventlog
import webapp.models
from webapp.extensions import db

assert webapp.eventlog


def run() -> None:
    """Migrate online; there is no offline mode, because the log's guards need the real database."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=current_app.extensions["migrate"].db.metadata,
            transaction_per_migration=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
