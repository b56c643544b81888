"""The JSON API under ``/api/v1``: the same operations and permissions as the pages."""

from types import ModuleType

from flask import Flask

from webapp.extensions import csrf


def register(app: Flask) -> None:
    """Add the API and its description at ``/api/v1/openapi.json``."""
    from webapp.api import bearer, problems
    from webapp.api.description import SETTINGS, describe

    app.config.update(SETTINGS)
    bearer.init_app(app)
    api = describe(app)
    for module in _parts():
        api.register_blueprint(module.part)
        csrf.exempt(module.part)  # no cookie opens the API, so no other site can ride on one
    problems.init_app(app)


def _parts() -> tuple[ModuleType, ...]:
    """The parts in the order of the description."""
    from webapp.api import (
        account,
        awards,
        ballots,
        campaigns,
        clusters,
        council_sessions,
        councils,
        imports,
        instances,
        nominations,
        papers,
        registrations,
        reviews,
        rule_sets,
        session_readings,
        tasks,
    )

    return (
        account,
        tasks,
        reviews,
        campaigns,
        registrations,
        imports,
        nominations,
        instances,
        papers,
        councils,
        council_sessions,
        session_readings,
        ballots,
        clusters,
        rule_sets,
        awards,
    )
