"""The JSON API under ``/api/v1``: the same operations and permissions as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from webapp.extensions import csrf

if TYPE_CHECKING:
    from webapp.api.description import Part


def register(app: Flask) -> None:
    """Add the API and its description at ``/api/v1/openapi.json``."""
    from webapp.api import bearer, problems
    from webapp.api.description import SETTINGS, describe

    app.config.update(SETTINGS)
    bearer.init_app(app)
    api = describe(app)
    for part in _parts():
        api.register_blueprint(part)
        csrf.exempt(part)  # no cookie opens the API, so no other site can ride on one
    problems.init_app(app)


def _parts() -> list[Part]:
    """The parts in the order of the description."""
    from webapp.api import (
        account,
        awards,
        ballots,
        campaigns,
        clusters,
        council_sessions,
        councils,
        instances,
        nominations,
        papers,
        session_readings,
        tasks,
    )

    work = (account, tasks, campaigns, nominations, instances, papers)
    council = (councils, council_sessions, session_readings, ballots)
    return [module.part for module in (*work, *council, clusters, awards)]
