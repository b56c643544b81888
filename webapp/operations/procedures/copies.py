"""Copies of a decision: recorded as they were sent; units that use the software are told at once."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from webapp.models import DecisionCopy, Unit
from webapp.operations import hooks
from webapp.operations.hooks import Completing
from webapp.operations.notices import tell
from webapp.operations.procedures.awards import decision_of
from webapp.operations.procedures.issuing import refuse_before
from webapp.queries.people import holders_in
from webapp.queries.reminders import REMINDED
from workflows.award_events import CopiesSent


@hooks.completing("award_issuance", "send_copies")
def send_copies(completing: Completing) -> None:
    """Who got a copy, how and when."""
    transaction, session, form = completing.transaction, completing.transaction.session, completing.form
    decision = decision_of(transaction, completing.case)
    refuse_before(decision, {"/sent_on": form["sent_on"]})
    sent = [row for row in form.get("copies", ()) if row["way"] != "none"]
    named = [row["recipient"] for row in sent]
    units = {unit.code: unit for unit in session.scalars(select(Unit).where(Unit.code.in_(named)))}
    assert transaction.actor.person_id is not None
    session.add_all(
        DecisionCopy(
            decision_id=decision.id,
            recipient=units[row["recipient"]].name if row["recipient"] in units else row["recipient"],
            unit_id=units[row["recipient"]].id if row["recipient"] in units else None,
            way=row["way"],
            sent_on=dt.date.fromisoformat(form["sent_on"]),
            sent_by_id=transaction.actor.person_id,
        )
        for row in sent
    )
    people = holders_in(session, [unit.id for unit in units.values()], REMINDED, transaction.day)
    tell(transaction, completing.case, people, "decision_sent")
    transaction.log_case(completing.case, CopiesSent(len(sent)))
