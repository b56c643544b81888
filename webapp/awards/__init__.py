"""Award decisions and the register of commendations."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages, and what stands beside the tasks of a decision."""
    from webapp.awards.blank_views import blueprint as blanks
    from webapp.awards.check_words import checks_of
    from webapp.awards.decision_views import blueprint as decisions
    from webapp.awards.drafting import standard_texts_of
    from webapp.awards.views import blueprint

    app.register_blueprint(blueprint)
    app.register_blueprint(blanks)
    app.register_blueprint(decisions)
    app.jinja_env.globals.update(checks_of=checks_of, standard_texts_of=standard_texts_of)
