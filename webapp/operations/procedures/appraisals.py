"""Appraisal of a nomination at district and province, with what it asks for: supplements and opinions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from webapp.models import Task, Unit
from webapp.operations import hooks
from webapp.operations.completeness import refuse_incomplete
from webapp.operations.eligibility import refuse_barred
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.notices import tell
from webapp.operations.procedures.nominations import nomination_of
from webapp.operations.refusals import InvalidForm
from webapp.queries.cadre_bodies import OMITTED, cadre_body_to_ask
from webapp.queries.law import clock_at
from webapp.queries.people import holders_in, submitters
from webapp.queries.supplement_limit import supplements_left
from webapp.queries.task_forms import parts_without_form, task_schema
from workflows.forms import Fault

DISTRICT, PROVINCE = "district_assessment", "province_assessment"
CRITERION_OF: Final = {
    "papers_missing": "papers_complete",
    "standard_not_met": "standard_met",
    "wrong_group": "right_group",
}
"""Which criterion a ground of refusal is about; others are about none."""

ANSWERING = ("officer", "commune_chair")
"""Who answers for a body that is asked for its opinion."""


@hooks.completing("commune_assessment", "check_dossier")
def check_dossier(completing: Completing) -> None:
    """A complete dossier has the papers its award asks for; who is to supplement one learns of it."""
    match completing.form["decision"]:
        case "complete":
            refuse_incomplete(completing.transaction, completing.case, completing.task.element, "/decision")
        case "supplement":
            _tell_of_supplement(completing)


@hooks.completing("district_assessment", "appraise")
@hooks.completing("province_assessment", "appraise_at_province")
def appraise(completing: Completing) -> Mapping[str, Any]:
    """The bodies asked are those named on the form; who is found eligible must be so by papers and conditions."""
    match completing.form["decision"]:
        case "supplement":
            _ask_for_supplement(completing)
        case "ask_opinions":
            return _ask_bodies(completing)
        case "eligible":
            _refuse_unless_eligible(completing)
        case "refuse":
            _refuse_groundless(completing)
    return {}


def _ask_for_supplement(completing: Completing) -> None:
    """At the district supplements are counted; the form offers none beyond the rule set's limit."""
    if completing.task.process == DISTRICT:
        nomination_of(completing.transaction, completing.case).supplements += 1
    _tell_of_supplement(completing)


def _tell_of_supplement(completing: Completing) -> None:
    """Who is to supplement the dossier learns of it: at the district with the last day, elsewhere there is none.

    Of a dossier the district has forwarded it is the secretary there, and who handed it in learns of it, too.
    """
    case, transaction = completing.case, completing.transaction
    people, about = submitters(transaction.session, case, transaction.day), {}
    if completing.task.process == DISTRICT:
        due = clock_at(transaction.session, case, "supplement", transaction.now.at)
        about = {"due": due.isoformat()}
    if completing.task.process == PROVINCE and _is_forwarded(completing):
        place = case.district_id or case.organiser_id
        people |= holders_in(transaction.session, [place], ("secretary",), transaction.day)
    tell(transaction, case, people, "supplement_asked", about=about)


def _is_forwarded(completing: Completing) -> bool:
    """Whether the district has passed the dossier on; others were submitted to the province directly."""
    forwarding = Task.case_id == completing.case.id, Task.element == "forward_to_province"
    return completing.transaction.session.scalar(select(Task.id).where(*forwarding).limit(1)) is not None


def _ask_bodies(completing: Completing) -> Mapping[str, Any]:
    """Each body learns of it, with the last day of its answer."""
    _refuse_without_cadre_body(completing)
    case, transaction, bodies = completing.case, completing.transaction, completing.form["bodies"]
    session = transaction.session
    units = session.scalars(select(Unit.id).where(Unit.code.in_(bodies))).all()
    due = clock_at(session, case, "opinion", transaction.now.at).isoformat()
    told = holders_in(session, units, ANSWERING, transaction.day)
    tell(transaction, case, told, "opinion_asked", about={"due": due})
    return {"opinion_bodies": list(bodies)}


def _refuse_without_cadre_body(completing: Completing) -> None:
    """The party body that manages the cadre is asked first, or it is said why not; once asked, it has been.

    A form from before it could be said asks for nothing.
    """
    session, form = completing.transaction.session, completing.form
    body = cadre_body_to_ask(session, completing.case)
    if body is None or body.code in form["bodies"] or form.get(OMITTED):
        return
    if OMITTED in task_schema(session, completing.task)["properties"]:
        raise InvalidForm([Fault("/bodies", "cadre_body_left_out", {"body": body.name})])


def _refuse_unless_eligible(completing: Completing) -> None:
    """Who is found eligible must be so by the conditions, the papers and all parts the rules ask for.

    Where no supplement is left the fault does not send back to one.
    """
    transaction, case = completing.transaction, completing.case
    if unasked := parts_without_form(transaction.session, completing.task):
        raise InvalidForm([Fault("/decision", "appraisal_parts_missing", {"parts": list(unasked)})])
    code = (
        "papers_missing_for_good"
        if supplements_left(completing.transaction.session, completing.task) == 0
        else "papers_missing"
    )
    refuse_incomplete(transaction, case, completing.task.element, "/decision", code)
    refuse_barred(transaction, case, "appraisal", "/decision")


def _refuse_groundless(completing: Completing) -> None:
    """A refusal denies a criterion, the one its ground is about where there is one. Raises InvalidForm."""
    criteria = completing.form["criteria"]
    about = CRITERION_OF.get(completing.form["ground"])
    if about and criteria[about]:
        raise InvalidForm([Fault(f"/criteria/{about}", "ground_not_denied")])
    if all(answer for answer in criteria.values() if isinstance(answer, bool)):
        raise InvalidForm([Fault("/criteria", "nothing_denied")])


@hooks.carrying("record_silence")
def record_silence(carrying: Carrying) -> Mapping[str, Any]:
    """A body that was asked did not answer in time."""
    return {"unit": carrying.data["unit"]}
