"""How a case is called, and where its page is."""

from flask import Flask, current_app, url_for
from flask_babel import gettext as _

from webapp.i18n import content

PAGES = {
    "campaign": "campaigns.show_case",
    "response": "campaigns.show_case",
    "registration": "tracking.show_registration",
    "registration_change": "tracking.show_change",
    "registration_list": "tracking.show_list",
    "exemplar": "tracking.show_exemplar",
    "replication": "tracking.show_replication",
    "nomination": "tracking.show_nomination",
    "extraordinary": "tracking.show_nomination",
    "submission": "tracking.show_submission",
    "council_vote": "council.show_session",
    "award_issuance": "awards.show_decision",
    "award_correction": "amendments.show_amendment",
    "award_revocation": "amendments.show_amendment",
    "cluster_scoring": "clusters.show_case",
    "finding": "inspections.show_finding",
}


def init_app(app: Flask) -> None:
    """Give templates `case_name` and `case_url`."""
    app.jinja_env.globals.update(case_name=case_name, case_url=case_url)


def case_name(process: str, title: str) -> str:
    """What people call a case of a root process, by default its title; campaigns and units are content."""
    match process:
        case "council_vote":
            return _("Session no. %(number)s", number=title)
        case "submission":
            return _("Submission of %(unit)s", unit=content(title))
        case "registration_change":
            return _("Change of the registration of %(name)s", name=title)
        case "registration_list":
            return _("Aggregated list of %(unit)s", unit=content(title))
        case "finding":
            return _("Finding about %(code)s", code=title)
        case "campaign" | "response":
            return content(title)
    return title


def case_url(process: str, code: str) -> str:
    """The page of a case by its code; empty when its place is not part of this installation."""
    endpoint = PAGES.get(process, "")
    return url_for(endpoint, code=code) if endpoint in current_app.view_functions else ""
