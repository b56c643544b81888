"""Where everything stands: nominations, registrations, submission batches, search, notices."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages."""
    from webapp.tracking.views import blueprint

    app.register_blueprint(blueprint)
