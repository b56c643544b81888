"""Facts of the minutes of an inspection (biên bản kiểm tra): what was examined, found, answered and concluded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.documents import formats
from webapp.eventlog import Narrowing, Recorded, access_stream
from webapp.models import Case, Inspection, Paper, Person
from webapp.queries.facts import CHAIRMAN, committee_name, recipients, seat_name, signature
from webapp.queries.inspecting import FINDING, Inspecting, inspected
from webapp.queries.inspection_findings import CLOSED, WITHDRAWN, FindingRow
from webapp.queries.inspection_steps import Beside, beside, named
from webapp.queries.inspections import InspectionPage
from webapp.queries.samples import STREAM
from workflows.values import local_day

DOCUMENT = "inspection_minutes"
HEADS = (f"{CHAIRMAN} ", "Chánh ")
MOST_READ = 10_000
"""Newest readings that are looked at; a case stands in the minutes once."""
SIGNS = 20
"""How many signs of a digest a paper names, as the minutes of sessions do."""

SEVERITIES = {
    "remark": "Lưu ý, rút kinh nghiệm",
    "shortcoming": "Thiếu sót, khuyết điểm",
    "violation": "Có dấu hiệu vi phạm",
}
RESULTS = {
    "accepted": "Chấp nhận giải trình, không còn vấn đề",
    "remedied": "Có thiếu sót, đã khắc phục",
    "upheld": "Có thiếu sót, kiến nghị xử lý tiếp",
}
STATES = {"answer": "Đang chờ giải trình", "review": "Đã giải trình, chưa kết luận", WITHDRAWN: "Đã rút"}
PROCESSES = {
    "campaign": "Phong trào",
    "response": "Phong trào hưởng ứng",
    "registration": "Đăng ký thi đua",
    "registration_change": "Điều chỉnh đăng ký",
    "registration_list": "Bản tổng hợp đăng ký",
    "exemplar": "Điển hình tiên tiến",
    "replication": "Nhân rộng điển hình",
    "nomination": "Hồ sơ đề nghị khen thưởng",
    "extraordinary": "Hồ sơ khen thưởng đột xuất",
    "submission": "Đợt trình",
    "council_vote": "Phiên họp Hội đồng số",
    "award_issuance": "Quyết định khen thưởng",
    "award_correction": "Đính chính quyết định",
    "award_revocation": "Hủy bỏ, thu hồi khen thưởng",
    "cluster_scoring": "Chấm điểm cụm, khối",
}


def minutes_facts(session: Session, page: InspectionPage, now: dt.datetime) -> dict[str, Any]:
    """Facts of the minutes as of now; a fixed number of statements."""
    row = page.inspection
    place = row.units[0].unit
    more = beside(session, page.findings)
    head = next((one.person.name for one in row.members if one.head and one.left_at is None), None)
    return {
        "letterhead": {
            "parent": _body(row.issued_by),
            "body": "Đoàn kiểm tra",
            "number": None,
            "symbol": "BB",
            "place": seat_name(place),
            "date": local_day(now).isoformat(),
        },
        "inspection": _inspection(row, page.scans),
        "team": [
            {"name": one.person.name, "position": "Trưởng đoàn" if one.head else "Thành viên"}
            for one in sorted(row.members, key=lambda one: (not one.head, one.id))
            if one.left_at is None
        ],
        "covered": session.scalar(select(func.count()).select_from(Case).where(_scope(row))) or 0,
        "read": _read(session, row),
        "samples": _samples(session, row),
        "findings": [_finding(each, more) for each in page.findings],
        "open": sum(each.state not in (CLOSED, WITHDRAWN) for each in page.findings),
        "conclusion": row.conclusion,
        "inspected": signature([], "Đại diện đơn vị được kiểm tra", None, signed=False),
        "head": signature([], "Trưởng đoàn", head, signed=False),
        "recipients": recipients("; ".join(committee_name(each.unit) for each in row.units)),
    }


def _body(issuer: str) -> str:
    """The body whose head decided: ``Chánh Thanh tra huyện …`` → ``Thanh tra huyện …``."""
    return next((issuer.removeprefix(head) for head in HEADS if issuer.startswith(head)), issuer)


def _inspection(row: Inspection, scans: Sequence[Paper]) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": row.title,
        "decision": f"Quyết định số {row.decision_number} {formats.long_day(row.decision_date.isoformat())}",
        "issued_by": row.issued_by,
        "units": [committee_name(each.unit) for each in row.units],
        "campaign": row.campaign.title if row.campaign else None,
        "period": f"từ ngày {row.period_from:%d/%m/%Y} đến ngày {row.period_to:%d/%m/%Y}",
        "held": f"từ ngày {row.begins_on:%d/%m/%Y} đến ngày {_last_day(row):%d/%m/%Y}",
        "scans": [f"{scan.filename} (SHA-256: {scan.sha256[:SIGNS]}…)" for scan in scans],
    }


def _last_day(row: Inspection) -> dt.date:
    return local_day(row.ended_at) if row.ended_at else row.ends_on


def _scope(row: Inspection) -> Any:
    """Condition on Case: the inspection covers it, whoever reads the minutes."""
    units = (
        Inspecting(row.id, row.code, each.unit.code, row.period_from, row.period_to, row.campaign_id)
        for each in row.units
    )
    return inspected(units) & (Case.process != FINDING)


def _read(session: Session, row: Inspection) -> list[dict[str, str]]:
    """What its members opened while it lasted, of what it covers, in the order of the codes."""
    codes = {event.fields["case"] for event in _done(session, row, "access/", "dossier_read")}
    cases = session.scalars(select(Case).where(Case.code.in_(codes), _scope(row)).order_by(Case.code))
    return [{"code": case.code, "name": f"{PROCESSES[case.process]} {case.title}"} for case in cases]


def _samples(session: Session, row: Inspection) -> list[str]:
    return [
        f"Lấy mẫu ngẫu nhiên {event.fields['size']}/{event.fields['of']} hồ sơ ngày "
        f"{local_day(event.at):%d/%m/%Y}, số gốc {event.fields['seed']}"
        for event in reversed(_done(session, row, STREAM, "sample_drawn"))
    ]


def _done(session: Session, row: Inspection, stream: str, type: str) -> list[Recorded]:
    """What members did while it lasted, the newest first."""
    members = select(Person.public_id).where(Person.id.in_([one.person_id for one in row.members]))
    first, last = access_stream(row.begins_on), access_stream(_last_day(row))
    narrow = Narrowing(
        lambda name, _actor: name.between(first, last) if stream == "access/" else name == stream,
        type=type,
        actors=members,
    )
    events = eventlog.read_latest(session, narrow, limit=MOST_READ)
    return [event for event in events if row.begins_on <= local_day(event.at) <= _last_day(row)]


def _finding(row: FindingRow, more: Beside) -> dict[str, Any]:
    raised = row.raised
    about = f"{PROCESSES[row.subject_process]} {row.subject_title}"
    until = f"giải trình trước hết ngày {formats.day(raised['answer_by'])}"
    return {
        "code": row.code,
        "severity": SEVERITIES[row.severity],
        "place": f"{about} ({row.subject}), sự kiện số {row.event} trong nhật ký: {more.steps[row.code]}",
        "seen": raised["seen"],
        "citation": raised.get("citation"),
        "request": f"{formats.stripped(raised['request'])} ({until})",
        "exchange": [_said(*text, more.files) for text in row.texts[1:] if not text[3].get("result")],
        "state": _state(row, more.reasons.get(row.code, "")),
        "conclusion": row.last.get("conclusion"),
    }


def _state(row: FindingRow, reason: str) -> str:
    """How it was concluded or withdrawn, and why; else what it waits for."""
    if row.result:
        return RESULTS[row.result]
    return f"{STATES[row.state]}, lý do: {formats.clause(reason)}" if reason else STATES[row.state]


def _said(
    form: str, at: dt.datetime, person: str, data: Mapping[str, Any], files: Mapping[str, str]
) -> dict[str, str]:
    on = f"{local_day(at):%d/%m/%Y}"
    if form == "review_answer":
        return {"lead": f"Yêu cầu giải trình thêm ({person}, ngày {on})", "text": data["question"]}
    measures = f"\nBiện pháp khắc phục: {data['measures']}" if data.get("measures") else ""
    attached = "; ".join(files[each] for each in named(data) if each in files)
    attached = f"\nTài liệu kèm theo: {attached}" if attached else ""
    return {"lead": f"Giải trình ({person}, ngày {on})", "text": data["answer"] + measures + attached}
