"""Clusters and blocks: their lists, the score board of a year, the forms that are filled with points."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages, and what the forms with points ask for on the page of a task."""
    from webapp.clusters import criteria_views  # noqa: F401 -- its pages belong to the same blueprint
    from webapp.clusters.sheet import score_kind, score_sheet
    from webapp.clusters.views import blueprint

    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(score_sheet=score_sheet, score_kind=score_kind)
