"""The papers of a review as files, and what proves its figures; that somebody reads one is noted."""

from __future__ import annotations

from werkzeug.wrappers import Response

from webapp.campaigns.reviewing import ShownReview, shown_review
from webapp.campaigns.showing import ShownCampaign
from webapp.documents.formats import clause
from webapp.extensions import db
from webapp.operations.procedures.documents import draw_now, file_name
from webapp.queries.papers import paper_of_case
from webapp.ui.access import hidden
from webapp.ui.paper_files import drawn_response, opened_paper

MINUTES = "review_minutes"
FORMS = {"review_report": ("pdf", "docx", "xlsx"), MINUTES: ("pdf", "docx")}


def review_paper(shown: ShownCampaign, code: str, document: str, form: str) -> Response:
    """A paper of a review: the PDF as it was kept, else of the facts of now; or 404.

    The report, which has the numbers of each unit, is for who may see all of them; the minutes go to every unit.
    """
    review = _review(shown, code)
    case = shown.campaign.case
    if case is None or form not in FORMS[document] or not (review.sees_all or document == MINUTES):
        hidden()
    kept = review.kept(document)
    if form == "pdf" and kept is not None:
        return opened_paper(kept)
    if document == MINUTES and not review.concluded:
        hidden()
    drawn = draw_now(
        db.session(), case, document, form, draft=not review.concluded, params={"review": review.review.code}
    )
    return drawn_response(drawn, file_name(document, case.code, form, clause(review.review.name)))


def review_evidence(shown: ShownCampaign, code: str, paper_id: str) -> Response:
    """The paper that proves a figure the reader sees; or 404."""
    review, case = _review(shown, code), shown.campaign.case
    if case is None or paper_id not in review.evidence:
        hidden()
    return opened_paper(paper_of_case(db.session(), case.id, paper_id) or hidden())


def _review(shown: ShownCampaign, code: str) -> ShownReview:
    found = shown_review(shown.campaign, shown.plan, sees_all=shown.sees_all, code=code)
    return found if found is not None and found.review.code == code else hidden()
