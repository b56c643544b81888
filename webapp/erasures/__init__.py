"""Personal data of cases erased by law: proposed, decided, on record."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages, and what the page of a case says of an erasure."""
    from webapp.erasures.showing import erasure_of, may_be_erased
    from webapp.erasures.views import blueprint

    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(erasure_of=erasure_of, may_be_erased=may_be_erased)
