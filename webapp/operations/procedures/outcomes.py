"""The outcome of a vote until its minutes are signed: who is barred meanwhile has not passed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from webapp.models import AgendaItem, Campaign, CouncilSession
from webapp.operations import hooks
from webapp.operations.eligibility import log_checked
from webapp.operations.hooks import Completing
from webapp.operations.procedures.council import session_of
from webapp.operations.procedures.sealing import promise_seal
from webapp.operations.refusals import InvalidForm
from webapp.operations.rounds import void_rounds
from webapp.queries.eligibility import QUOTAS
from webapp.queries.outcome_checks import PASSED, Ground, OutcomeCheck, check_outcome
from workflows.forms import Fault


@hooks.completing("council_vote", "draft_minutes")
def draft_minutes(completing: Completing) -> None:
    """The minutes hold the outcome as it is by now: a bar that came up since the count refuses the passing."""
    council_session, check = _checked(completing)
    for item in _newly_barred(council_session, check):
        item.count = {
            **(item.count or {}),
            "result": "not_passed",
            "reason": "not_eligible",
            "grounds": list(check.bars[item.id]),
        }
        item.result = "not_passed"
    log_checked(completing.transaction, completing.case, "outcome", check.found.values(), QUOTAS)
    promise_seal(completing)


@hooks.completing("council_vote", "sign_minutes")
def sign_minutes(completing: Completing) -> None:
    """The chair signs, returns, or voids the vote: then it is held again.

    Nobody signs an outcome that has changed since it was written down; returned, the minutes are written anew.
    """
    decision = completing.form["decision"]
    if decision == "void":
        council_session = session_of(completing.transaction, completing.case)
        void_rounds(completing.transaction, completing.case, council_session, completing.form["void_reason"])
    if decision != "sign":
        return
    council_session, check = _checked(completing)
    if barred := _newly_barred(council_session, check):
        raise InvalidForm([_fault(ground, items) for ground, items in _by_ground(barred, check)])
    log_checked(completing.transaction, completing.case, "outcome", check.found.values(), QUOTAS)


def _checked(completing: Completing) -> tuple[CouncilSession, OutcomeCheck]:
    transaction = completing.transaction
    council_session = session_of(transaction, completing.case)
    campaign = transaction.session.get_one(Campaign, completing.case.campaign_id)
    passed = [item for item in council_session.agenda if item.result in PASSED and not item.withdrawn]
    voted = {item.id for item in passed}
    return council_session, check_outcome(transaction.session, campaign, passed, voted, transaction.day)


def _newly_barred(council_session: CouncilSession, check: OutcomeCheck) -> list[AgendaItem]:
    return [item for item in council_session.agenda if item.id in check.bars]


def _by_ground(
    barred: Sequence[AgendaItem], check: OutcomeCheck
) -> list[tuple[Ground, Sequence[AgendaItem]]]:
    grounds: Mapping[str, Ground] = {
        ground["condition"]: ground for item in barred for ground in check.bars[item.id]
    }
    return [
        (ground, [item for item in barred if ground in check.bars[item.id]]) for ground in grounds.values()
    ]


def _fault(ground: Ground, items: Sequence[AgendaItem]) -> Fault:
    codes = ", ".join(item.nomination.case.code for item in items)
    return Fault("/decision", "barred_since_the_count", {"condition": ground["name"], "codes": codes})
