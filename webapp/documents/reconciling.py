"""The annex of a session's papers: digests by which paper and log are compared, and codes of secret ballots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from webapp.documents.formats import hour, long_day, padded

SENTENCE = (
    "Các mã dưới đây do hệ thống tính bằng thuật toán SHA-256 trên dữ liệu của phiên họp. Người kiểm tra tính lại "
    "từ dữ liệu đang lưu; mã trùng khớp nghĩa là dữ liệu chưa bị thay đổi."
)
WIDTH = 4


def reconciled(annex: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(what, value): the rows of the table of digests, in the order in which things happen at a session."""
    rows = [
        ("Danh sách thành viên biểu quyết", annex["electorate"]),
        ("Danh sách hồ sơ đưa ra Hội đồng", annex["agenda"]),
        ("Quy định biểu quyết", annex["rule"]),
        ("Số sự kiện trong nhật ký phiên họp tính đến khi kiểm phiếu", str(annex["events"])),
        ("Mã của sự kiện kiểm phiếu", annex["head"]),
    ]
    if annex["checkpoint"] is None:
        return rows
    at = annex["checkpoint"]["at"]
    label = f"Mốc xác nhận toàn bộ nhật ký gần nhất trước khi kiểm phiếu ({hour(at)}, {long_day(at[:10])})"
    return [*rows, (label, annex["checkpoint"]["root"])]


def trackers_sentence(trackers: Sequence[str]) -> str:
    """What the list of codes is for."""
    return (
        f"Mã phiếu ({padded(len(trackers))} mã, xếp theo thứ tự chữ và số): người bỏ phiếu tìm mã đã nhận khi bỏ "
        "phiếu; có mã trong danh sách nghĩa là phiếu đã được kiểm."
    )


def columns(trackers: Sequence[str]) -> list[list[str]]:
    """The codes in rows of a table, read from left to right; the last row is filled up."""
    rows = [list(trackers[start : start + WIDTH]) for start in range(0, len(trackers), WIDTH)]
    return [row + [""] * (WIDTH - len(row)) for row in rows]
