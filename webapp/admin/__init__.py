"""Administration of a unit: people, units, procedures, promised work; and everybody's own tokens."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages."""
    from webapp.admin import cluster_views  # noqa: F401 -- its pages belong to the same blueprint
    from webapp.admin.views import blueprint

    app.register_blueprint(blueprint)
