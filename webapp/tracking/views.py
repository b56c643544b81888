"""Pages: where nominations, registrations and batches stand, their own pages, search, notices."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.models import NOMINATIONS
from webapp.operations import award_history, eligibility, notices
from webapp.operations.refusals import InvalidForm
from webapp.queries.batches import LISTS, SUBMISSIONS
from webapp.queries.instances import visible_case
from webapp.queries.search import case_called, search
from webapp.tracking.batches import shown_batches, submission_file
from webapp.tracking.entrants import shown_registrations
from webapp.tracking.escalating import escalated
from webapp.tracking.exemplars import shown_exemplars
from webapp.tracking.intervening import Act, case_for, intervened
from webapp.tracking.letters import opinion_letter, receipt_file
from webapp.tracking.messages import shown_notices
from webapp.tracking.pledges import pledge_file
from webapp.tracking.registration_lists import list_file, shown_list
from webapp.tracking.showing import (
    shown_change,
    shown_exemplar,
    shown_nomination,
    shown_registration,
    shown_replication,
    shown_submission,
)
from webapp.tracking.suspending import review_moved, suspended
from webapp.tracking.tables import shown_tracking
from webapp.ui.access import permission, signed_in, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.cases import case_url
from webapp.ui.fault_texts import fault_text
from webapp.ui.notices import notice_page

blueprint = Blueprint("tracking", __name__, template_folder="templates")

Answer = Response | str | tuple[str, int]
REASON = {"type": "string", "maxLength": 2000}


@blueprint.get("/nominations")
@permission("see_nominations")
def show_tracking() -> str:
    """The table of nominations."""
    return render_template("tracking/show_tracking.html", shown=shown_tracking())


@blueprint.get("/nominations/<code>")
@signed_in
def show_nomination(code: str) -> str:
    """One nomination."""
    return render_template("tracking/show_nomination.html", shown=shown_nomination(code))


@blueprint.get("/nominations/<code>/opinions/<task_id>/letter.<any(pdf, docx):form>")
@signed_in
def show_opinion_letter(code: str, task_id: str, form: str) -> Response:
    """The letter that asks a body for its opinion, of the facts of now: a PDF, or a Word file to number and sign."""
    return opinion_letter(code, task_id, form)


@blueprint.get("/cases/<code>/receipts/<any(submitted, forwarded):way>.<any(pdf, docx):form>")
@signed_in
def show_receipt(code: str, way: str, form: str) -> Response:
    """The receipt of a batch or a dossier with the day of the result: as it was submitted, or as it was sent up."""
    return receipt_file(code, way, form)


@blueprint.route("/nominations/<code>/escalate", methods=["GET", "POST"])
@signed_in
def escalate_nomination(code: str) -> Answer:
    """Propose a nomination for an award of a higher level, or take that back."""
    return escalated(code)


@blueprint.post("/nominations/<code>/override")
@signed_in
def override_warning(code: str) -> Response:
    """Let a warning of a condition pass, with a reason."""
    actor, now = actor_and_now()
    condition, reason = request.form.get("condition", ""), request.form.get("reason", "")
    return _judged(code, partial(eligibility.override_warning, code, condition, reason, actor=actor, now=now))


@blueprint.post("/nominations/<code>/same-person")
@signed_in
def judge_same_person(code: str) -> Response:
    """Say whether a record of a past award is that of the nominee."""
    actor, now = actor_and_now()
    record, reason = request.form.get("record", ""), request.form.get("reason", "")
    same = request.form.get("same") == "yes"
    return _judged(code, partial(award_history.judge_same, code, record, same, reason, actor=actor, now=now))


@blueprint.get("/registrations")
@permission("see_nominations")
def list_registrations() -> str:
    """The list of registrations."""
    return render_template("tracking/list_registrations.html", shown=shown_registrations())


@blueprint.get("/registrations/<code>")
@signed_in
def show_registration(code: str) -> str:
    """One registration."""
    return render_template("tracking/show_registration.html", shown=shown_registration(code))


@blueprint.get("/registrations/<code>/pledge.<any(pdf, docx):form>")
@signed_in
def show_pledge(code: str, form: str) -> Response:
    """What was registered as a paper to sign, in a version that the address may name."""
    return pledge_file(code, form)


@blueprint.get("/registration-changes/<code>")
@signed_in
def show_change(code: str) -> str:
    """One request to change a registration."""
    return render_template("tracking/show_change.html", shown=shown_change(code))


@blueprint.get("/registration-lists")
@permission("see_nominations")
def list_lists() -> str:
    """The aggregated lists of registrations."""
    return render_template("tracking/list_lists.html", shown=shown_batches(LISTS))


@blueprint.get("/registration-lists/<code>")
@signed_in
def show_list(code: str) -> str:
    """One aggregated list."""
    return render_template("tracking/show_list.html", shown=shown_list(code))


@blueprint.get("/registration-lists/<code>/list.<any(pdf, docx, xlsx):form>")
@signed_in
def show_list_file(code: str, form: str) -> Response:
    """One aggregated list as a file."""
    return list_file(code, form)


@blueprint.get("/exemplars")
@signed_in
def list_exemplars() -> str:
    """The list of exemplars the reader may know of."""
    return render_template("tracking/list_exemplars.html", shown=shown_exemplars())


@blueprint.get("/exemplars/<code>")
@signed_in
def show_exemplar(code: str) -> str:
    """One exemplar."""
    return render_template("tracking/show_exemplar.html", shown=shown_exemplar(code))


@blueprint.get("/replications/<code>")
@signed_in
def show_replication(code: str) -> str:
    """One unit that applies an exemplar."""
    return render_template("tracking/show_replication.html", shown=shown_replication(code))


@blueprint.get("/submissions")
@permission("see_nominations")
def list_submissions() -> str:
    """The list of submission batches."""
    return render_template("tracking/list_submissions.html", shown=shown_batches(SUBMISSIONS))


@blueprint.get("/submissions/<code>")
@signed_in
def show_submission(code: str) -> str:
    """One submission batch."""
    return render_template("tracking/show_submission.html", shown=shown_submission(code))


@blueprint.get("/submissions/<code>/list.<any(pdf, docx):form>")
@signed_in
def show_submission_file(code: str, form: str) -> Response:
    """One submission batch with its list as a file."""
    return submission_file(code, form)


@blueprint.get("/cases/<code>")
@signed_in
def show_case(code: str) -> Response:
    """The page of any case, by its code alone."""
    case = visible_case(db.session(), standing(), code) or abort(404)
    return redirect(case_url(case.process, case.code) or abort(404))


@blueprint.route("/cases/<code>/<any(stop, freeze, resume):act>", methods=["GET", "POST"])
@signed_in
def show_intervention(code: str, act: Act) -> Answer:
    """Withdraw, suspend or resume a case for a reason; a nomination's suspension asks for its order."""
    by_order = act == "freeze" and case_for(act, code).process in NOMINATIONS
    return suspended(code) if by_order else intervened(code, act)


