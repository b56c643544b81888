"""Inspection: cases and events of the units audited, replay on the diagram, commands of proof."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages, the commands, and the look at the log's guards when the application begins to serve."""
    from webapp.audit import bundling, exporting, mining_pages  # noqa: F401 -- its pages belong to the same blueprint
    from webapp.audit.cli import audit
    from webapp.audit.flag_command import flags
    from webapp.audit.guards import init_app
    from webapp.audit.views import blueprint

    exporting.init_app()
    bundling.init_app()
    app.register_blueprint(blueprint)
    audit.add_command(flags)
    app.cli.add_command(audit)
    init_app(app)
