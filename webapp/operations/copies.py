"""Copies of a decision: recorded as they were sent; units that use the software are told at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select

from webapp.models import Case, Decision, DecisionCopy, Unit
from webapp.operations.acting import Actor, Now
from webapp.operations.decision_days import refuse_before
from webapp.operations.interventions import seen_case
from webapp.operations.notices import tell
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.amendments import PROCESSES
from webapp.queries.copies import SENDERS, unsent_recipients
from webapp.queries.people import holders_in
from webapp.queries.reminders import REMINDED
from workflows.award_events import CopiesSent
from workflows.forms import Fault

NOT_SENT = "none"
"""The way of a recipient that gets no copy."""


def record_copies(code: str, sent: Mapping[str, str], sent_on: dt.date, *, actor: Actor, now: Now) -> None:
    """Record to whom copies of a correction or revocation went: recipients, as they are offered, and how.

    Raises NotFound, Forbidden, NotNow("no_number_yet", "sent_meanwhile"), and InvalidForm for a day to come or before
    the decision.
    """
    with write(actor, now) as transaction:
        case, standing = seen_case(transaction, code)
        if case.process not in PROCESSES.values():
            raise NotFound
        decision = transaction.session.execute(
            select(Decision).where(Decision.case_id == case.id)
        ).scalar_one()
        if decision.unit_id not in standing.units(*SENDERS):
            raise Forbidden
        if decision.dated_on is None:
            raise NotNow("no_number_yet")
        if sent.keys() - {value for value, _text in unsent_recipients(transaction.session, case)}:
            raise NotNow("sent_meanwhile")
        if sent_on > transaction.day:
            raise InvalidForm([Fault("/sent_on", "in_the_future")])
        keep_copies(transaction, case, sent, sent_on)


def keep_copies(transaction: Transaction, case: Case, ways: Mapping[str, str], sent_on: dt.date) -> None:
    """Who got a copy of the decision of a case, how and when; units by their code.

    Raises InvalidForm for a day before the decision.
    """
    session = transaction.session
    decision = session.execute(select(Decision).where(Decision.case_id == case.id)).scalar_one()
    refuse_before(decision, {"/sent_on": sent_on})
    sent = {recipient: way for recipient, way in ways.items() if way != NOT_SENT}
    units = {unit.code: unit for unit in session.scalars(select(Unit).where(Unit.code.in_(sent)))}
    assert transaction.actor.person_id is not None
    session.add_all(
        DecisionCopy(
            decision_id=decision.id,
            recipient=units[recipient].name if recipient in units else recipient,
            unit_id=units[recipient].id if recipient in units else None,
            way=way,
            sent_on=sent_on,
            sent_by_id=transaction.actor.person_id,
        )
        for recipient, way in sent.items()
    )
    people = holders_in(session, [unit.id for unit in units.values()], REMINDED, transaction.day)
    tell(transaction, case, people, "decision_sent")
    transaction.log_case(case, CopiesSent(len(sent)))
