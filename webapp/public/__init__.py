"""Pages that need no account."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages."""
    from webapp.public.awarded_views import blueprint as awarded
    from webapp.public.code_views import blueprint as codes
    from webapp.public.views import blueprint

    app.register_blueprint(blueprint)
    app.register_blueprint(codes)
    app.register_blueprint(awarded)
