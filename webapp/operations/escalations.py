"""Proposes a nomination for an award of a higher level (khen cao) before the council decides, or takes that back."""

from __future__ import annotations

from sqlalchemy import select

from webapp.models import Case, Nomination, Task
from webapp.operations.acting import Actor, Now
from webapp.operations.completeness import refuse_incomplete
from webapp.operations.eligibility import refuse_barred
from webapp.operations.interventions import checked_reason, seen_case
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.steps import refuse_unless_active
from webapp.operations.transaction import Transaction, write
from webapp.queries.escalations import ESCALATORS, STAGES, is_with_council, other_levels_awards
from workflows.forms import Fault
from workflows.history_events import NominationEscalated

APPRAISING = frozenset(
    {
        "appraise",
        "give_opinion",
        "supplement_for_district",
        "forward_to_province",
        "appraise_at_province",
        "supplement_for_province",
        "supplement_by_submitter",
    }
)
"""Tasks after which an appraisal is still to find the nomination eligible, with its papers."""


def escalate(code: str, award: str, reason: str, *, actor: Actor, now: Now) -> None:
    """Propose another level's award, with a reason; the council then votes on it, and the dossier goes its way.

    What the award asks for is checked now: its conditions, and its papers where the appraisal is over.
    Raises NotFound, Forbidden, CaseFrozen, CaseEnded, NotNow, InvalidForm.
    """
    with write(actor, now) as transaction:
        case, standing = seen_case(transaction, code)
        if case.process != "nomination":
            raise NotFound
        if case.organiser_id not in standing.units(*ESCALATORS):
            raise Forbidden
        refuse_unless_active(case)
        if case.stage not in STAGES:
            raise NotNow("not_received_yet")
        if is_with_council(transaction.session, case):
            raise NotNow("on_agenda")
        nomination = transaction.session.scalars(
            select(Nomination).where(Nomination.case_id == case.id)
        ).one()
        offered = dict(other_levels_awards(transaction.session, case, nomination))
        if award not in offered:
            raise InvalidForm([Fault("/award", "not_a_choice")])
        kept = checked_reason(reason)
        before, nomination.award = nomination.award, award
        if not _is_being_appraised(transaction, case):
            # Nobody is asked for a supplement any more: what the award asks for is there, or it waits.
            refuse_incomplete(transaction, case, "appraise", "/award", "papers_of_award_missing")
        refuse_barred(transaction, case, "proposal", "/award")
        happening = NominationEscalated(before=before, award=award, name=offered[award])
        transaction.log_case(case, happening, private={"reason": kept})


def _is_being_appraised(transaction: Transaction, case: Case) -> bool:
    """Whether an appraisal is still to come to a result: its papers can be asked for then, and must be there."""
    wanted = (Task.case_id == case.id, Task.status == "open", Task.element.in_(APPRAISING))
    return transaction.session.scalar(select(Task.id).where(*wanted).limit(1)) is not None
