"""Eligibility at each point of the procedure: refuses a bar, asks for a reason, keeps what was found."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select

from webapp.models import NOMINATIONS, Campaign, Case, Nomination, Override, Person
from webapp.operations.acting import Actor, Now
from webapp.operations.interventions import checked_reason
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.steps import refuse_unless_active
from webapp.operations.transaction import Transaction, write
from webapp.queries.eligibility import Checked, check_nomination, check_nominations
from webapp.queries.standing import may_see, standing_of
from workflows.forms import Fault
from workflows.history_events import EligibilityChecked, WarningOverridden
from workflows.record import digest
from workflows.rules.eligibility import Point


def refuse_barred(transaction: Transaction, case: Case, point: Point, pointer: str) -> None:
    """Check the nomination of a case; it goes on unless a condition bars it. Raises InvalidForm at ``pointer``."""
    transaction.session.flush()
    found = check_nomination(transaction.session, case, point, transaction.day)
    _refuse([found], pointer)
    log_checked(transaction, case, point, [found])


def refuse_ineligible(
    transaction: Transaction, case: Case, nominations: Collection[Nomination], point: Point, pointer: str
) -> None:
    """Check the nominations of an agenda or a decision, whose case this is.

    Raises InvalidForm at ``pointer`` for bars, and for warnings that the secretary has not let pass.
    """
    campaign = transaction.session.get_one(Campaign, case.campaign_id)
    found = check_nominations(transaction.session, campaign, nominations, point, transaction.day)
    _refuse(found, pointer)
    if waiting := [each for each in found if each.open_warnings]:
        raise InvalidForm([Fault(pointer, "warnings_open", {"codes": _codes(waiting)})])
    log_checked(transaction, case, point, found)


def _refuse(found: Iterable[Checked], pointer: str) -> None:
    """A fault for each condition that bars somebody."""
    barred: dict[str, list[Checked]] = {}
    for each in found:
        for finding in each.bars:
            condition = each.condition(finding.code)
            barred.setdefault(condition.name if condition else finding.code, []).append(each)
    if barred:
        raise InvalidForm(
            [
                Fault(pointer, "not_eligible", {"condition": name, "codes": _codes(those)})
                for name, those in barred.items()
            ]
        )


def _codes(found: Iterable[Checked]) -> str:
    return ", ".join(each.nomination.case.code for each in found)


def log_checked(
    transaction: Transaction,
    case: Case,
    point: Point,
    found: Collection[Checked],
    passing: Collection[str] = (),
) -> None:
    """What was found stands in the log with the digest of the conditions it was found by.

    ``passing``: rules that are told elsewhere, so that no finding of theirs is named.
    """
    conditions = sorted({repr(condition) for each in found for condition in each.conditions})
    transaction.log_case(
        case,
        EligibilityChecked(
            point=point,
            checked=len(found),
            rules=digest(conditions),
            findings=[
                {
                    "nomination": each.nomination.case.code,
                    "condition": finding.code,
                    "verdict": finding.verdict,
                }
                for each in found
                for finding in each.findings
                if finding.verdict != "pass" and finding.rule not in passing
            ],
        ),
    )


def override_warning(code: str, condition: str, reason: str, *, actor: Actor, now: Now) -> None:
    """Let a warning pass for a nomination, with a reason; the organiser's secretary may, and never a bar.

    Raises NotFound, Forbidden, CaseFrozen, CaseEnded, NotNow("no_such_warning"), InvalidForm for want of a reason.
    """
    with write(actor, now) as transaction:
        session = transaction.session
        case_id = session.scalar(select(Case.id).where(Case.code == code, Case.process.in_(NOMINATIONS)))
        person = session.get(Person, actor.person_id)
        if case_id is None or person is None:
            raise NotFound
        standing = standing_of(session, person, transaction.day)
        if not may_see(session, standing, case_id):
            raise NotFound
        case = transaction.lock_case(case_id)
        if case.organiser_id not in standing.units("secretary"):
            raise Forbidden
        refuse_unless_active(case)
        found = check_nomination(session, case, "agenda", transaction.day)
        if condition not in {each.code for each in found.warnings}:
            raise NotNow("no_such_warning")
        reason = checked_reason(reason)
        session.add(
            Override(
                nomination_id=found.nomination.id,
                condition=condition,
                reason=reason,
                person_id=person.id,
                overridden_at=now.at,
            )
        )
        transaction.log_case(case, WarningOverridden(condition=condition), private={"reason": reason})
