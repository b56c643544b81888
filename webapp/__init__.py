"""The web application: pages, API, database and background work around the procedure in `workflows`."""

from importlib import import_module
from importlib.util import find_spec

from flask import Flask

from webapp.config import Settings, flask_config
from webapp.extensions import babel, csrf, db, limiter, login_manager, migrate

BLUEPRINTS = (
    "webapp.auth",
    "webapp.inbox",
    "webapp.tracking",
    "webapp.council",
    "webapp.awards",
    "webapp.audit",
    "webapp.campaigns",
    "webapp.admin",
    "webapp.public",
    "webapp.api",
)


def create_app(settings: Settings) -> Flask:
    """A complete application for the given settings. Makes the data folder and its secret where missing."""
    app = Flask(__name__)
    app.config.update(flask_config(settings))
    _bind_extensions(app)
    for name in BLUEPRINTS:
        if find_spec(name) is not None:
            import_module(name).register(app)
    return app


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db)
    login_manager.init_app(app)
    csrf.init_app(app)
    babel.init_app(app)
    limiter.init_app(app)
