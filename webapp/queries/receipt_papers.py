"""Facts of a receipt with the day of the result: of a batch as it came in, of a dossier in it, of one sent up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.follow_codes import shown_code
from webapp.models import Case, Nomination, Submission, SubmissionLine, Task, Unit
from webapp.queries.declared_papers import held_types
from webapp.queries.facts import (
    award_names,
    by_strand,
    committee_name,
    letterhead,
    moment,
    nominee,
    signature,
    symbol_of,
)
from webapp.queries.follow_codes import codes_of
from webapp.queries.latest_entries import Latest, dossiers, latest_entries
from webapp.queries.law import rule_set_for
from webapp.queries.office_days import calendar_of
from webapp.queries.submission_papers import SIGN, receiver_of
from workflows.rules.deadlines import working_days_between
from workflows.values import local_day

RECEIVE, FORWARD = "submission/receive_submission", "province_assessment/forward_to_province"
APPRAISAL_ABOVE = "appraise_at_province"
SYMBOL = "TNHS"
RECEIVER = "Người tiếp nhận hồ sơ"
SUBMITTED, FORWARDED = "submitted", "forwarded"
"""By which way a dossier was received: on the batch of who submitted it, or sent up by the district."""


@dataclass(frozen=True)
class Receipt:
    """What was received: when, of whom, by whom (``by`` None where nobody has said so here), and until when."""

    way: str
    unit: Unit
    submitter: Unit
    at: dt.datetime
    due: dt.datetime | None
    by: str | None
    lines: Sequence[SubmissionLine | Nomination]
    signed: Mapping[str, Any]


def receipts_of(session: Session, case: Case) -> list[Receipt]:
    """The receipts of a batch or a dossier, in their order; none while nothing has come in."""
    if case.process == "submission":
        batch = session.scalars(select(Submission).where(Submission.case_id == case.id)).one()
        return [_of_batch(session, batch, batch.lines)] if batch.received_at else []
    nomination = session.scalars(select(Nomination).where(Nomination.case_id == case.id)).one()
    found = [_of_batch(session, line.submission, [line]) for line in _received(session, nomination)]
    above = _of_forwarding(session, nomination)
    return [*found, *([above] if above else [])]


def receipt_facts(session: Session, case: Case, way: str) -> dict[str, Any]:
    """Facts of the receipt of a batch or a dossier. Raises LookupError where nothing was received by this way."""
    found = next((each for each in receipts_of(session, case) if each.way == way), None)
    if found is None:
        raise LookupError(way)
    groups = _groups(session, found)
    day = local_day(found.at)
    return {
        "letterhead": letterhead(found.unit, symbol_of(SYMBOL, found.unit), None, day),
        "code": case.code,
        "submitter": committee_name(found.submitter),
        "submission": _submission(found.signed),
        "received": moment(found.at),
        "term": _term(session, found),
        "due": local_day(found.due).isoformat() if found.due else None,
        "groups": groups,
        "count": sum(not line["returned"] for group in groups for line in group["lines"]),
        "signature": signature([], RECEIVER, found.by, signed=False),
    }


def _received(session: Session, nomination: Nomination) -> Sequence[SubmissionLine]:
    """The line by which a dossier was received: the newest."""
    query = select(SubmissionLine).where(
        SubmissionLine.nomination_id == nomination.id, SubmissionLine.result == "received"
    )
    return session.scalars(query.order_by(SubmissionLine.id.desc()).limit(1)).all()


def _of_batch(session: Session, batch: Submission, lines: Sequence[SubmissionLine]) -> Receipt:
    entries = latest_entries(session, [batch.case_id], [SIGN, RECEIVE])
    received: Latest | None = entries.get((batch.case_id, RECEIVE))
    signing = entries.get((batch.case_id, SIGN))
    assert batch.received_at is not None  # its lines have been answered
    return Receipt(
        way=SUBMITTED,
        unit=receiver_of(batch),
        submitter=batch.unit,
        at=batch.received_at,
        due=batch.return_by,
        by=received.name if received else None,
        lines=[line for line in lines if line.result != "withdrawn"],
        signed=signing.data if signing else {},
    )


def _of_forwarding(session: Session, nomination: Nomination) -> Receipt | None:
    """The dossier as the district sent it up; the clock of the province began with it."""
    case = nomination.case
    sent = latest_entries(session, [case.id], [FORWARD]).get((case.id, FORWARD))
    if sent is None or case.province is None:
        return None
    query = select(Task.due).where(
        Task.case_id == case.id, Task.element == APPRAISAL_ABOVE, Task.opened_at >= sent.at
    )
    return Receipt(
        way=FORWARDED,
        unit=case.province,
        submitter=case.district or case.organiser,
        at=sent.at,
        due=session.scalar(query.order_by(Task.id).limit(1)),
        by=None,
        lines=[nomination],
        signed=sent.data,
    )


def _submission(signed: Mapping[str, Any]) -> str | None:
    """The paper it came with."""
    if "document_number" not in signed or "issued_on" not in signed:
        return None
    day = dt.date.fromisoformat(signed["issued_on"])
    return f"Tờ trình số {signed['document_number']} ngày {day:%d/%m/%Y}"


def _term(session: Session, receipt: Receipt) -> str | None:
    if receipt.due is None:
        return None
    calendar = calendar_of(session, receipt.unit.id, local_day(receipt.at).year)
    days = working_days_between(local_day(receipt.at), local_day(receipt.due), calendar)
    return f"{days:02d} ngày làm việc"


def _groups(session: Session, receipt: Receipt) -> list[dict[str, Any]]:
    """The dossiers by strand, each with the papers it held when it came in, in the order of the rule set."""
    pairs = [(one, one) if isinstance(one, Nomination) else (one.nomination, one) for one in receipt.lines]
    ids = [nomination.case_id for nomination, _line in pairs]
    told, held = dossiers(session, ids), held_types(session, ids, receipt.at)
    codes = codes_of(session, ids)
    rules = rule_set_for(session, local_day(receipt.at), receipt.unit.id)
    names = award_names(rules, receipt.unit)
    papers = {paper.code: paper.name for paper in rules.papers}

    def row(nomination: Nomination, line: SubmissionLine | Nomination) -> dict[str, Any]:
        reason = line.reason if isinstance(line, SubmissionLine) and line.result == "returned" else None
        found = held[nomination.case_id]
        return {
            "code": nomination.case.code,
            "nominee": nominee(nomination.nominee, told[nomination.case_id]),
            "award": names.get(nomination.award, nomination.award),
            "papers": [name for code, name in papers.items() if code in found],
            "returned": reason,
            "follow": shown_code(codes[nomination.case_id]) if nomination.case_id in codes else None,
        }

    rows = [(nomination, row(nomination, line)) for nomination, line in pairs]
    return [{"title": title, "lines": list(found)} for title, found in by_strand(rows)]
