"""``/api/v1/nominations``: list, read, create."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from webapp.api import nomination_shapes as shapes
from webapp.api.cases import case_or_404, open_once
from webapp.api.description import Part
from webapp.api.shapes import KeyHeader, Opened, paged
from webapp.extensions import db
from webapp.models import NOMINATIONS, Case
from webapp.operations.refusals import InvalidForm
from webapp.queries import tracking, tracking_filters
from webapp.queries.campaigns import campaign_of
from webapp.queries.case_page import case_tasks
from webapp.queries.nominations import NominationPage, nomination_page
from webapp.ui.access import permission, signed_in, standing
from webapp.ui.clock import business_now
from workflows.forms import Fault

part = Part("nominations", "/nominations", "Nominations, as far as the owner of the token may know of them.")


@part.get("")
@permission("see_nominations")
@part.arguments(shapes.NominationFilter, location="query")
@part.response(200, shapes.NominationList)
def list_nominations(wanted: dict[str, Any]) -> dict[str, Any]:
    """Nominations wherever they stand."""
    session, now, page = db.session(), business_now(), wanted.pop("page")
    sort = wanted.pop("sort")
    order = tracking.Order(sort.removeprefix("-"), sort.startswith("-"))
    asked = tracking_filters.Wanted(kinds=tuple(wanted.pop("kind")), **wanted)
    rows = tracking.tracking_rows(session, standing(), asked, now, order, page)
    total = tracking.count_nominations(session, standing(), asked, now)
    return paged([_line(row) for row in rows], total, page, tracking.PAGE_SIZE)


@part.get("/<code>")
@signed_in
@part.response(200, shapes.NominationShape)
def show_nomination(code: str) -> dict[str, Any]:
    """One nomination: whom and what it is about, where it stands, what it went through."""
    case = case_or_404(code, *NOMINATIONS)
    return _whole(case, nomination_page(db.session(), case.id))


@part.post("")
@permission("enter_nomination")
@part.arguments(KeyHeader, location="headers")
@part.arguments(shapes.NewNomination)
@part.response(201, Opened)
def create_nomination(headers: dict[str, str], data: dict[str, Any]) -> Mapping[str, Any]:
    """Open a nomination: the start form with the code of the campaign."""
    campaign = data.pop("campaign")
    if campaign_of(db.session(), standing(), campaign) is None:
        raise InvalidForm([Fault("/campaign", "not_a_choice")])
    return open_once(headers["key"], "nomination", campaign, data)


def _line(row: tracking.NominationRow) -> dict[str, Any]:
    named = {
        "unit": {"code": row.unit_code, "name": row.unit},
        "campaign": {"code": row.campaign_code, "name": row.campaign},
        "strand": {"code": row.strand_code, "name": row.strand},
    }
    return {**row.__dict__, **named}


def _whole(case: Case, page: NominationPage) -> dict[str, Any]:
    tasks = case_tasks(db.session(), standing(), case.id)
    columns = ("code", "state", "stage", "outcome", "opened_at", "ended_at")
    return {
        **asdict(page.facts),
        **{name: getattr(case, name) for name in columns},
        "since": case.stage_since,
        "unit": {"code": case.unit.code, "name": case.unit.name},
        "tasks": [task for task in tasks if task.status == "open"],
        "batches": page.batches,
        "sessions": page.sittings,
        "awards": page.awards,
    }
