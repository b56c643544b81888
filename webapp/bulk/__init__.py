"""Acts on many tasks at once: the check page, the progress, what came of it, and undoing it."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages."""
    from webapp.bulk.views import blueprint

    app.register_blueprint(blueprint)
