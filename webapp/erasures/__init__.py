"""Personal data of cases erased by law: proposed, decided, on record."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages and commands, and what the page of a case says of an erasure."""
    from webapp.erasures.cli import erasure
    from webapp.erasures.showing import erasure_of, may_be_erased
    from webapp.erasures.views import blueprint

    app.register_blueprint(blueprint)
    app.cli.add_command(erasure)
    app.jinja_env.globals.update(erasure_of=erasure_of, may_be_erased=may_be_erased)
