"""Pages: campaigns with their plans and how they go."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.campaigns.lists import shown_campaigns
from webapp.campaigns.reminding import reminded
from webapp.campaigns.review_files import review_evidence, review_paper
from webapp.campaigns.reviewing import report_status
from webapp.campaigns.showing import EXEMPLAR_STEPS, Part, shown_campaign
from webapp.extensions import db
from webapp.operations import reminders, reviews
from webapp.operations.procedures.documents import draw_plan, file_name
from webapp.operations.refusals import NotNow
from webapp.queries.campaigns import campaign_of_case
from webapp.queries.plan_papers import DOCUMENT as PLAN
from webapp.ui.access import permission, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.paper_files import drawn_response
from webapp.ui.refusal_texts import refusal_text

blueprint = Blueprint("campaigns", __name__, template_folder="templates")


@blueprint.get("/campaigns")
@permission("see_campaigns")
def list_campaigns() -> str:
    """The list of campaigns."""
    return render_template("campaigns/list_campaigns.html", shown=shown_campaigns())


@blueprint.get("/campaigns/<code>", defaults={"part": "overview"})
@blueprint.get("/campaigns/<code>/<any(plan, indicators, units, reviews, quotas, progress):part>")
@permission("see_campaigns")
def show_campaign(code: str, part: Part) -> str:
    """One campaign: its overview, or another part of its page."""
    shown = shown_campaign(code, part)
    return render_template(
        "campaigns/show_campaign.html",
        shown=shown,
        exemplar_steps=EXEMPLAR_STEPS,
        report_status=report_status,
    )


@blueprint.get("/campaigns/<code>/plan.<any(pdf, docx):form>")
@permission("see_campaigns")
def show_plan_paper(code: str, form: str) -> Response:
    """The plan as a paper: a draft until it is published."""
    drawn = draw_plan(db.session(), shown_campaign(code, "plan").campaign, form)
    return drawn_response(drawn, file_name(PLAN, code, form))


@blueprint.get("/campaigns/<code>/reviews/<review>/<any(review_report, review_minutes):document>.<form>")
@permission("see_campaigns")
def show_review_paper(code: str, review: str, document: str, form: str) -> Response:
    """The consolidated report of a review, or the minutes of its conference: pdf, docx, or the figures as xlsx."""
    return review_paper(shown_campaign(code, "reviews"), review, document, form)


@blueprint.get("/campaigns/<code>/reviews/<review>/evidence/<paper_id>")
@permission("see_campaigns")
def show_evidence(code: str, review: str, paper_id: str) -> Response:
    """A paper with which a unit proves a figure, for whoever may read the figure."""
    return review_evidence(shown_campaign(code, "reviews"), review, paper_id)


@blueprint.post("/campaigns/<code>/reviews/<review>/close")
@permission("see_campaigns")
def close_reports(code: str, review: str) -> Response:
    """Take no more reports of a review; units that have sent none are named in its report."""
    actor, now = actor_and_now()
    reviews.close_reports(code, review, request.form.get("reason", ""), actor=actor, now=now)
    flash(_("Reports are closed. The review can be consolidated now."), "success")
    return redirect(url_for("campaigns.show_campaign", code=code, part="reviews", review=review))


@blueprint.post("/campaigns/<code>/remind")
@permission("run_campaign")
def remind_units(code: str) -> Response:
    """Remind one unit, or all that owe an answer or a report; who was reminded today is left in peace."""
    actor, now = actor_and_now()
    unit = request.form.get("unit")
    try:
        flash(*reminded(reminders.remind_units(code, unit, actor=actor, now=now), code, unit))
    except NotNow as refusal:
        if refusal.code != "nobody_to_remind":
            raise
        flash(refusal_text(refusal), "info")
    return redirect(url_for("campaigns.show_campaign", code=code, part="units"))


@blueprint.get("/campaigns/cases/<code>")
@permission("see_campaigns")
def show_case(code: str) -> Response:
    """The campaign whose own procedure a case is; at a review, where one is named."""
    campaign = campaign_of_case(db.session(), standing(), code) or abort(404)
    review = request.args.get("review")
    part = "reviews" if review else "progress"
    return redirect(url_for("campaigns.show_campaign", code=campaign, part=part, review=review))
