"""Signing in and out, the reader's language, the own account."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages and tell Flask-Login how a session becomes a person."""
    # Imported here, so that who only checks a password does not load the pages.
    from webapp.auth import loading
    from webapp.auth.views import blueprint

    app.register_blueprint(blueprint)
    loading.init_app(app)
