"""Inspections (cuộc kiểm tra): their decision and members, notes, findings and what is answered, minutes."""

from flask import Flask

from webapp.inspections.views import blueprint


def register(app: Flask) -> None:
    """Add the pages."""
    app.register_blueprint(blueprint)
