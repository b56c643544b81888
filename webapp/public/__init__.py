"""Pages that need no account."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages."""
    from webapp.public.views import blueprint

    app.register_blueprint(blueprint)
