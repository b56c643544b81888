"""The annex of a session's papers: the codes of secret ballots."""

from __future__ import annotations

from collections.abc import Sequence

from webapp.documents.formats import padded

WIDTH = 4


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
