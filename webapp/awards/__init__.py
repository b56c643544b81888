"""Award decisions and the register of commendations."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages."""
    from webapp.awards.amendment_views import blueprint as amendments
    from webapp.awards.blank_views import blueprint as blanks
    from webapp.awards.certificate_views import blueprint as certificates
    from webapp.awards.views import blueprint

    app.register_blueprint(blueprint)
    app.register_blueprint(blanks)
    app.register_blueprint(certificates)
    app.register_blueprint(amendments)
