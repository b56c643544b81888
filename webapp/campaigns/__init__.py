"""Campaigns: what is planned, how it goes, by which rules."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages, and what stands beside the forms of its tasks."""
    from webapp.campaigns import rule_views  # noqa: F401 -- its pages belong to the same blueprint
    from webapp.campaigns.reviewing import exemplars_of_unit, targets_of_unit, work_left
    from webapp.campaigns.views import blueprint
    from webapp.ui.eligibility import finding_sentence
    from workflows.rules.indicators import told_share

    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        unit_targets=targets_of_unit,
        exemplars_of_unit=exemplars_of_unit,
        finding_sentence=finding_sentence,
        work_left=work_left,
    )
    app.jinja_env.filters["told_share"] = told_share
