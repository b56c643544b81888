"""Award decisions and the register of commendations."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages."""
    from webapp.awards.blank_views import blueprint as blanks
    from webapp.awards.print_views import blueprint as prints
    from webapp.awards.views import blueprint

    app.register_blueprint(blueprint)
    app.register_blueprint(blanks)
    app.register_blueprint(prints)
