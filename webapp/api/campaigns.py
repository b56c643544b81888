"""``/api/v1/campaigns``: list, read, open a case in one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapp.api import campaign_shapes as shapes
from webapp.api.cases import open_once
from webapp.api.description import Part
from webapp.api.papers import FILE, taken_in
from webapp.api.shapes import FormData, KeyHeader, Opened, paged
from webapp.api.task_shapes import PaperShape, PaperUpload
from webapp.extensions import db
from webapp.models import Campaign
from webapp.operations.papers import Upload
from webapp.operations.refusals import Forbidden, NotFound
from webapp.operations.start_papers import add_start_paper
from webapp.operations.starts import STARTERS, may_start
from webapp.queries import campaigns
from webapp.queries.plans import plan_of
from webapp.queries.quota_boards import quota_board_of
from webapp.queries.round_boards import CeilingUse, RoundBoard, round_boards
from webapp.queries.start_page import start_page
from webapp.ui.access import permission, signed_in, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.choice_texts import spoken
from webapp.ui.clock import today
from workflows.forms import with_choices
from workflows.plan_rounds import AwardRound

part = Part("campaigns", "/campaigns", "Campaigns, as far as the owner of the token may know of them.")


@part.get("")
@permission("see_campaigns")
@part.arguments(shapes.CampaignFilter, location="query")
@part.response(200, shapes.CampaignList)
def list_campaigns(wanted: dict[str, Any]) -> dict[str, Any]:
    """Campaigns; those under way or to come stand first."""
    q, state, page = wanted["q"], wanted["state"], wanted["page"]
    counts = campaigns.campaign_counts(db.session(), standing(), q)
    total = counts.get(state, 0) if state else sum(counts.values())
    rows = campaigns.campaign_rows(db.session(), standing(), q, state, page)
    return paged(rows, total, page, campaigns.PAGE_SIZE)


@part.get("/<code>")
@permission("see_campaigns")
@part.response(200, shapes.CampaignShape)
def show_campaign(code: str) -> dict[str, Any]:
    """A campaign: its strands, its award rounds with the use of their ceilings, the units it is addressed to."""
    campaign = campaign_or_404(code)
    plan = plan_of(db.session(), campaign)
    boards = {board.code: board for board in round_boards(db.session(), campaign, plan)}
    own = ("code", "title", "starts_on", "ends_on", "registration", "registration_closes")
    return {
        **{name: getattr(campaign, name) for name in own},
        "unit": campaign.unit,
        "state": campaign.case.state if campaign.case else None,
        "instance": campaign.case.code if campaign.case else None,
        "kind": plan.campaign_kind,
        "chain": plan.chain,
        "awards": [ref.award for ref in plan.awards],
        "strands": [
            {"code": each.code, "name": each.name, "kinds": sorted(each.kinds)} for each in plan.strands
        ],
        "rounds": [_round(each, boards[each.code]) for each in plan.rounds],
        "units": campaigns.answers(db.session(), campaign, today()),
    }


@part.get("/<code>/rounds/<round_code>/quotas")
@permission("see_campaigns")
@part.response(200, shapes.QuotaShape)
def show_quotas(code: str, round_code: str) -> dict[str, Any]:
    """The quota board of a round: strand by kind, from proposed to left, and what the conditions found."""
    campaign = campaign_or_404(code)
    plan = plan_of(db.session(), campaign)
    if round_code not in {each.code for each in plan.rounds}:
        raise NotFound
    board = quota_board_of(db.session(), campaign, plan, round_code, today())
    if board is None:
        raise NotFound
    conditions = [
        {"code": line.condition.code, "name": line.condition.name, "citation": line.condition.citation}
        | {"mark": line.condition.mark, "barred": line.barred, "warned": line.warned}
        for line in board.conditions
    ]
    own = ("code", "name", "state", "lines", "checked", "eligible")
    return {name: getattr(board, name) for name in own} | {"conditions": conditions}


@part.get("/<code>/<process>")
@signed_in
@part.response(200, shapes.StartShape)
def show_start_form(code: str, process: str) -> dict[str, Any]:
    """The form that opens a case of a process in the campaign."""
    campaign = campaign_or_404(code)
    page = start_page(db.session(), standing(), code, process) if process in STARTERS else None
    if page is None:
        raise NotFound
    if not may_start(standing(), process, campaign.unit.code):
        raise Forbidden
    return {"process": process, "campaign": code, "schema": with_choices(page.schema, spoken(page.choices))}


@part.post("/<code>/<process>")
@signed_in
@part.arguments(KeyHeader, location="headers")
@part.arguments(FormData)
@part.response(201, Opened)
def start_case(headers: dict[str, str], data: dict[str, Any], code: str, process: str) -> Mapping[str, Any]:
    """Open a registration, nomination, submission, council_vote, award_issuance, or the campaign itself."""
    return open_once(headers["key"], process, campaign_or_404(code).code, data)


@part.post("/<code>/<process>/papers")
@signed_in
@part.doc(requestBody={"required": True, "content": {"multipart/form-data": {"schema": FILE}}})
@part.arguments(PaperUpload, location="query")
@part.response(201, PaperShape)
def add_paper_to_start(wanted: dict[str, str], code: str, process: str) -> dict[str, str]:
    """Upload a paper (multipart field ``file``) and get the id to name it by on the form that opens a case.

    It waits for the form for a day.
    """
    campaign = campaign_or_404(code).code

    def take(upload: Upload) -> str:
        actor, now = actor_and_now()
        return add_start_paper(process, campaign, upload, actor=actor, now=now)

    return taken_in(wanted["kind"], take)


def campaign_or_404(code: str) -> Campaign:
    """The campaign of a code, as far as the owner of the token may know of it."""
    campaign = campaigns.campaign_of(db.session(), standing(), code)
    if campaign is None:
        raise NotFound
    return campaign


def _round(planned: AwardRound, board: RoundBoard) -> dict[str, Any]:
    return {
        **{name: getattr(planned, name) for name in ("code", "name", "opens", "submit_by", "decide_by")},
        "state": board.state,
        "ceilings": [_ceiling(row) for row in board.rows],
    }


def _ceiling(row: CeilingUse) -> dict[str, Any]:
    return {
        "strand": row.place.strand,
        "pool": row.place.pool,
        "at_most": row.place.at_most,
        "awarded": row.awarded,
        "deciding": row.deciding,
        "pending": row.pending,
    }
