"""Revocation of awards: from the conclusion of an authority to the struck register and the money that comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import Case, Certificate, Decision, Paper, Repayment, Revocation, RevokedAward
from webapp.operations import hooks
from webapp.operations.award_recording import awarded_people
from webapp.operations.decision_days import refuse_before
from webapp.operations.hooks import Carrying, Completing, Facts
from webapp.operations.notices import tell
from webapp.operations.procedures.amending import (
    fault,
    held_amendment,
    open_amendment,
    refuse_numbered,
    word_draft,
)
from webapp.operations.refusals import InvalidForm
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.amendments import (
    open_revocations,
    original_of,
    owed,
    revocation_of,
    standing_awards,
    written_number,
)
from webapp.queries.payments import paid_amounts
from webapp.text import nfc
from workflows.amendment_events import AwardsRevoked
from workflows.forms import Fault


@hooks.opening("award_revocation")
def open_revocation(start: Start) -> Case:
    """Open the revocation of awards of a decision."""
    return open_amendment(start, "revocation")


@hooks.completing("award_revocation", "prepare_revocation")
def prepare_revocation(completing: Completing) -> Facts:
    """The ground, the conclusion it rests on, and the awards it is about with what is to be paid back of each."""
    transaction, form = completing.transaction, completing.form
    decision = held_amendment(transaction, completing.case)
    found = _kept(transaction, decision)
    found.ground, found.concluded_by = form["ground"], nfc(form["concluded_by"])
    found.conclusion_number = nfc(form["conclusion_number"])
    found.concluded_on = dt.date.fromisoformat(form["concluded_on"])
    found.conclusion_paper_id = transaction.session.scalar(
        select(Paper.id).where(Paper.public_id == form["conclusion"])
    )
    found.awards.extend(_rows(transaction, decision, form["awards"]))
    return {"money_due": any(each.amount_due for each in found.awards)}


def _kept(transaction: Transaction, decision: Decision) -> Revocation:
    """The revocation of a decision, with no awards yet: those named before are named anew."""
    found = revocation_of(transaction.session, decision)
    if found is None:
        found = Revocation(decision_id=decision.id)
        transaction.session.add(found)
        return found
    found.awards.clear()
    transaction.session.flush()
    return found


def _rows(transaction: Transaction, decision: Decision, rows: list[Mapping[str, Any]]) -> list[RevokedAward]:
    awards = standing_awards(original_of(decision))
    ids = [awards[row["award"]].id for row in rows]
    with transaction.session.no_autoflush:
        elsewhere = open_revocations(transaction.session, ids, decision.id)
        paid = paid_amounts(transaction.session, ids)
    made = []
    for place, row in enumerate(rows):
        award, due = awards[row["award"]], row.get("amount_due")
        if award.id in ids[:place]:
            raise fault(place, "awards", "award", "revoked_twice")
        if award.id in elsewhere:
            raise fault(place, "awards", "award", "revocation_open")
        if due is not None and due > (award.prize or 0):
            raise fault(place, "awards", "amount_due", "over_prize", prize=award.prize or 0)
        amount = paid.get(award.id, 0) if due is None else due
        made.append(RevokedAward(award=award, reason=nfc(row["reason"]), amount_due=amount))
    return made


@hooks.completing("award_revocation", "draft_revocation")
def draft_revocation(completing: Completing) -> None:
    """The draft of the decision, as who decides wants it."""
    word_draft(completing.case, held_amendment(completing.transaction, completing.case), completing.form)


@hooks.carrying("strike_awards")
def strike_awards(carrying: Carrying) -> Mapping[str, Any]:
    """Strike the awards from the register; carried out again it changes nothing.

    Their numbers stay theirs and are never given again; certificates and records of them count no more.
    """
    transaction, session = carrying.transaction, carrying.transaction.session
    decision = held_amendment(transaction, carrying.case)
    found, original = revocation_of(session, decision), original_of(decision)
    assert found is not None
    struck = [each for each in found.awards if each.award.revoked_on is None]
    for each in struck:
        each.award.revoked_on, each.award.revoked_by_id = decision.dated_on, decision.id
        query = select(Certificate).where(Certificate.award_id == each.award_id, Certificate.state == "valid")
        for certificate in session.scalars(query):
            certificate.state = "revoked"
    original.status = "revoked_in_part" if standing_awards(original) else "revoked"
    if struck:
        _tell(carrying, decision, struck)
    return {"revoked": len(struck)}


def _tell(carrying: Carrying, decision: Decision, struck: list[RevokedAward]) -> None:
    """The log by register number, and who registered or submitted each of them."""
    transaction, session = carrying.transaction, carrying.transaction.session
    entries = [
        {"nomination": each.award.nomination.case.code, "register": each.award.register_number}
        for each in struck
    ]
    happening = AwardsRevoked(number=decision.number or 0, year=decision.year or 0, entries=entries)
    transaction.log_case(carrying.case, happening)
    day = decision.dated_on.isoformat() if decision.dated_on else None
    about = {"number": written_number(decision), "decided": day}
    session.flush()
    for each in struck:
        nomination = each.award.nomination
        people = awarded_people(transaction, nomination.case, nomination.nominee)
        tell(transaction, nomination.case, people, "award_revoked", about=about)


@hooks.completing("award_revocation", "collect_prize")
def collect_prize(completing: Completing) -> None:
    """Enter what came back. It ends when nothing is left, or when somebody says why no more is to be expected."""
    transaction, form = completing.transaction, completing.form
    found = revocation_of(transaction.session, held_amendment(transaction, completing.case))
    assert found is not None
    if form["decision"] == "more" and not form.get("repayments"):
        raise InvalidForm([Fault("/repayments", "required")])
    revoked = {each.award.nomination.case.code: each for each in found.awards}
    for place, row in enumerate(form.get("repayments", ())):
        refuse_before(
            revoked[row["award"]].award.decision, {f"/repayments/{place}/returned_on": row["returned_on"]}
        )
        each = revoked[row["award"]]
        if row["amount"] > owed(each).left:
            raise fault(place, "repayments", "amount", "over_owed", left=owed(each).left)
        each.repayments.append(
            Repayment(
                amount=row["amount"],
                returned_on=dt.date.fromisoformat(row["returned_on"]),
                document_number=nfc(row["document_number"]),
                entered_at=transaction.now.at,
                entered_by_id=transaction.actor.person_id,
            )
        )
    left = sum(owed(each).left for each in found.awards)
    if form["decision"] == "done" and left and not form.get("unreturned_reason"):
        raise InvalidForm([Fault("/unreturned_reason", "money_left", {"left": left})])


@hooks.ended("award_revocation")
def end_revocation(transaction: Transaction, case: Case) -> None:
    """A proposal that was withdrawn strikes nothing."""
    if case.outcome == "withdrawn":
        refuse_numbered(transaction, case)
