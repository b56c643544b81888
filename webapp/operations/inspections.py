"""Begins, changes and ends inspections, and keeps the notes of their members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from webapp.eventlog import case_stream, read_stream
from webapp.models import (
    Campaign,
    Case,
    Inspection,
    InspectionFinding,
    InspectionMember,
    InspectionNote,
    InspectionUnit,
    Person,
    Unit,
)
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing, standing_in
from webapp.operations.inspection_mandates import Mandate, checked, refuse_twice
from webapp.operations.inspection_scans import keep_scan, stream_of
from webapp.operations.numbers import take_number
from webapp.operations.papers import Upload, store_upload
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.inspecting import FINDING, inspected
from webapp.queries.inspections import OPENERS, known_inspection
from webapp.queries.standing import Standing
from webapp.text import nfc
from workflows.forms import Fault
from workflows.inspection_events import (
    InspectionBegun,
    InspectionChanged,
    InspectionEnded,
    NoteWritten,
)

SERIES = "inspection"
NOTE_LIMIT = CONCLUSION_LIMIT = 4000


def begin_inspection(mandate: Mandate, scan: Upload | None = None, *, actor: Actor, now: Now) -> str:
    """Begin an inspection, with the scan of its decision where there is one; returns its code.

    Raises Forbidden for who is neither auditor nor administrator, NotFound for a unit out of their reach, InvalidForm
    for days that cannot be, people who may not inspect, and a decision that is entered already; PaperRefused.
    """
    stored = None
    if scan is not None:
        with write(actor, now) as transaction:  # nobody else fills the disk
            checked(transaction, _opening(transaction), mandate)
            refuse_twice(transaction, mandate)
        stored = store_upload(scan)
    with write(actor, now) as transaction:
        standing = _opening(transaction)
        year = mandate.decision_date.year
        number = take_number(transaction, SERIES, year)  # whoever enters the same one meanwhile waits here
        units, people = checked(transaction, standing, mandate)
        refuse_twice(transaction, mandate)
        row = Inspection(code=f"KT-{year}-{number:04d}", begun_at=transaction.now.at)
        _enter(transaction, row, mandate, units)
        row.members = [InspectionMember(person_id=one.id, head=head) for one, head in people]
        transaction.session.add(row)
        transaction.session.flush()
        begun = InspectionBegun(inspection=row.code, **_scope(row))
        transaction.log(stream_of(row), begun, private=_named(row))
        keep_scan(transaction, row, stored)
        return row.code


def change_inspection(
    code: str, mandate: Mandate, scan: Upload | None = None, *, actor: Actor, now: Now
) -> None:
    """Put what an inspection covers right, as a later decision says, whose scan is added. Raises as `begin_inspection`.

    Who is not named any more leaves it, and sees nothing by it from now on; an inspection that has ended stays
    (NotNow("inspection_over")). The same again changes nothing.
    """
    stored = None
    if scan is not None:
        with write(actor, now) as transaction:  # nobody else fills the disk
            _changing(transaction, code, mandate)
        stored = store_upload(scan)
    with write(actor, now) as transaction:
        row, units, people = _changing(transaction, code, mandate)
        before, named = _scope(row), _named(row)
        _enter(transaction, row, mandate, units)
        _exchange_members(transaction, row, people)
        transaction.session.flush()
        transaction.session.refresh(row)
        if (_scope(row), _named(row)) != (before, named):
            changed = InspectionChanged(inspection=code, before=before, after=_scope(row))
            transaction.log(stream_of(row), changed, private={"before": named, "after": _named(row)})
        keep_scan(transaction, row, stored)


def end_inspection(code: str, conclusion: str, *, actor: Actor, now: Now) -> None:
    """End an inspection with what was concluded: its members see no cases by it any more; findings go on.

    Raises NotFound, Forbidden for who is not its head, InvalidForm without a conclusion, NotNow("inspection_over").
    """
    with write(actor, now) as transaction:
        standing = acting_standing(transaction)
        row = _held(transaction, standing, code)
        if not any(one.head and one.person_id == standing.person_id for one in present(row)):
            raise Forbidden
        _refuse_ended(row)
        row.conclusion = _checked_text(conclusion, "/conclusion", CONCLUSION_LIMIT)
        row.ended_at = transaction.now.at
        findings = select(Case.state).join(InspectionFinding, InspectionFinding.case_id == Case.id)
        states = transaction.session.scalars(findings.where(InspectionFinding.inspection_id == row.id)).all()
        ended = InspectionEnded(
            inspection=code, findings=len(states), open=sum(state != "ended" for state in states)
        )
        transaction.log(stream_of(row), ended, private={"conclusion": row.conclusion})


def write_note(code: str, case: str, event: int, text: str, *, actor: Actor, now: Now) -> None:
    """Keep a note for the members about an event of a case that the inspection covers; the same again does nothing.

    Raises NotFound for who is no member, an inspection that does not last, a case or event out of it; InvalidForm.
    """
    with write(actor, now) as transaction:
        row, subject = inspected_case(transaction, code, case, event)
        kept = _checked_text(text, "/text", NOTE_LIMIT)
        place = {
            "inspection_id": row.id,
            "case_id": subject.id,
            "event_number": event,
            "person_id": actor.person_id,
            "text": kept,
        }
        if transaction.session.scalar(select(InspectionNote.id).filter_by(**place).limit(1)) is not None:
            return
        transaction.session.add(InspectionNote(**place, written_at=transaction.now.at))
        written = NoteWritten(inspection=code, case=case, event=event)
        transaction.log(stream_of(row), written, private={"text": kept})


def inspected_case(transaction: Transaction, code: str, case: str, event: int) -> tuple[Inspection, Case]:
    """An inspection of the actor that lasts, held, and a case it covers that has such an event. Raises NotFound."""
    standing, session = acting_standing(transaction), transaction.session
    row = session.scalar(select(Inspection).where(Inspection.code == code).with_for_update())
    covering = [each for each in standing.inspections if row and each.inspection_id == row.id]
    if row is None or not covering:
        raise NotFound
    wanted = Case.code == case, Case.process != FINDING, inspected(covering)
    subject = session.scalar(select(Case).where(*wanted))
    if subject is None or event < 1 or not read_stream(session, case_stream(case), after=event - 1, limit=1):
        raise NotFound
    return row, subject


def present(row: Inspection) -> list[InspectionMember]:
    """Who inspects now: who left is none of them."""
    return [one for one in row.members if one.left_at is None]


def _opening(transaction: Transaction) -> Standing | None:
    standing = standing_in(transaction)
    if standing is not None and not standing.holds(*OPENERS):
        raise Forbidden
    return standing


def _changing(
    transaction: Transaction, code: str, mandate: Mandate
) -> tuple[Inspection, list[Unit], list[tuple[Person, bool]]]:
    """The inspection, held, with the units and people it is to have."""
    standing = _opening(transaction)
    row = _held(transaction, standing, code)
    _refuse_ended(row)
    return row, *checked(transaction, standing, mandate)


def _held(transaction: Transaction, standing: Standing | None, code: str) -> Inspection:
    """The inspection, locked, when the actor may know of it."""
    query = select(Inspection).where(Inspection.code == code)
    if standing is not None:
        query = query.where(known_inspection(standing))
    row = transaction.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    return row


def _refuse_ended(row: Inspection) -> None:
    if row.ended_at is not None:
        raise NotNow("inspection_over")


def _enter(transaction: Transaction, row: Inspection, mandate: Mandate, units: Sequence[Unit]) -> None:
    campaign = select(Campaign.id).where(Campaign.code == mandate.campaign)
    row.campaign_id = transaction.session.execute(campaign).scalar_one() if mandate.campaign else None
    row.title, row.issued_by = nfc(mandate.title), nfc(mandate.issued_by)
    row.decision_number, row.decision_date = nfc(mandate.decision_number), mandate.decision_date
    row.period_from, row.period_to = mandate.period_from, mandate.period_to
    row.begins_on, row.ends_on = mandate.begins_on, mandate.ends_on
    known = {each.unit_id: each for each in row.units}
    row.units = [known.get(unit.id) or InspectionUnit(unit_id=unit.id) for unit in units]


def _exchange_members(
    transaction: Transaction, row: Inspection, people: Sequence[tuple[Person, bool]]
) -> None:
    known = {one.person_id: one for one in row.members}
    named = {person.id: head for person, head in people}
    for person_id, member in known.items():
        member.head = named.get(person_id, False)
        member.left_at = None if person_id in named else member.left_at or transaction.now.at
    transaction.session.add_all(
        InspectionMember(inspection_id=row.id, person_id=person_id, head=head)
        for person_id, head in named.items()
        if person_id not in known
    )


def _scope(row: Inspection) -> dict[str, Any]:
    """What the log keeps of it: codes, ids and days."""
    days = {
        "decision_date": row.decision_date,
        "from_date": row.period_from,
        "to_date": row.period_to,
        "begins_date": row.begins_on,
        "ends_date": row.ends_on,
    }
    return {name: day.isoformat() for name, day in days.items()} | {
        "decision": row.decision_number,
        "units": sorted(each.unit.code for each in row.units),
        "campaign": row.campaign.code if row.campaign else "",
        "members": sorted(one.person.public_id for one in present(row)),
        "head": next((one.person.public_id for one in present(row) if one.head), ""),
    }


def _named(row: Inspection) -> dict[str, str]:
    return {"title": row.title, "issued_by": row.issued_by}


def _checked_text(text: str, field: str, limit: int) -> str:
    kept = nfc(text).strip()
    if not kept:
        raise InvalidForm([Fault(field, "required")])
    if len(kept) > limit:
        raise InvalidForm([Fault(field, "too_long", {"limit": limit})])
    return kept
