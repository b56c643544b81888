"""Pages around a running vote: voiding it, counting again, written opinions, declared relations."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.council.opinions import OpinionRefused, enter, shown_opinion
from webapp.council.relations import shown_relation
from webapp.council.showing import shown_session
from webapp.council.views import words
from webapp.operations import opinions, sessions
from webapp.operations.refusals import InvalidForm
from webapp.ui.access import permission, signed_in
from webapp.ui.acting import actor_and_now
from webapp.ui.fault_texts import fault_text

REASON = {"type": "string", "maxLength": 2000}
Answer = Response | str | tuple[str, int]

blueprint = Blueprint("voting", __name__, template_folder="templates")
blueprint.context_processor(words)


@blueprint.get("/council/sessions/<code>/void-vote")
@permission("run_council")
def confirm_void_vote(code: str) -> Answer:
    """Asks why the vote is void."""
    shown = shown_session(code)
    if not shown.may_void:
        return redirect(url_for("council.show_session", code=code))
    return render_template("council/confirm_void_vote.html", shown=shown)


@blueprint.post("/council/sessions/<code>/void-vote")
@permission("run_council")
def void_vote(code: str) -> Answer:
    """Void the vote; the session is convened again."""
    actor, now = actor_and_now()
    reason = request.form.get("reason", "")
    try:
        sessions.void_vote(code, reason, actor=actor, now=now)
    except InvalidForm as refusal:
        fault = fault_text(refusal.faults[0], _("Reason"), REASON)
        shown = shown_session(code)
        return render_template("council/confirm_void_vote.html", shown=shown, reason=reason, fault=fault), 422
    flash(_("The vote is void. The session is to be convened again."), "success")
    return redirect(url_for("council.show_session", code=code))


@blueprint.post("/council/sessions/<code>/count-again")
@permission("run_council")
def count_again(code: str) -> Response:
    """Have a refused count tried again."""
    actor, now = actor_and_now()
    sessions.count_again(code, actor=actor, now=now)
    flash(_("The votes are being counted again."), "success")
    return redirect(url_for("council.show_session", code=code))


@blueprint.get("/council/sessions/<code>/opinions/<membership>")
@permission("run_council")
def show_opinion(code: str, membership: str) -> Answer:
    """The sheet on which the secretary enters what an absent member has written."""
    return render_template("council/enter_opinion.html", shown=shown_opinion(code, membership))


@blueprint.post("/council/sessions/<code>/opinions/<membership>")
@permission("run_council")
def enter_opinion(code: str, membership: str) -> Answer:
    """Enter a written opinion with its paper."""
    shown = shown_opinion(code, membership)
    try:
        enter(code, shown)
    except OpinionRefused as refusal:
        return render_template("council/enter_opinion.html", shown=refusal.shown, fault=refusal.fault), 422
    flash(_("The written opinion has been entered."), "success")
    return redirect(url_for("council.show_session", code=code) + "#members")


@blueprint.get("/council/sessions/<code>/relations/<nomination>")
@signed_in
def show_relation(code: str, nomination: str) -> str:
    """Asks a member whether they declare a relation to a nominee, or take it back."""
    return render_template("council/declare_relation.html", shown=shown_relation(code, nomination))


@blueprint.post("/council/sessions/<code>/relations/<nomination>")
@signed_in
def declare_relation(code: str, nomination: str) -> Response:
    """Declare a relation to a nominee, or take it back before voting."""
    actor, now = actor_and_now()
    if request.form.get("act") == "take_back":
        opinions.take_back_relation(code, nomination, actor=actor, now=now)
        flash(_("Taken back. You can vote on this nominee."), "success")
    else:
        opinions.declare_relation(code, nomination, actor=actor, now=now)
        flash(_("Declared. You stand aside for this nominee."), "success")
    return redirect(url_for("council.show_session", code=code) + "#agenda-title")
