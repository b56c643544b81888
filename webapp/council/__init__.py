"""The council: its sessions, the ballot sheet, and the pages of its tasks."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages, and what the council's parts of the page of a task ask for."""
    from webapp.council import papers  # noqa: F401 -- its pages belong to the same blueprint
    from webapp.council.agenda import offered_groups
    from webapp.council.ballots import sheet_for
    from webapp.council.outcomes import choice_name
    from webapp.council.reading_views import blueprint
    from webapp.council.showing import second_ballot_of, terms_of
    from webapp.council.voting_views import blueprint as voting
    from webapp.ui.seats import seat_name

    app.register_blueprint(blueprint)
    app.register_blueprint(voting)
    app.jinja_env.globals.update(
        offered_groups=offered_groups,
        ballot_sheet=sheet_for,
        choice_name=choice_name,
        council_seat=seat_name,
        session_terms=terms_of,
        second_ballot=second_ballot_of,
    )
