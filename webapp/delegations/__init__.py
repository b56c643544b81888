"""Delegations and absences: who acts for whom, and who is away."""

from flask import Flask

from webapp.delegations.views import blueprint


def register(app: Flask) -> None:
    """Add the pages."""
    app.register_blueprint(blueprint)
