"""The signing of decisions of every kind: checked, signed here or elsewhere, under a number of the office's book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import Decision, Paper, Unit
from webapp.operations import hooks
from webapp.operations.hooks import Completing, CompletingHook
from webapp.operations.procedures.awards import decision_of
from webapp.operations.procedures.issuing import register
from webapp.operations.refusals import InvalidForm
from webapp.operations.transaction import Transaction
from webapp.operations.verifications import issue_codes
from webapp.queries.award_papers import signer_position
from workflows.forms import Fault
from workflows.values import local_day

PROCESSES = ("decision_signing", "award_issuance")
"""The process that signs, and the one whose older cases have the same tasks of their own."""


def _completing(element: str) -> Callable[[CompletingHook], CompletingHook]:
    """Register the hook of a task of the signing, also for cases of older diagrams."""

    def both(hook: CompletingHook) -> CompletingHook:
        for process in PROCESSES:
            hooks.completing(process, element)(hook)
        return hook

    return both


@hooks.completing("decision_signing", "check_decision")
def check(completing: Completing) -> None:
    """Whoever approves the text says where it is signed."""
    decision_of(completing.transaction, completing.case).signing = completing.form.get("signing")


@_completing("sign_decision")
def sign(completing: Completing) -> None:
    """Whoever signs is the signer, in the position they sign in: the chairman, or a deputy in his place."""
    if completing.form["decision"] != "sign":
        return
    transaction = completing.transaction
    decision = decision_of(transaction, completing.case)
    _refuse_closed(decision, "/decision")
    decision.signed_at = transaction.now.at
    _sign_as(transaction, decision, transaction.actor.public_id, transaction.day)


@_completing("number_decision")
def number(completing: Completing) -> None:
    """Number and date come from the office's book, once per body and year."""
    decision = decision_of(completing.transaction, completing.case)
    _number(completing, decision)


@hooks.completing("decision_signing", "record_signed_decision")
def record(completing: Completing) -> None:
    """The decision was signed elsewhere: the file that was signed is the decision, with its number, date and signer."""
    form, transaction = completing.form, completing.transaction
    if form["decision"] != "record":
        return
    decision = decision_of(transaction, completing.case)
    decision.signed_paper_id = _handed_in(transaction, completing.case.id, form["signed_decision"])
    _sign_as(transaction, decision, form["signer"], dt.date.fromisoformat(form["dated_on"]))
    _number(completing, decision)


def _sign_as(transaction: Transaction, decision: Decision, person: str, day: dt.date) -> None:
    lead, position = signer_position(transaction.session, decision.unit, person, day)
    decision.signer, decision.signer_position = person, " ".join([*lead, position])


def _handed_in(transaction: Transaction, case_id: int, public_id: str) -> int:
    """The paper of a case of this public id. Raises InvalidForm."""
    query = select(Paper.id).where(Paper.case_id == case_id, Paper.public_id == public_id)
    found = transaction.session.scalar(query)
    if found is None:
        raise InvalidForm([Fault("/signed_decision", "paper_unknown")])
    return found


def _number(completing: Completing, decision: Decision) -> None:
    """The date of the decision chooses the rule set that gives base salary and multiples."""
    transaction, form = completing.transaction, completing.form
    dated_on = dt.date.fromisoformat(form["dated_on"])
    _refuse_early(dated_on, completing.case.opened_at)
    _refuse_closed(decision, "/number", "signed_dossiers_closed")
    _refuse_taken(transaction, decision, form, dated_on.year)
    decision.number, decision.year, decision.dated_on = form["number"], dated_on.year, dated_on
    decision.symbol = form["symbol"]
    if decision.kind == "award":
        register(transaction, completing.case, decision, dated_on)
    issue_codes(transaction, decision)


def _refuse_early(dated_on: dt.date, opened_at: dt.datetime) -> None:
    begun = local_day(opened_at)
    if dated_on < begun:
        raise InvalidForm([Fault("/dated_on", "before_draft", {"day": begun.isoformat()})])


def _refuse_closed(decision: Decision, field: str, code: str = "dossiers_closed") -> None:
    """Nobody is awarded whose dossier was withdrawn or suspended since the draft (domain: pending complaints)."""
    closed = [a.nomination.case.code for a in decision.awards if a.nomination.case.state != "active"]
    if closed:
        raise InvalidForm([Fault(field, code, {"codes": ", ".join(closed)})])


def _refuse_taken(transaction: Transaction, decision: Decision, form: Mapping[str, Any], year: int) -> None:
    """A number stands for one decision of a body and year."""
    transaction.hold(Unit, decision.unit_id)
    taken = transaction.session.scalar(
        select(Decision.id).where(
            Decision.unit_id == decision.unit_id, Decision.year == year, Decision.number == form["number"]
        )
    )
    if taken is not None:
        raise InvalidForm([Fault("/number", "number_taken", {"year": year})])
