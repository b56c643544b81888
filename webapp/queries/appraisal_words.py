"""What an appraisal found in the parts asked of the award, in the short clauses of lists and council papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Data = Mapping[str, Any]

SCOPES = {
    "unit": "trong cơ quan, đơn vị",
    "hamlet": "trong ấp, khóm, đơn vị",
    "commune": "trong xã",
    "district": "trong huyện",
    "province": "trong tỉnh",
    "nation": "trong bộ, ngành hoặc toàn quốc",
}
STANDINGS = {
    "excellent": "hoàn thành xuất sắc nhiệm vụ",
    "good": "hoàn thành tốt nhiệm vụ",
    "done": "hoàn thành nhiệm vụ",
    "failed": "không hoàn thành nhiệm vụ",
}
HOUSEHOLDS = {"left_poverty": "Hộ thoát nghèo", "near_poor": "Hộ cận nghèo", "poor": "Hộ nghèo"}


def appraisal_clauses(data: Data) -> tuple[str, ...]:
    """A clause for each part that was answered, in the order of the form, without a full stop."""
    return tuple("".join(told(data[part])) for part, told in PARTS.items() if part in data)


def _initiative(found: Data) -> Iterator[str]:
    yield f"Sáng kiến “{_line(found['name'])}” được {_line(found['recognised_by'])} công nhận"
    yield from _paper(found)
    yield f", phạm vi ảnh hưởng {SCOPES[found['scope']]}"


def _lower_titles(found: Data) -> Iterator[str]:
    titles = (f"{_line(row['title'])} năm {row['year']}" for row in found["titles"])
    yield f"Đã đạt {', '.join(titles)} ({'liên tục' if found['consecutive'] else 'không liên tục'})"


def _unit_results(found: Data) -> Iterator[str]:
    bodies = (("party", "tổ chức đảng"), ("organisations", "đoàn thể"))
    told = [
        f"{name} {STANDINGS[found[body]]}" if found[body] in STANDINGS else f"không có {name}"
        for body, name in bodies
    ]
    united = "nội bộ đoàn kết, chấp hành tốt pháp luật" if found["united"] else "nội bộ chưa đoàn kết"
    yield f"Tập thể: {', '.join(told)}, {united}"


def _recognition(found: Data) -> Iterator[str]:
    yield f"{HOUSEHOLDS[found['standing']]} được {_line(found['issued_by'])} công nhận"
    yield from _paper(found)


def _influence(found: Data) -> Iterator[str]:
    yield f"Phạm vi ảnh hưởng, nêu gương {SCOPES[found['scope']]}"


def _paper(found: Data) -> Iterator[str]:
    if "number" in found:
        yield f" tại số {found['number']}"
    if "recognised_on" in found:
        yield f" ngày {dt.date.fromisoformat(found['recognised_on']):%d/%m/%Y}"


def _line(text: str) -> str:
    return text.strip().rstrip(".")


PARTS: Mapping[str, Callable[[Data], Iterator[str]]] = {
    "initiative": _initiative,
    "lower_titles": _lower_titles,
    "unit_results": _unit_results,
    "recognition": _recognition,
    "influence": _influence,
}
