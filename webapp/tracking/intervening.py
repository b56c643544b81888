"""Withdraw, end early or cancel, suspend, resume: the page that asks for the reason, for cases of all processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.i18n import content
from webapp.models import Case
from webapp.operations import interventions
from webapp.operations.papers import LIMIT, PaperRefused, Upload
from webapp.operations.refusals import InvalidForm
from webapp.queries.instances import visible_case
from webapp.queries.introductions import introduction_page, is_introduced
from webapp.queries.papers import WITHDRAWAL_PAPER
from webapp.queries.replications import Applied, applied_counts
from webapp.queries.standing import Standing
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.cases import case_name
from webapp.ui.clock import business_now
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.form_data import FILE
from webapp.ui.formats import day
from workflows.forms import Fault, Schema

Act = Literal["stop", "freeze", "resume"]


@dataclass(frozen=True)
class Words:
    """What an act is called, what follows from it, what is said when it is done; the paper it may carry."""

    title: LazyString
    follows: LazyString
    done: LazyString
    paper: LazyString | None = None


FREEZE = Words(
    _l("Suspend"),
    _l("Nothing can be done with it until it is resumed, and no deadline runs meanwhile."),
    _l("Suspended."),
)
RESUME = Words(
    _l("Resume"),
    _l("It goes on where it stood; its deadlines move by the time it was suspended."),
    _l("Resumed."),
)
ADJOURN = Words(
    _l("Adjourn the session"),
    _l("Nobody can vote until it goes on, and no deadline runs meanwhile. Say when it goes on."),
    _l("The session is adjourned."),
)
GO_ON = Words(
    _l("Go on with the session"),
    _l(
        "It goes on where it stood; ballots cast stay cast, and the vote closes so much later as it was adjourned."
    ),
    _l("The session goes on."),
)
WITHDRAW = Words(
    _l("Withdraw"),
    _l("It ends here and all tasks that are open in it close. This cannot be undone."),
    _l("Withdrawn."),
)
WITHDRAW_PROPOSAL = Words(
    _l("Withdraw the proposal"),
    _l(
        "The proposal ends here, its tasks close, and the exemplar can no longer be nominated on it. "
        "This cannot be undone."
    ),
    _l("The proposal is withdrawn."),
    paper=_l("The paper that asks for the withdrawal"),
)
TAKE_DOWN = Words(
    _l("Take the introduction down"),
    _l(
        "The public page and its pictures are gone at once and cannot come back. Units that apply the exemplar go on "
        "and still report. The exemplar can still be nominated for an award. Who worked on it is told."
    ),
    _l("The introduction is taken down."),
    paper=_l("The paper that withdraws the consent"),
)
CANCEL = Words(
    _l("Cancel it"),
    _l("It ends here and all tasks that are open in it close. The dossiers in it wait for another one."),
    _l("Cancelled."),
)
END_EARLY = Words(
    _l("End the campaign early"),
    _l("The campaign ends today and all tasks that are open in it close. Dossiers under way go on."),
    _l("The campaign has been ended."),
)
CANCEL_SCORING = Words(
    _l("Cancel the scoring"),
    _l(
        "It ends here and all tasks that are open in it close. What was scored is kept; it can be opened anew."
    ),
    _l("Cancelled."),
)
STOPS = {
    "campaign": END_EARLY,
    "response": END_EARLY,
    "council_vote": CANCEL,
    "award_issuance": CANCEL,
    "award_correction": CANCEL,
    "award_revocation": CANCEL,
    "cluster_scoring": CANCEL_SCORING,
}
CHECKS: dict[Act, Callable[[Standing, Case], None]] = {
    "stop": interventions.check_stop,
    "freeze": interventions.check_freeze,
    "resume": interventions.check_resume,
}
PAUSES: dict[Act, Callable[..., None]] = {
    "freeze": interventions.freeze_case,
    "resume": interventions.resume_case,
}


def words_for(act: Act, case: Case) -> Words:
    """The words of an act on a case of this process."""
    if act == "stop":
        if case.process == "exemplar":
            return TAKE_DOWN if is_introduced(db.session(), case.id) else WITHDRAW_PROPOSAL
        return STOPS.get(case.process, WITHDRAW)
    if case.process == "council_vote":
        return ADJOURN if act == "freeze" else GO_ON
    return FREEZE if act == "freeze" else RESUME


def case_for(act: Act, code: str) -> Case:
    """The case an act is meant for: 404 where there is none to know of.

    Raises Forbidden where the reader may not act, and what its state refuses.
    """
    case = visible_case(db.session(), standing(), code) or abort(404)
    CHECKS[act](standing(), case)
    return case


def intervened(code: str, act: Act) -> Answer:
    """Show what an act does and ask for its reason, or do it. Raises the refusals of the operations."""
    case = case_for(act, code)
    words = words_for(act, case)

    def show(form: Form) -> str:
        facts = _facts(act, case)
        return render_template(
            "tracking/show_intervention.html", case=case, act=act, words=words, form=form, facts=facts
        )

    def do(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        if act == "stop":
            _stop(code, typed["reason"], words)
        else:
            PAUSES[act](code, typed["reason"], actor=actor, now=now)
        flash(str(words.done), "success")
        return redirect(url_for("tracking.show_case", code=code))

    return fill(_form(words), {}, show, do)


def _stop(code: str, reason: str, words: Words) -> None:
    """Stop it, with the file that was handed in; one that cannot be taken is a fault of its field."""
    actor, now = actor_and_now()
    file = request.files.get(f"paper-{FILE}") if words.paper else None
    paper = None
    if file and file.filename:
        paper = Upload(file.filename, cast(Any, file.stream), WITHDRAWAL_PAPER)
    try:
        interventions.stop_case(code, reason, paper, actor=actor, now=now)
    except PaperRefused as refusal:
        raise InvalidForm([Fault("/paper", f"paper_{refusal.code}", {"limit": LIMIT})]) from refusal


def _form(words: Words) -> Schema:
    """The reason, and the paper where the act may carry one."""
    fields: dict[str, Schema] = {
        "reason": {
            "type": "string",
            "maxLength": interventions.REASON_LIMIT,
            "x-widget": "textarea",
            "title": _("Reason"),
            "description": _("Who asked for it, and on which paper. It stands in the history of the case."),
        }
    }
    if words.paper:
        fields["paper"] = {
            "type": "string",
            "format": "paper",
            "x-paper": WITHDRAWAL_PAPER,
            "title": str(words.paper),
            "description": _("It stands among the papers of the case."),
        }
    return {"type": "object", "properties": fields, "required": ["reason"], "additionalProperties": False}


def _facts(act: Act, case: Case) -> list[tuple[str, str]]:
    """What the act is about: the case, and of an exemplar that is introduced its page and who applies it."""
    about = case_name(case.process, content(case.title))
    facts = [(_("Code"), case.code), (_("About"), about), (_("Unit"), content(case.unit.name))]
    page = introduction_page(db.session(), case.code, business_now()) if case.process == "exemplar" else None
    if act != "stop" or page is None:
        return facts
    applying = applied_counts(db.session(), [page.id]).get(page.id, Applied()).units
    until = _("was to stand until %(day)s; gone at once", day=day(page.until))
    going_on = ngettext("%(num)s unit; goes on and reports", "%(num)s units; go on and report", applying)
    return [*facts, (_("Public page"), until), (_("Units that apply it"), going_on)]
