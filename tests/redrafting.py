"""A decision that was returned and is drafted anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.sittings import Council

DRAFT = {
    "title": "Về việc khen thưởng phong trào thi đua “Chung tay vì người nghèo” năm 2019",
    "achievement": "Đã có thành tích xuất sắc trong phong trào thi đua năm 2019",
    "prize_source": "Kinh phí trích từ Quỹ thi đua, khen thưởng của huyện",
    "copies_to": "Như Điều 3\nThường trực Huyện ủy",
}
"""What `Council.draft` writes."""


def drafted_anew(council: Council, code: str, nominations: Iterable[str], **changes: Any) -> None:
    """The head of office returns the draft; the specialist drafts it as it was, but for the changes."""
    council.do("head", "submit_decision", code, decision="return", return_reason="Sửa danh sách")
    signer = council.person("authority").public_id
    form = {**DRAFT, "signer": signer, "nominations": list(nominations), **changes}
    council.do("specialist", "draft_decision", code, **form)
