"""Administration of a unit: people, units, procedures, promised work; and everybody's own tokens."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages."""
    from webapp.admin import (  # noqa: F401 -- their pages belong to the same blueprint
        cluster_views,
        handing_views,
        people_import_views,
        signing_views,
        unit_views,
    )
    from webapp.admin.views import blueprint

    app.register_blueprint(blueprint)
