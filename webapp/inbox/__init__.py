"""Tasks: the inbox, the page of a task, forms that open a case, papers."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages."""
    from webapp.inbox import remarks  # noqa: F401 -- its acts belong to the same blueprint
    from webapp.inbox.views import blueprint

    app.register_blueprint(blueprint)