@blueprint.get("/cases/<code>/review")
@blueprint.post("/cases/<code>/review")
@signed_in
def move_suspension_review(code: str) -> Answer:
    """Asks for another day on which a suspension is looked at again, and why."""
    return review_moved(code)


@blueprint.get("/search")
@signed_in
def show_search() -> Answer:
    """Search everywhere; the exact code of a case leads straight to it."""
    text = request.args.get("q", "")[:200]
    code = case_called(db.session(), standing(), text)
    if code is not None:
        return redirect(url_for("tracking.show_case", code=code))
    found = search(db.session(), standing(), text)
    return render_template("tracking/show_search.html", text=text, found=found)


@blueprint.get("/notices")
@signed_in
def list_notices() -> str:
    """The own notices."""
    return render_template("tracking/list_notices.html", shown=shown_notices())


@blueprint.post("/notices/<int(max=2147483647):notice_id>")
@signed_in
def read_notice(notice_id: int) -> Response:
    """Mark a notice as read and go to what it is about."""
    actor, now = actor_and_now()
    template, code = notices.read_notice(notice_id, actor=actor, now=now)
    if page := notice_page(template, code):
        return redirect(page)
    case = visible_case(db.session(), standing(), code)
    return redirect(case_url(case.process, case.code) if case else url_for("tracking.list_notices"))


@blueprint.post("/notices/read")
@signed_in
def read_all_notices() -> Response:
    """Mark all notices as read."""
    actor, now = actor_and_now()
    notices.read_all_notices(actor=actor, now=now)
    return redirect(url_for("tracking.list_notices"))


def _judged(code: str, act: Callable[[], None]) -> Response:
    """Do it and go back to the conditions; for want of a reason nothing is done."""
    try:
        act()
    except InvalidForm as refusal:
        flash(fault_text(refusal.faults[0], _("Reason"), REASON), "error")
    else:
        flash(_("Noted."), "success")
    return redirect(url_for("tracking.show_nomination", code=code, _anchor="conditions"))
