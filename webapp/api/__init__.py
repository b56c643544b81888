"""The JSON API under ``/api/v1``: the same operations and permissions as the pages."""

from flask import Flask

from webapp.extensions import csrf


def register(app: Flask) -> None:
    """Add the API and its description at ``/api/v1/openapi.json``."""
    from webapp.api import bearer, problems
    from webapp.api.description import SETTINGS, describe
    from webapp.api.views import BLUEPRINTS

    app.config.update(SETTINGS)
    bearer.init_app(app)
    api = describe(app)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
        csrf.exempt(blueprint)  # no cookie opens the API, so no other site can ride on one
    problems.init_app(app)
