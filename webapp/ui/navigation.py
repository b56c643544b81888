"""The places of the application, as far as the person signed in may see them."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from webapp.extensions import db
from webapp.queries.saved_views import start_view
from webapp.ui.access import may, standing
from webapp.ui.permissions import ADMIN, AUDITOR

PARTS = {
    "bulk": "inbox",
    "erasures": "awards",
    "inspections": "audit",
    **dict.fromkeys(("after", "amendments", "blanks", "certificates", "decisions", "prints"), "awards"),
}
"""Blueprints whose pages stand under another one's entry."""


@dataclass(frozen=True)
class Place:
    """An entry of the rail: the blueprint (or the one page of it) it stands for, its start page, who sees it."""

    blueprint: str
    endpoint: str
    label: LazyString
    short: LazyString
    icon: str
    permission: str = ""


PLACES = (
    Place("numbers.show_overview", "numbers.show_overview", _l("Overview"), _l("Overview"), "grid-1x2"),
    Place("inbox", "inbox.show_inbox", _l("Tasks"), _l("Work"), "inbox"),
    Place(
        "tracking",
        "tracking.show_tracking",
        _l("Dossiers"),
        _l("Dossiers"),
        "folder2-open",
        "see_nominations",
    ),
    Place("campaigns", "campaigns.list_campaigns", _l("Campaigns"), _l("Campaigns"), "flag", "see_campaigns"),
    Place(
        "clusters",
        "clusters.list_clusters",
        _l("Clusters and blocks"),
        _l("Clusters"),
        "diagram-3",
        "see_clusters",
    ),
    Place("council", "council.list_sessions", _l("Council"), _l("Council"), "people", "see_council"),
    Place(
        "awards",
        "awards.list_decisions",
        _l("Decisions and register"),
        _l("Decisions"),
        "award",
        "see_awards",
    ),
    Place("numbers", "numbers.show_numbers", _l("Numbers"), _l("Numbers"), "bar-chart", "see_numbers"),
    Place("audit", "audit.list_cases", _l("Inspection"), _l("Inspection"), "shield-check", "see_audit"),
    Place(
        "inspections",
        "inspections.list_inspections",
        _l("Inspections"),
        _l("Inspections"),
        "shield-check",
        "see_own_inspections",
    ),
    Place("admin", "admin.show_admin", _l("Administration"), _l("Admin"), "gear", "administer"),
)


WITHOUT_TASKS = {AUDITOR: "audit.list_cases", ADMIN: "admin.show_admin"}
"""Roles whose work begins on a page of its own, beside the tasks."""

AUDIT = WITHOUT_TASKS[AUDITOR]

ADVANCE = "demo.advance_clock"
TOUR = "demo.show_tour"
TAMPERING = "demo.try_tampering"
SEARCH = "tracking.show_search"
CAMPAIGN = "campaigns.show_campaign"
INTRODUCED = "public.list_introduced"
FOLLOW = "public.show_follow"
VERIFY_FILE = "public.show_verify_file"
VERIFY = "codes.show_verify"
FUND = "after.show_fund"
AWARDED = "awarded.list_awarded"
AWARDED_IN = "awarded.show_awarded"
INTRODUCTION = "public.show_introduced"


@dataclass(frozen=True)
class Entry:
    """A place as this page shows it."""

    place: Place
    url: str
    current: bool


def init_app(app: Flask) -> None:
    """Let templates ask for the places, the search and the page of a campaign."""
    app.jinja_env.globals.update(
        places=places,
        search_url=search_url,
        campaign_url=campaign_url,
        advance_url=advance_url,
        tour_url=tour_url,
        tampering_url=tampering_url,
        introduced_url=introduced_url,
        follow_url=follow_url,
        verify_file_url=verify_file_url,
        verify_url=verify_url,
        awarded_url=awarded_url,
        fund_url=fund_url,
    )


def places() -> list[Entry]:
    """Places open to the person signed in, in fixed order; empty for a visitor."""
    if not current_user.is_authenticated:
        return []
    shown = [place for place in PLACES if _open(place)]
    alone = request.endpoint in {place.blueprint for place in PLACES}
    here = request.endpoint if alone else _part(request.blueprint or "", {place.blueprint for place in shown})
    return [Entry(place, url_for(place.endpoint), place.blueprint == here) for place in shown]


def _open(place: Place) -> bool:
    """Whether somebody finds an entry; that of inspections stands under the one of the audit where they have it."""
    if place.endpoint not in current_app.view_functions:
        return False
    if place.blueprint == "inspections" and may("see_audit"):
        return False
    return not place.permission or may(place.permission)


def _part(blueprint: str, shown: Collection[str]) -> str:
    """The blueprint whose entry the pages of a blueprint stand under; its own where it has one."""
    return blueprint if blueprint in shown else PARTS.get(blueprint, blueprint)


def home() -> str:
    """Where the person signed in begins: at the view they chose, or at the place of the only role without tasks."""
    if view := start_view(db.session(), standing()):
        return view.url
    for role, endpoint in WITHOUT_TASKS.items():
        if {held.role for held in standing().roles} == {role} and endpoint in current_app.view_functions:
            return url_for(endpoint)
    inspects = standing().inspections and not standing().roles
    return url_for(AUDIT) if inspects and AUDIT in current_app.view_functions else "/"


def search_url() -> str:
    """Where the search at the top leads; empty for a visitor."""
    known = SEARCH in current_app.view_functions and current_user.is_authenticated
    return url_for(SEARCH) if known else ""


def campaign_url(code: str | None) -> str:
    """The page of a campaign by its code; empty for those who may not open such pages."""
    known = CAMPAIGN in current_app.view_functions and code and may("see_campaigns")
    return url_for(CAMPAIGN, code=code) if known else ""


def advance_url() -> str:
    """Where the button "go on to the next due date" of a demo posts to; only for somebody signed in."""
    known = ADVANCE in current_app.view_functions
    return url_for(ADVANCE) if known and current_user.is_authenticated else ""


def tour_url() -> str:
    """Where the tour of a demo is; empty outside a demo."""
    return url_for(TOUR) if TOUR in current_app.view_functions else ""


def tampering_url() -> str:
    """Where the record of the demo is falsified; empty outside of a demo."""
    return url_for(TAMPERING) if TAMPERING in current_app.view_functions else ""


def introduced_url(code: str = "") -> str:
    """The public page of an exemplar that is introduced, or without a code the list of them."""
    if INTRODUCED not in current_app.view_functions:
        return ""
    return url_for(INTRODUCTION, code=code) if code else url_for(INTRODUCED)


def fund_url() -> str:
    """Where the emulation fund is."""
    return url_for(FUND) if FUND in current_app.view_functions else ""


def awarded_url(campaign: str = "") -> str:
    """The public page of the awards of a campaign, or without a code the list of campaigns."""
    if AWARDED not in current_app.view_functions:
        return ""
    return url_for(AWARDED_IN, campaign=campaign) if campaign else url_for(AWARDED)


def follow_url() -> str:
    """Where a case is followed by its code."""
    return url_for(FOLLOW) if FOLLOW in current_app.view_functions else ""


def verify_file_url() -> str:
    """Where the signatures of a file are checked."""
    return url_for(VERIFY_FILE) if VERIFY_FILE in current_app.view_functions else ""


def verify_url() -> str:
    """Where a paper is checked by its code."""
    return url_for(VERIFY) if VERIFY in current_app.view_functions else ""
