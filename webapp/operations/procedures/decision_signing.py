"""The signing of decisions of every kind: checked, signed here or elsewhere, under a number of the office's book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import Decision, Paper, SignedComparison, Unit
from webapp.operations import hooks
from webapp.operations.hooks import Completing, CompletingHook, Readying
from webapp.operations.procedures.awards import decision_of
from webapp.operations.procedures.corrections import refuse_outdated
from webapp.operations.procedures.issuing import register
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.signed_files import KINDS, Compared, ReadFile, compare, read_file
from webapp.operations.signing_capacity import refuse_capacity
from webapp.operations.transaction import Transaction
from webapp.operations.verifications import issue_codes
from webapp.queries.decision_kinds import facts_of
from webapp.queries.decision_versions import final_text
from webapp.queries.papers import paper_of_case
from webapp.queries.signing_capacity import position_of, signs_as_deputy
from workflows.award_events import SignedPaperRecorded
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
    if completing.form.get("signing") == "here":
        _refuse_other_text(completing, "/signing")
    decision_of(completing.transaction, completing.case).signing = completing.form.get("signing")


def _refuse_other_text(completing: Completing, place: str) -> None:
    """What is signed here is drawn from the draft: another text cannot be the final one. Raises InvalidForm."""
    text = final_text(completing.transaction.session, completing.case)
    if text is not None and text.found:
        raise InvalidForm([Fault(place, "other_final_text", {"count": len(text.found)})])


@_completing("sign_decision")
def sign(completing: Completing) -> None:
    """Whoever signs is the signer, in the position they sign in: the chairman, or a deputy in his place."""
    if completing.form["decision"] != "sign":
        return
    transaction = completing.transaction
    decision = decision_of(transaction, completing.case)
    _refuse_closed(decision, "/decision")
    _refuse_other_text(completing, "/decision")
    refuse_outdated(transaction, decision, "/decision")
    decision.signed_at = transaction.now.at
    _sign_as(completing, decision, transaction.actor.public_id, transaction.day)


@_completing("number_decision")
def number(completing: Completing) -> None:
    """Number and date come from the office's book, once per body and year."""
    decision = decision_of(completing.transaction, completing.case)
    _number(completing, decision)


@hooks.readying("decision_signing", "record_signed_decision", lambda form: form.get("decision") == "record")
def read_signed(readying: Readying) -> ReadFile:
    """Read the file that was signed. Raises InvalidForm."""
    paper = paper_of_case(readying.session, readying.task.case_id, readying.form["signed_decision"])
    if paper is None:
        raise InvalidForm([Fault("/signed_decision", "paper_unknown")])
    if paper.media_type not in KINDS:
        raise InvalidForm([Fault("/signed_decision", "no_signed_paper")])
    return read_file(paper)


@hooks.completing("decision_signing", "record_signed_decision")
def record(completing: Completing) -> None:
    """The decision was signed elsewhere: the file that was signed is the decision, with its number, date and signer."""
    form, transaction = completing.form, completing.transaction
    if form["decision"] != "record":
        return
    if not isinstance(completing.ready, ReadFile):
        raise NotNow("file_not_read")
    decision = decision_of(transaction, completing.case)
    refuse_outdated(transaction, decision, "/decision")
    paper = paper_of_case(transaction.session, completing.case.id, form["signed_decision"])
    assert paper is not None  # it was read
    decision.signed_paper_id = paper.id
    _sign_as(completing, decision, form["signer"], dt.date.fromisoformat(form["dated_on"]))
    _number(completing, decision)
    compared = compare(completing.ready, facts_of(transaction.session, decision))
    _refuse_unread(form, compared)
    _keep_comparison(completing, decision, paper, compared)


def _refuse_unread(form: Mapping[str, Any], compared: Compared) -> None:
    """Differences need a reason, and what a machine cannot read a reader. Raises InvalidForm."""
    faults = []
    if compared.scanned and not form.get("read_by_eye"):
        faults.append(Fault("/read_by_eye", "not_read_by_eye", {"pages": len(compared.scanned)}))
    if compared.differences and not form.get("differences_reason"):
        faults.append(
            Fault("/differences_reason", "differences_unexplained", {"count": len(compared.differences)})
        )
    if faults:
        raise InvalidForm(faults)


def _keep_comparison(completing: Completing, decision: Decision, paper: Paper, compared: Compared) -> None:
    transaction, form = completing.transaction, completing.form
    assert transaction.actor.person_id is not None
    transaction.session.add(
        SignedComparison(
            decision_id=decision.id,
            paper_id=paper.id,
            found=compared.as_json(),
            reason=form.get("differences_reason") if compared.differences else None,
            by_eye=bool(compared.scanned),
            compared_at=transaction.now.at,
            compared_by_id=transaction.actor.person_id,
        )
    )
    transaction.log_case(
        completing.case,
        SignedPaperRecorded(
            sha256=paper.sha256,
            verdict=compared.verdict,
            differences=len(compared.differences),
            by_eye=len(compared.scanned),
        ),
    )


def _sign_as(completing: Completing, decision: Decision, person: str, day: dt.date) -> None:
    """The signer and as what; a deputy signs by a paper. Raises InvalidForm."""
    session, form = completing.transaction.session, completing.form
    refuse_capacity(session, decision, person, day, form)
    deputy = signs_as_deputy(session, decision.unit_id, person, day, form)
    lead, position = position_of(deputy=deputy)
    decision.signer, decision.signer_position = person, " ".join([*lead, position])
    decision.permit_number = form.get("permit_number")
    permit = paper_of_case(session, completing.case.id, form["permit"]) if form.get("permit") else None
    decision.permit_paper_id = permit.id if permit else None


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
