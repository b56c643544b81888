"""Signing in and out, the reader's language, the own account."""

from flask import Flask

from webapp.auth import loading
from webapp.auth.views import blueprint


def register(app: Flask) -> None:
    """Add the pages and tell Flask-Login how a session becomes a person."""
    app.register_blueprint(blueprint)
    loading.init_app(app)
