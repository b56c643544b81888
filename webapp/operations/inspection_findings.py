"""Raises findings of an inspection, each a case of its own in which the organiser answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import Case, FormEntry, Inspection, InspectionFinding, Person
from webapp.operations.acting import Actor, Now
from webapp.operations.cases import open_case
from webapp.operations.inspection_scans import stream_of
from webapp.operations.inspections import inspected_case
from webapp.operations.refusals import InvalidForm
from webapp.operations.transaction import Transaction, write
from webapp.queries.deployments import current_deployment, form_schema
from webapp.queries.inspecting import FINDING
from webapp.queries.units import Places
from workflows import forms
from workflows.forms import Fault
from workflows.inspection_events import FindingRaised
from workflows.record import digest
from workflows.rules.deadlines import end_of_day

START = f"{FINDING}/start"


def raise_finding(
    inspection: str, case: str, event: int, data: Mapping[str, Any], *, actor: Actor, now: Now
) -> str:
    """Raise a finding about an event of a case; returns the code of its own case, where it is answered.

    Raises NotFound for who is no member of an inspection that lasts and covers the case, and InvalidForm, also for the
    same finding again.
    """
    with write(actor, now) as transaction:
        row, subject = inspected_case(transaction, inspection, case, event)
        schema = form_schema(current_deployment(transaction.session, FINDING), FINDING, "start")
        if faults := forms.validate(schema, data, transaction.day):
            raise InvalidForm(faults, schema)
        kept = dict(data)
        _refuse_twice(transaction, row, subject, event, digest(kept))
        finding = _opened(transaction, subject, kept)
        transaction.session.add(
            InspectionFinding(
                case_id=finding.id,
                inspection_id=row.id,
                subject_id=subject.id,
                event_number=event,
                severity=kept["severity"],
            )
        )
        raised = FindingRaised(
            inspection=row.code, finding=finding.code, case=case, event=event, severity=kept["severity"]
        )
        transaction.log(stream_of(row), raised)
        return finding.code


def answer_clock(transaction: Transaction, day: str) -> dict[str, str]:
    """Until when is answered, the end of a day, and when is reminded: halfway there."""
    due = end_of_day(dt.date.fromisoformat(day))
    halfway = transaction.now.at + (due - transaction.now.at) / 2
    return {
        "answer_due": due.isoformat(),
        "answer_reminder_at": halfway.replace(microsecond=0).isoformat(),
    }


def _opened(transaction: Transaction, subject: Case, kept: dict[str, Any]) -> Case:
    """The case of a finding lies at the organiser of the case it is about, and there alone."""
    person = transaction.session.get_one(Person, transaction.actor.person_id)
    case = open_case(
        transaction,
        FINDING,
        title=subject.code,
        places=Places(subject.organiser, subject.organiser, None, None),
        registrant=person,
        data=answer_clock(transaction, kept["answer_by"]),
        private=kept,
    )
    entry = FormEntry(
        case_id=case.id,
        form=START,
        data=kept,
        digest=digest(kept),
        person_id=person.id,
        submitted_at=transaction.now.at,
    )
    transaction.session.add(entry)
    return case


def _refuse_twice(transaction: Transaction, row: Inspection, subject: Case, event: int, said: str) -> None:
    query = select(InspectionFinding.id).join(FormEntry, FormEntry.case_id == InspectionFinding.case_id)
    same = query.where(
        InspectionFinding.inspection_id == row.id,
        InspectionFinding.subject_id == subject.id,
        InspectionFinding.event_number == event,
        FormEntry.form == START,
        FormEntry.digest == said,
    )
    if transaction.session.scalar(same.limit(1)) is not None:
        raise InvalidForm([Fault("/seen", "found_already")])
