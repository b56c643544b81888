"""Inspections: begun by a decision, with a note and findings that the organiser answers, and ended."""

from __future__ import annotations

import io
from collections.abc import Iterator

from webapp import eventlog
from webapp.demo.inspection_scripts import Finding, Inspection, inspections
from webapp.demo.setting import Place
from webapp.demo.sheets import Sheet
from webapp.demo.telling import Story, at
from webapp.extensions import db
from webapp.operations.inspection_findings import raise_finding
from webapp.operations.inspection_mandates import Mandate
from webapp.operations.inspection_scans import DECISION_SCAN
from webapp.operations.inspections import begin_inspection, end_inspection, write_note
from webapp.operations.papers import Upload


def inspection_stories(place: Place) -> Iterator[Story]:
    """Every inspection of a campaign."""
    for script in inspections():
        if script.campaign == place.plan.code:
            yield _inspection(place, script)


def _inspection(place: Place, script: Inspection) -> Story:
    """Begin it, write the note, and let each finding be raised, answered and concluded in the order of the script."""
    stage, who, key = place.stage, script.head, script.decision_number
    yield at(script.begun, key)
    code = stage.act(who, begin_inspection, _mandate(place, script), _scan(script))
    yield at(script.note.on, key)
    subject = place.codes[place.key(f"{script.round}/{script.note.nominee}")]
    stage.act(who, write_note, code, subject, _event(subject, script.note.step), script.note.text)
    for finding in script.findings:
        yield from _finding(place, script, code, finding)
    yield at(script.ended, key)
    stage.act(who, end_inspection, code, script.conclusion)


def _finding(place: Place, script: Inspection, code: str, finding: Finding) -> Story:
    stage, key = place.stage, f"{script.decision_number}/{finding.nominee}"
    yield at(finding.on, key)
    subject = place.codes[place.key(f"{script.round}/{finding.nominee}")]
    said = {name: getattr(finding, name) for name in ("severity", "seen", "request")}
    said["answer_by"] = finding.answer_by.isoformat()
    case = stage.act(script.head, raise_finding, code, subject, _event(subject, finding.step), said)
    yield at(finding.answered, key)
    answer = {"answer": finding.answer} | ({"measures": finding.measures} if finding.measures else {})
    stage.do(place.who("head"), "answer_finding", case, answer)
    yield at(finding.reviewed, key)
    reviewed = {"decision": "close", "result": finding.result, "conclusion": finding.conclusion}
    stage.do(script.head, "review_answer", case, reviewed)


def _mandate(place: Place, script: Inspection) -> Mandate:
    return Mandate(
        title=script.title,
        decision_number=script.decision_number,
        decision_date=script.decision_date,
        issued_by=script.issued_by,
        units=[place.unit()],
        period_from=script.period_from,
        period_to=script.period_to,
        begins_on=script.begins_on,
        ends_on=script.ends_on,
        head=place.stage.actor(script.head).public_id,
        campaign=script.campaign,
    )


def _scan(script: Inspection) -> Upload:
    """The decision as whoever entered the inspection scanned it in."""
    sheet = Sheet(
        DECISION_SCAN,
        f"Quyet dinh {script.decision_number.replace('/', '-')}.pdf",
        script.issued_by,
        f"Quyết định số {script.decision_number}",
        script.title,
        (
            f"Thời kỳ kiểm tra: từ {script.period_from:%d/%m/%Y} đến {script.period_to:%d/%m/%Y}.",
            "(Đã ký, đóng dấu)",
        ),
    )
    return Upload(sheet.filename, io.BytesIO(sheet.content()), sheet.kind)


def _event(case: str, step: str) -> int:
    """The number of the event with which a step of a case was first done."""
    events = eventlog.read_stream(db.session(), eventlog.case_stream(case))
    return next(event.number for event in events if event.fields.get("element") == step)
