"""Acts on a case beside its tasks: withdraw, end early, cancel, freeze, resume."""

from __future__ import annotations

from sqlalchemy import select, update

from webapp.models import NOMINATIONS, Case, Suspension
from webapp.operations import cases, hooks
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.form_papers import enter_paper
from webapp.operations.notices import tell
from webapp.operations.papers import Upload, store_upload
from webapp.operations.refusals import CaseEnded, Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.steps import refuse_unless_active
from webapp.operations.transaction import Transaction, write
from webapp.queries.inspecting import FINDING
from webapp.queries.papers import WITHDRAWAL_PAPER
from webapp.queries.people import holders_in
from webapp.queries.standing import Standing, may_see
from webapp.queries.suspensions import SUSPENDERS
from webapp.text import nfc
from workflows.events import CaseStopped
from workflows.forms import Fault
from workflows.values import NotWaiting

STOPS = {
    "registration": ("withdraw", frozenset({"officer"})),
    "registration_change": ("withdraw", frozenset({"officer"})),
    "registration_list": ("withdraw", frozenset({"officer", "commune_chair"})),
    "exemplar": ("withdraw", frozenset({"officer", "specialist", "head"})),
    "replication": ("withdraw", frozenset({"officer", "specialist"})),
    "nomination": ("withdraw", frozenset({"officer", "specialist"})),
    "extraordinary": ("withdraw", frozenset({"specialist", "secretary", "authority"})),
    "submission": ("withdraw", frozenset({"officer", "commune_chair"})),
    "campaign": ("end_early", frozenset({"authority"})),
    "response": ("end_early", frozenset({"commune_chair"})),
    "council_vote": ("cancel_session", frozenset({"secretary", "presiding"})),
    "cluster_scoring": ("cancel_scoring", frozenset({"specialist", "secretary", "head"})),
    "award_issuance": ("cancel_decision", frozenset({"head", "authority"})),
    "award_correction": ("cancel_correction", frozenset({"head", "authority"})),
    "award_revocation": ("withdraw_revocation", frozenset({"head", "authority"})),
    FINDING: ("withdraw_finding", frozenset()),
}
"""For each process: the message that stops it, and who may send it; the registrant may withdraw their own."""

OWN = frozenset({"registration", "registration_change", "exemplar", "replication", "nomination", FINDING})
"""What its registrant may withdraw."""

ADJOURNERS = frozenset({"secretary", "presiding"})
"""Who adjourns a session of the council, and lets it go on."""

REASON_LIMIT = 2000


def stop_case(code: str, reason: str, paper: Upload | None = None, *, actor: Actor, now: Now) -> None:
    """Withdraw, end early or cancel a case, with a reason and, of an exemplar, the paper that asks for it.

    Raises InvalidForm, PaperRefused, Forbidden, NotFound, NotNow, CaseFrozen, CaseEnded.
    """
    stored = None
    if paper is not None:
        with write(actor, now) as transaction:  # nobody else fills the disk
            _stopping(transaction, code, reason)
        stored = store_upload(paper)
    with write(actor, now) as transaction:
        case, reason = _stopping(transaction, code, reason)
        message, _ = STOPS[case.process]
        if stored is not None:
            enter_paper(transaction, case, WITHDRAWAL_PAPER, stored)
        transaction.log_case(case, CaseStopped(message=message), private={"reason": reason})
        try:
            cases.deliver(transaction, case, message, f"{code}/stop", {})
        except NotWaiting as fault:
            raise NotNow("cannot_stop_now") from fault
        if hook := hooks.stopped_hook(case.process):
            hook(transaction, case, reason)


def _stopping(transaction: Transaction, code: str, reason: str) -> tuple[Case, str]:
    """The case that is to be stopped, and the reason as it is kept."""
    case, standing = seen_case(transaction, code)
    check_stop(standing, case)
    return case, checked_reason(reason)


def check_stop(standing: Standing, case: Case) -> None:
    """Who may never stop it hears Forbidden, whoever may at another time CaseFrozen or CaseEnded."""
    if not _stops(standing, case):
        raise Forbidden
    refuse_unless_active(case)


def may_stop(standing: Standing, case: Case) -> bool:
    """Whether a person may stop a case as it stands now."""
    return case.state == "active" and _stops(standing, case)


