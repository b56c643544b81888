"""Certificates made anew where one was lost or misprinted: same register number, a mark and a code of their own."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from webapp.models import Case, Certificate, Decision, Unit
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.interventions import checked_reason
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.operations.verifications import issue_copy_code
from webapp.queries.certificates import is_printer
from webapp.queries.standing import may_see
from workflows.amendment_events import CertificateReissued
from workflows.forms import Fault

CAUSES = ("lost", "misprint")
"""Why somebody is given a certificate anew without another decision."""


def reissue_certificate(public_id: str, cause: str, reason: str, *, actor: Actor, now: Now) -> str:
    """Replace a certificate by a copy that says so; returns the public id of the copy.

    Raises NotFound, Forbidden, InvalidForm, and NotNow for one that was replaced already or whose award was revoked.
    """
    with write(actor, now) as transaction:
        earlier = _held(transaction, public_id)
        if cause not in CAUSES:
            raise InvalidForm([Fault("/cause", "required")])
        check_current(earlier)
        case = earlier.decision.case
        return reissue(transaction, case, earlier, earlier.printed, cause, checked_reason(reason)).public_id


def check_current(certificate: Certificate) -> None:
    """Raise NotNow where a certificate cannot be replaced."""
    if certificate.state == "replaced":
        raise NotNow("certificate_replaced")
    if certificate.state != "valid":
        raise NotNow("certificate_revoked")


def reissue(
    transaction: Transaction,
    case: Case,
    earlier: Certificate,
    printed: Mapping[str, str],
    cause: str,
    reason: str,
) -> Certificate:
    """The copy that replaces a certificate from now on; the act stands in the history of ``case``.

    The unit of the decision is held, so that two copies of one award are told apart by their count.
    """
    copy = earlier.issue
    made = Certificate(
        decision=earlier.decision,
        award=earlier.award,
        issue=copy + 1,
        type=earlier.type,
        size=earlier.size,
        printed={**printed, "copy": f"BẢN CẤP LẠI lần {copy}"},
        cause=cause,
        reason=reason,
        copy_of_id=earlier.id,
        made_at=transaction.now.at,
        made_by_id=transaction.actor.person_id,
    )
    earlier.state = "replaced"
    transaction.session.add(made)
    transaction.session.flush()
    issue_copy_code(transaction, made)
    award = earlier.award
    register = f"{award.register_number}/{award.register_year}" if award and award.register_number else ""
    happening = CertificateReissued(certificate=made.public_id, register=register, copy=copy, cause=cause)
    transaction.log_case(case, happening, private={"reason": reason})
    return made


def _held(transaction: Transaction, public_id: str) -> Certificate:
    """The certificate, which the actor prints, with nobody else at work on it."""
    session, standing = transaction.session, acting_standing(transaction)
    found = session.execute(
        select(Certificate.id, Decision.case_id, Decision.unit_id)
        .join(Decision, Decision.id == Certificate.decision_id)
        .where(Certificate.public_id == public_id)
    ).first()
    if found is None or not may_see(session, standing, found.case_id):
        raise NotFound
    if not is_printer(standing, found.unit_id):
        raise Forbidden
    transaction.lock_case(found.case_id)
    transaction.hold(Unit, found.unit_id)
    return session.get_one(Certificate, found.id, populate_existing=True)
