"""Withdraw, end early or cancel, suspend, resume: the page that asks for the reason, for cases of all processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from flask import abort
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.models import Case
from webapp.operations import interventions
from webapp.operations.acting import Actor, Now
from webapp.queries.instances import visible_case
from webapp.queries.introductions import is_introduced
from webapp.queries.standing import Standing
from webapp.ui.access import standing

Act = Literal["stop", "freeze", "resume"]


@dataclass(frozen=True)
class Words:
    """What an act is called, what follows from it, what is said when it is done."""

    title: LazyString
    follows: LazyString
    done: LazyString


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
)
TAKE_DOWN = Words(
    _l("Take the introduction down"),
    _l(
        "The public page and its pictures are gone at once and cannot come back. Units that apply the exemplar go on "
        "and still report. The exemplar can still be nominated for an award. Who worked on it is told."
    ),
    _l("The introduction is taken down."),
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
    "cluster_scoring": CANCEL_SCORING,
}
CHECKS: dict[Act, Callable[[Standing, Case], None]] = {
    "stop": interventions.check_stop,
    "freeze": interventions.check_freeze,
    "resume": interventions.check_resume,
}
ACTS: dict[Act, Callable[..., None]] = {
    "stop": interventions.stop_case,
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


def intervene(act: Act, code: str, reason: str, actor: Actor, now: Now) -> None:
    """Do it. Raises the refusals of the operations."""
    ACTS[act](code, reason, actor=actor, now=now)