def freeze_case(code: str, reason: str, *, actor: Actor, now: Now) -> None:
    """Freeze a case with a reason (who ordered it, on which paper)."""
    with write(actor, now) as transaction:
        case, standing = seen_case(transaction, code)
        check_freeze(standing, case)
        cases.freeze(transaction, case, checked_reason(reason))
        tell_of_pause(transaction, case, "nomination_suspended")


def resume_case(code: str, reason: str, *, actor: Actor, now: Now) -> None:
    """Let a frozen case go on; its clocks have stood still meanwhile."""
    with write(actor, now) as transaction:
        case, standing = seen_case(transaction, code)
        check_resume(standing, case)
        cases.resume(transaction, case, checked_reason(reason))
        transaction.session.execute(
            update(Suspension)
            .where(Suspension.case_id == case.id, Suspension.resumed_at.is_(None))
            .values(resumed_at=now.at)
        )
        tell_of_pause(transaction, case, "nomination_resumed")


def tell_of_pause(transaction: Transaction, case: Case, template: str) -> None:
    """Tell the registrant, who acts for the submitting unit and the organiser's specialists, but not who did it."""
    if case.process not in NOMINATIONS:
        return
    session, day = transaction.session, transaction.day
    people = holders_in(session, [case.unit_id], ("officer", "commune_chair"), day)
    people |= holders_in(session, [case.organiser_id], ("specialist",), day)
    people |= {case.registrant_id} if case.registrant_id else set()
    tell(transaction, case, people - {transaction.actor.person_id}, template)


def check_freeze(standing: Standing, case: Case) -> None:
    """Who may never freeze it hears Forbidden, whoever may at another time CaseFrozen or CaseEnded."""
    if not _freezes(standing, case):
        raise Forbidden
    refuse_unless_active(case)


def check_resume(standing: Standing, case: Case) -> None:
    """Who may never resume it hears Forbidden, whoever may at another time CaseEnded or NotNow("not_frozen")."""
    if not _freezes(standing, case):
        raise Forbidden
    if case.state == "ended":
        raise CaseEnded
    if case.state != "frozen":
        raise NotNow("not_frozen")


def may_freeze(standing: Standing, case: Case) -> bool:
    """Whether a person may freeze or resume a case as it stands now."""
    return case.state != "ended" and _freezes(standing, case)


def _stops(standing: Standing, case: Case) -> bool:
    """By their role in one of its units, or as its registrant."""
    _, roles = STOPS[case.process]
    own = case.registrant_id == standing.person_id and case.process in OWN
    places = _deciding(case) if case.process == "cluster_scoring" else _units(case)
    return own or bool(standing.units(*roles) & places)


def _freezes(standing: Standing, case: Case) -> bool:
    """By their role at its district, organiser or province; a session by who runs it, a finding by nobody."""
    if case.process == FINDING:
        return False
    roles = ADJOURNERS if case.process == "council_vote" else SUSPENDERS
    return bool(standing.units(*roles) & _deciding(case))


def _units(case: Case) -> set[int | None]:
    return {case.unit_id, *_deciding(case)}


def _deciding(case: Case) -> set[int | None]:
    return {case.district_id, case.organiser_id, case.province_id}


def seen_case(transaction: Transaction, code: str, process: str = "") -> tuple[Case, Standing]:
    """The case (of a process, if it is named), locked, and what the actor holds.

    Raises NotFound for who may not know of it.
    """
    query = select(Case.id).where(Case.code == code)
    case_id = transaction.session.scalar(query.where(Case.process == process) if process else query)
    standing = acting_standing(transaction)
    if case_id is None or not may_see(transaction.session, standing, case_id):
        raise NotFound
    return transaction.lock_case(case_id), standing


def checked_reason(reason: str) -> str:
    """The reason of an act as it is kept. Raises InvalidForm for none, and for one that is too long."""
    reason = nfc(reason)
    if not reason:
        raise InvalidForm([Fault("/reason", "required")])
    if len(reason) > REASON_LIMIT:
        raise InvalidForm([Fault("/reason", "too_long", {"limit": REASON_LIMIT})])
    return reason
