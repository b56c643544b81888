"""Documents of a case that can be looked at before they are drawn up for good: whoever signs sees what is signed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import AgendaItem, Case, CouncilSession, Decision, FormEntry, Paper
from webapp.queries.amendment_papers import DRAFTS as AMENDMENTS
from webapp.queries.amendment_papers import PREPARE
from webapp.queries.award_papers import DRAFT as DECISION
from webapp.queries.council_papers import AGENDA
from webapp.queries.council_papers import DRAFT as MINUTES
from webapp.queries.decision_kinds import DOCUMENTS as KINDS
from webapp.queries.plan_papers import DRAFT as PLAN
from webapp.queries.plan_papers import PUBLISH as PLAN_SIGNED
from webapp.queries.registration_list_papers import GATHER as REGISTRATION_LIST
from webapp.queries.standing import Standing, visible
from webapp.queries.submission_papers import PREPARE as SUBMISSION

DRAFTS: dict[str, tuple[str, ...]] = {
    PLAN: ("campaign_plan",),
    SUBMISSION: ("submission",),
    REGISTRATION_LIST: ("registration_list",),
    AGENDA: ("summary_sheet",),
    MINUTES: ("vote_count", "session_minutes"),
    DECISION: ("decision",),
    PREPARE: ("revocation_submission",),
    AMENDMENTS["correction"]: ("correction_decision",),
    AMENDMENTS["revocation"]: ("revocation_decision",),
}
"""What the completion of a form makes a draft of."""

RECORDED = "decision_signing/record_signed_decision"
SIGNED_WITH = {"campaign_plan": PLAN_SIGNED, **dict.fromkeys(KINDS.values(), RECORDED)}
"""Documents that are signed outside, always or sometimes: the form with which the signed paper comes ends the draft."""
NEVER_DRAWN = frozenset({"campaign_plan"})
"""Documents that are not drawn up for good here."""


BESIDE = {"draft_minutes": MINUTES}
"""Tasks beside which the draft is shown before the form is completed that makes it one."""


def drafts_of(state: str, forms: Iterable[str], drawn: Iterable[str]) -> tuple[str, ...]:
    """Kinds of document that are drafts in a case of this state, by its completed forms and drawn documents."""
    if state == "ended":
        return ()
    completed, finished = set(forms), set(drawn)
    return tuple(
        document
        for form, documents in DRAFTS.items()
        if form in completed
        for document in documents
        if document not in finished and SIGNED_WITH.get(document) not in completed
    )


def case_with_draft(session: Session, standing: Standing, code: str, document: str) -> Case | None:
    """The case of this code, when the person may know of it and this document is a draft there."""
    case = session.scalar(select(Case).where(Case.code == code, visible(standing)))
    if case is None:
        return None
    forms, drawn = progress_of(session, case)
    return case if document in drafts_of(case.state, forms, drawn) else None


def final_paper(session: Session, standing: Standing, code: str, document: str) -> str | None:
    """The newest paper of this kind drawn up in a case the person may know of, by its public id."""
    query = select(Paper.public_id).join(Case, Case.id == Paper.case_id)
    found = query.where(Case.code == code, visible(standing), Paper.document_type == document)
    return session.scalar(found.order_by(Paper.id.desc()).limit(1))


def progress_of(session: Session, case: Case) -> tuple[set[str], set[str]]:
    """Forms completed in a case, and kinds of document drawn up for good.

    Count and minutes are there as drafts as soon as there are results: who writes the minutes reads what they fill in.
    A decision that went out to be signed is a draft until it comes back as the signed file.
    """
    forms = session.scalars(select(FormEntry.form).where(FormEntry.case_id == case.id))
    drawn = session.scalars(select(Paper.document_type).where(Paper.case_id == case.id))
    found = set(forms)
    if RECORDED in found and not _came_back(session, case):
        found = found - {RECORDED}
    if case.process == "council_vote":
        found = found | {MINUTES} if _has_results(session, case) else found - {MINUTES}
    return found, set(filter(None, drawn))


def _has_results(session: Session, case: Case) -> bool:
    """Whether a session has results: minutes of a vote that was voided since are none."""
    query = (
        select(AgendaItem.id)
        .join(CouncilSession, CouncilSession.id == AgendaItem.session_id)
        .where(CouncilSession.case_id == case.id, AgendaItem.result.is_not(None))
    )
    return session.scalar(query.limit(1)) is not None


def _came_back(session: Session, case: Case) -> bool:
    signed = select(Decision.id).where(Decision.case_id == case.id, Decision.signed_paper_id.is_not(None))
    return session.scalar(signed) is not None
