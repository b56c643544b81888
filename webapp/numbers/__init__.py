"""Numbers: the overview of each role, and the reports."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages."""
    from webapp.numbers.views import blueprint

    app.register_blueprint(blueprint)
