"""Award decisions and the register of commendations."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages, and what their parts of the page of a task ask for."""
    from webapp.awards.after_views import blueprint as after
    from webapp.awards.amendment_views import blueprint as amendments
    from webapp.awards.blank_views import blueprint as blanks
    from webapp.awards.certificate_views import blueprint as certificates
    from webapp.awards.check_words import checks_of
    from webapp.awards.comparing import needed, shown_comparison
    from webapp.awards.decision_views import blueprint as decisions
    from webapp.awards.drafting import standard_texts_of, texts_of
    from webapp.awards.final_texts import STATES as TEXT_STATES
    from webapp.awards.print_views import blueprint as prints
    from webapp.awards.views import blueprint
    from webapp.ui.comparison_sentences import difference_text, read_text
    from webapp.ui.signature_sentences import lines, verdict

    app.register_blueprint(blueprint)
    app.register_blueprint(blanks)
    app.register_blueprint(decisions)
    app.register_blueprint(certificates)
    app.register_blueprint(amendments)
    app.register_blueprint(after)
    app.jinja_env.globals.update(
        checks_of=checks_of,
        standard_texts_of=standard_texts_of,
        texts_of=texts_of,
        text_states=TEXT_STATES,
        signed_file=shown_comparison,
        needed=needed,
        difference_text=difference_text,
        read_text=read_text,
        signature_verdict=verdict,
        signature_lines=lines,
    )
    app.register_blueprint(prints)
