"""The web application: pages, API, database and background work around the procedure in `workflows`."""

from importlib import import_module
from importlib.util import find_spec

from click import get_current_context
from flask import Flask

from webapp import database  # noqa: F401 -- its listeners open every connection
from webapp.config import Settings, flask_config
from webapp.extensions import csrf, db, limiter, login_manager

# The guard of `access` is registered before that of CSRF: a stranger is asked to sign in first.
SHELL = (
    "webapp.i18n",
    "webapp.security",
    "webapp.ui.access",
    "webapp.ui.case_states",
    "webapp.ui.cases",
    "webapp.ui.clock",
    "webapp.ui.delegation_words",
    "webapp.ui.exchange",
    "webapp.ui.formats",
    "webapp.ui.inspecting",
    "webapp.ui.kept_forms",
    "webapp.ui.mails",
    "webapp.ui.navigation",
    "webapp.ui.notices",
    "webapp.ui.roles",
    "webapp.ui.same_hands",
    "webapp.ui.saved_views",
    "webapp.ui.undoing",
    "webapp.errors",
    "webapp.cli",
    "webapp.document_cli",
    "webapp.code_cli",
    "webapp.demo",
)
BLUEPRINTS = (
    "webapp.auth",
    "webapp.bulk",
    "webapp.inbox",
    "webapp.tracking",
    "webapp.council",
    "webapp.awards",
    "webapp.erasures",
    "webapp.numbers",
    "webapp.audit",
    "webapp.inspections",
    "webapp.campaigns",
    "webapp.clusters",
    "webapp.admin",
    "webapp.delegations",
    "webapp.public",
    "webapp.api",
)


def create_app(settings: Settings) -> Flask:
    """A complete application for the given settings. Makes the data folder and its secret where missing."""
    app = Flask(__name__)
    app.config.update(flask_config(settings))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    db.init_app(app)
    if settings.testing or get_current_context(silent=True):
        _let_migrate(app)
    login_manager.init_app(app)
    for name in SHELL:
        import_module(name).init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    for name in BLUEPRINTS:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            import_module(name).register(app)
    return app


def _let_migrate(app: Flask) -> None:
    """Whoever serves pages never migrates, and loading alembic takes a twelfth of the start."""
    from flask_migrate import Migrate

    Migrate(app, db)
