"""Pages: sessions, one session, closing its vote, the ballot sheet, voting rules, one tried out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.council.ballots import cast, own_sheet, with_missing
from webapp.council.outcomes import (
    ATTENDANCE,
    MEDIA,
    NUMBER_NAMES,
    ROUNDS,
    TRIED,
    VOTE_MARKS,
    outcome_sentence,
    result_name,
    rule_sentence,
)
from webapp.council.rules import decide_rule, facts_of, new_rule, rule_file, shown_rules
from webapp.council.showing import (
    MODES,
    STATE_KINDS,
    is_unchanged,
    shown_session,
    shown_sessions,
)
from webapp.council.trying import try_rule
from webapp.operations import sessions
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, Refused
from webapp.ui.access import permission, signed_in
from webapp.ui.acting import actor_and_now
from webapp.ui.council_sentences import refusal_reason
from webapp.ui.refusal_texts import refusal_text
from webapp.ui.seats import seat_name
from webapp.ui.session_states import STATE_NAMES

blueprint = Blueprint("council", __name__, template_folder="templates")

Answer = Response | str | tuple[str, int]


@blueprint.context_processor
def words() -> dict[str, Any]:
    """What the council's templates call things."""
    return {
        "attendance_name": ATTENDANCE.get,
        "mode_name": MODES.get,
        "outcome_sentence": outcome_sentence,
        "rule_facts": facts_of,
        "seat_name": seat_name,
        "session_state_kind": lambda state: STATE_KINDS.get(state, "open"),
        "session_state_name": STATE_NAMES.get,
        "tried_result": TRIED.get,
        "count_refusal": refusal_reason,
        "medium_name": MEDIA.get,
        "number_name": NUMBER_NAMES.get,
        "round_name": ROUNDS.get,
        "vote_mark": VOTE_MARKS.get,
        "vote_result": result_name,
        "vote_rule": rule_sentence,
        "year_options": lambda years: [(str(year), str(year)) for year in years],
    }


@blueprint.get("/council/sessions")
@permission("see_council")
def list_sessions() -> str:
    """The sessions of the reader's councils."""
    return render_template("council/list_sessions.html", shown=shown_sessions())


@blueprint.get("/council/rules")
@permission("see_council")
def list_rules() -> str:
    """The rules by which the reader's councils vote."""
    return render_template("council/list_rules.html", councils=shown_rules())


@blueprint.get("/council/rules/<path:unit>/table.dmn")
@permission("see_council")
def show_rule_table(unit: str) -> Response:
    """Which rule holds for which award today, as a DMN decision table."""
    return rule_file(unit)


@blueprint.route("/council/rules/<path:unit>/new", methods=["GET", "POST"])
@permission("run_council")
def draft_rule(unit: str) -> Answer:
    """A rule for the council of a unit, to be approved by its chairman."""
    return new_rule(unit)


@blueprint.post("/council/rules/<public_id>/approve")
@permission("see_council")
def approve_rule(public_id: str) -> Response:
    """The chairman of the council approves a draft."""
    return decide_rule(public_id, approve=True)


@blueprint.post("/council/rules/<public_id>/discard")
@permission("see_council")
def discard_rule(public_id: str) -> Response:
    """The chairman of the council discards a draft."""
    return decide_rule(public_id, approve=False)


@blueprint.route("/council/what-if", methods=["GET", "POST"])
@permission("see_council")
def show_what_if() -> Answer:
    """What the numbers of a vote come to under a rule; nothing is kept."""
    return try_rule()


@blueprint.get("/council/sessions/<code>")
@signed_in
def show_session(code: str) -> Answer:
    """One session. While votes are cast and counted the page asks again and is answered when something changed."""
    if "HX-Request" not in request.headers:
        return render_template("council/show_session.html", shown=shown_session(code))
    if is_unchanged(code, request.args.get("seen", "")):
        return "", 204
    shown = shown_session(code)
    if not shown.live:
        return Response(headers={"HX-Refresh": "true"})
    return render_template("council/parts/live.html", shown=shown)


@blueprint.get("/council/sessions/<code>/close-voting")
@permission("run_council")
def confirm_close_voting(code: str) -> Answer:
    """Says who has not voted yet, before the vote is ended."""
    shown = shown_session(code)
    if not shown.may_close:
        return redirect(url_for("council.show_session", code=code))
    return render_template("council/confirm_close_voting.html", shown=shown)


@blueprint.post("/council/sessions/<code>/close-voting")
@permission("run_council")
def close_voting(code: str) -> Response:
    """End the vote."""
    actor, now = actor_and_now()
    sessions.close_voting(code, actor=actor, now=now)
    flash(_("The vote is closed. The system is counting."), "success")
    return redirect(url_for("council.show_session", code=code))


@blueprint.post("/council/sessions/<code>/absent/<membership>")
@permission("run_council")
def mark_absent(code: str, membership: str) -> Response:
    """Note that a member does not take part."""
    actor, now = actor_and_now()
    sessions.mark_absent(code, membership, actor=actor, now=now)
    flash(_("Noted as absent; the vote does not wait for this member."), "success")
    return redirect(url_for("council.show_session", code=code) + "#members")


@blueprint.post("/council/sessions/<code>/late/<membership>")
@permission("run_council")
def mark_late(code: str, membership: str) -> Response:
    """Note that a member has come after the roll call."""
    actor, now = actor_and_now()
    sessions.mark_late(code, membership, actor=actor, now=now)
    flash(_("Noted as present."), "success")
    return redirect(url_for("council.show_session", code=code) + "#members")


@blueprint.get("/council/ballots/<task_id>")
@signed_in
def show_ballot(task_id: str) -> Response:
    """The address of the review page, loaded again: back to the sheet."""
    return redirect(url_for("inbox.show_task", task_id=task_id))


@blueprint.post("/council/ballots/<task_id>")
@signed_in
def mark_ballot(task_id: str) -> Answer:
    """Restate the marks before they are cast, or show the sheet again to change them or to complete it."""
    shown = own_sheet(task_id)
    if not shown.sheet.open:
        return redirect(url_for("inbox.show_task", task_id=task_id))
    if request.form.get("act") == "edit":
        return render_template("council/mark_ballot.html", shown=shown)
    if not shown.whole:
        return render_template("council/mark_ballot.html", shown=with_missing(shown)), 422
    return render_template("council/review_ballot.html", shown=shown)


@blueprint.post("/council/ballots/<task_id>/cast")
@signed_in
def cast_ballot(task_id: str) -> Answer:
    """Cast the ballot: once, and for good."""
    shown = own_sheet(task_id)
    try:
        tracker = cast(task_id)
    except InvalidForm:
        return render_template("council/mark_ballot.html", shown=with_missing(shown)), 422
    except (NotFound, Forbidden):
        raise
    except Refused as refusal:
        flash(refusal_text(refusal), "warning")
        return redirect(url_for("inbox.show_task", task_id=task_id))
    if tracker:
        return no_store(render_template("council/cast_ballot.html", sheet=shown.sheet, tracker=tracker))
    flash(_("Your ballot has been cast."), "success")
    return redirect(url_for("council.show_session", code=shown.sheet.case))


def no_store(page: str) -> Response:
    """A page that is shown once and kept nowhere."""
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer
