"""Campaigns: what is planned, how it goes, by which rules."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages."""
    from webapp.campaigns import rule_views  # noqa: F401 -- its pages belong to the same blueprint
    from webapp.campaigns.views import blueprint

    app.register_blueprint(blueprint)
