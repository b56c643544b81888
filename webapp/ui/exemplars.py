"""Exemplars in words, and where a unit says that it applies one, or nominates one."""

from dataclasses import dataclass, replace

from flask import current_app, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from webapp.extensions import db
from webapp.models import NOMINATIONS
from webapp.operations.starts import may_start
from webapp.queries.case_page import CasePage
from webapp.queries.exemplar_nominations import can_be_nominated
from webapp.queries.introductions import IntroductionPage
from webapp.ui.access import standing

START = "inbox.show_start"

EXEMPLAR_KINDS: dict[str, LazyString] = {
    "model": _l("Model, way of working"),
    "collective": _l("Collective"),
    "household": _l("Household"),
    "individual": _l("Individual"),
}
"""Kinds of exemplar by their code on the form of the proposal."""


@dataclass(frozen=True)
class ShownPicture:
    """A picture of a story: to be seen on the page, and larger; its size in pixels where it is known."""

    url: str
    large: str
    description: str
    width: int = 0
    height: int = 0


def apply_url(page: IntroductionPage) -> str:
    """Where somebody records that their unit applies an exemplar; empty for who may not, and for its own unit."""
    if START not in current_app.view_functions or not current_user.is_authenticated:
        return ""
    others = tuple(held for held in standing().roles if held.unit_code != page.unit_code)
    if not may_start(replace(standing(), roles=others), "replication", page.organiser_code):
        return ""
    return url_for(START, code=page.campaign, process="replication", exemplar=page.code)


def nominate_urls(page: CasePage) -> dict[str, str]:
    """Where an exemplar is nominated, by process: in an award round that is open, or for an extraordinary merit."""
    case = page.case
    if START not in current_app.view_functions:
        return {}
    return {
        process: url_for(START, code=page.campaign_code, process=process, exemplar=case.code)
        for process in NOMINATIONS
        if may_start(standing(), process, case.organiser.code)
        and can_be_nominated(db.session(), case.id, process)
    }
