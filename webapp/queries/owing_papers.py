"""Facts of the letter that urges a unit to do what it owes (công văn đôn đốc)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Unit
from webapp.queries.facts import OFFICE_HEADS, committee_name, letterhead, signature
from webapp.queries.owing import KINDS, LONGEST, Desk, Owed
from webapp.queries.units import standing_level
from workflows.values import local_day

DOCUMENT = "owing_letter"

HEADINGS = {
    "acknowledgement": "Xác nhận văn bản phát động",
    "plan": "Kế hoạch hưởng ứng của đơn vị",
    "missing": "Đăng ký thi đua chưa có",
    "registration": "Đăng ký thi đua đang dở",
    "nomination": "Hồ sơ đề nghị khen thưởng chưa trình",
    "supplement": "Hồ sơ phải bổ sung",
    "opinion": "Ý kiến được hỏi",
    "report": "Báo cáo của đơn vị",
    "scoring": "Chấm điểm, bỏ phiếu của cụm, khối",
    "exemplar": "Điển hình tiên tiến",
}


def owing_letter_facts(session: Session, desk: Desk, unit: str, owed: Sequence[Owed]) -> dict[str, Any]:
    """Facts of the letter to a unit (its code) about what it owes; the desk drafts it, for its committee.

    ``owed``: those due first, as owed_by gives them; the letter lists LONGEST of them.
    """
    place = session.execute(select(Unit).where(Unit.code == unit)).scalar_one()
    asking = desk.unit
    level = standing_level(session, asking)
    symbol = "UBND-SNV" if level == "province" else "UBND-NV"
    order = list(KINDS)
    listed = sorted(owed[:LONGEST], key=lambda each: order.index(each.kind))
    return {
        "letterhead": letterhead(asking, symbol, None, local_day(desk.now)),
        "addressee": committee_name(place),
        "number": len(owed),
        "late": sum(each.late for each in owed),
        "groups": [
            {"title": HEADINGS[kind], "lines": [_line(each) for each in things]}
            for kind, things in groupby(listed, key=lambda each: each.kind)
        ],
        "more": len(owed) - len(listed),
        "signature": signature(["TL. Chủ tịch"], OFFICE_HEADS[level], None, signed=False),
        "recipients": ["Như trên", "Lưu: VT"],
    }


def _line(owed: Owed) -> dict[str, Any]:
    return {
        "name": f"{owed.name}: {_case(owed)}",
        "code": owed.code,
        "since": local_day(owed.since).isoformat(),
        "due": local_day(owed.due).isoformat() if owed.due else None,
        "over": owed.over,
    }


def _case(owed: Owed) -> str:
    """What it is about, as papers name it."""
    match owed.process:
        case "submission":
            return f"đợt trình của {owed.title}"
        case "registration_list":
            return f"bản tổng hợp của {owed.title}"
        case "registration_change":
            return f"điều chỉnh đăng ký của {owed.title}"
    return owed.title
