"""A decision that was edited as a Word file and came back: its list, read out of tables, and its words against ours."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from webapp.documents.errors import UnreadableTextError
from webapp.documents.formats import lines_of, money
from webapp.documents.list_differences import Difference, Row, row_differences, rows_of
from webapp.documents.words import amount_in_words

LARGEST = 100 * 1024 * 1024
"""Of the unpacked file: a text of thousands of lines takes a hundredth of it."""

MOST_DIGITS = 15
"""Of an amount of money."""

GONE = frozenset({qn("w:moveFrom"), qn("w:del")})
HEADS = {
    "name": ("tập thể", "cá nhân", "hộ gia đình", "họ và tên", "họ tên"),
    "award": ("hình thức", "danh hiệu"),
}
_ROMAN = re.compile(r"^[IVXLC]+\.?\s*")
_INITIALS = re.compile(r"(?<=\./\.)\s*\([^()]*\)$")
"""Whoever initials a draft later stands behind its last word."""
_WORDS = re.compile(r"bằng chữ:\s*([^()\n]*?)\s*(?:\./\.)?\s*\)", re.IGNORECASE)


@dataclass(frozen=True)
class ReadList:
    """What a file says: the lines of its list, their sum as it states it, all amounts in words in its text.

    ``named``: awards stand in a column of their own; else the award of a line is what heads its group. ``prose``: the
    paragraphs outside of the list, without initials.
    """

    rows: tuple[Row, ...]
    named: bool
    total: int | None
    words: tuple[str, ...]
    prose: tuple[str, ...]


def read_back(docx: bytes) -> ReadList:
    """The list in a Word file as it reads with all tracked changes accepted. Raises UnreadableTextError."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise UnreadableTextError("broken")
        return _read(Document(io.BytesIO(docx)).element.body)
    except UnreadableTextError:
        raise
    except Exception as fault:  # the library raises whatever a broken file makes it stumble over
        raise UnreadableTextError("broken") from fault


def _read(body: Any) -> ReadList:
    rows: list[Row] = []
    total: int | None = None
    columns: dict[str, int] | None = None
    lists = set()
    for table in body.iter(qn("w:tbl")):
        reader = _Table(table, columns)
        if reader.columns:
            lists.add(table)
            rows += reader.rows
            columns, total = reader.columns, reader.total if reader.total is not None else total
    if columns is None:
        raise UnreadableTextError("no_list")
    text = "\n".join(_text(paragraph) for paragraph in body.iter(qn("w:p")))
    return ReadList(
        tuple(rows), "award" in columns, total, tuple(_WORDS.findall(text)), tuple(_prose(body, lists))
    )


def _prose(body: Any, lists: set[Any]) -> Iterator[str]:
    for paragraph in body.iter(qn("w:p")):
        said = _INITIALS.sub("", " ".join(_text(paragraph).split()))
        if said and lists.isdisjoint(paragraph.iterancestors(qn("w:tbl"))):
            yield said


def wording_differences(ours: Sequence[str], theirs: Sequence[str]) -> list[Difference]:
    """Paragraphs that are otherwise, in their order."""
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return [
        Difference("wording", "", own, other)
        for act, left, left_end, right, right_end in steps
        if act != "equal"
        for own, other in zip_longest(ours[left:left_end], theirs[right:right_end], fillvalue="")
    ]


def differences(facts: Mapping[str, Any], read: ReadList) -> list[Difference]:
    """In what the list of a file differs from that of a decision, number and sum last."""
    ours, theirs = rows_of(facts), read.rows
    if facts["grouping"] == "strand" and not read.named:
        theirs = tuple(replace(row, award=None) for row in theirs)
    found = row_differences(ours, theirs)
    sums = [sum(row.prize or 0 for row in rows) for rows in (ours, theirs)]
    total = sum(line["prize"] for line in lines_of(facts["groups"]))
    if len(ours) != len(theirs):
        found.append(Difference("count", "", str(len(ours)), str(len(theirs))))
    stated = sums[1] if read.total is None else read.total
    if stated != total or sums[1] != total:
        said = money(stated) if stated == sums[1] else f"{money(stated)}; cộng các dòng: {money(sums[1])}"
        found.append(Difference("total", "", money(total), said))
    words = amount_in_words(total) if total else ""
    other = [each for each in read.words if _folded(each) != _folded(words)]
    return found + [Difference("words", "", words, each) for each in dict.fromkeys(other)]


class _Table:
    """One table: a list where a row of it names STT, or where it goes on with the columns of the one before."""

    def __init__(self, table: Any, before: dict[str, int] | None) -> None:
        self.columns: dict[str, int] = {}
        self.rows: list[Row] = []
        self.total: int | None = None
        self.award: str | None = None
        self._width = 0
        lines = list(_cells(table))
        if before and lines and max(len(cells) for cells in lines) == before["width"]:
            self._take_columns(before)
        for cells in lines:
            if len(cells) > 1 and _folded(cells[0]) in ("stt", "tt"):
                self._take_columns(_heads(cells))
            elif self.columns:
                self._read(cells)

    def _take_columns(self, columns: dict[str, int]) -> None:
        self.columns, self._width = columns, columns["width"]

    def _read(self, cells: list[str]) -> None:
        if _folded(cells[0]).startswith("tổng cộng"):
            self.total = _amount(cells[-1]) if len(cells) > 1 else None
        elif len(cells) < self._width:
            self._head(cells)
        elif cells[self.columns["name"]].strip():
            at = self.columns
            self.rows.append(
                Row(
                    cells[at["name"]],
                    cells[at["address"]] if "address" in at else "",
                    cells[at["award"]] if "award" in at else self.award,
                    _amount(cells[at["prize"]]) if "prize" in at else None,
                )
            )

    def _head(self, cells: list[str]) -> None:
        """The heading of a group with a Roman number; one that counts heads a kind of nominee."""
        mark, text = (cells[0], cells[-1]) if len(cells) > 1 else ("", cells[0])
        if _ROMAN.match(mark) or (not mark and _ROMAN.match(text)):
            title = _ROMAN.sub("", text) if not mark else text
            counted = re.search(r"\(\d+\)\s*$", title)
            self.award = self.award if counted else title.strip()


def _heads(cells: list[str]) -> dict[str, int]:
    """Which column holds what, by the words of its heading."""
    found = {"width": len(cells), "name": 1}
    for place, head in enumerate(map(_folded, cells)):
        if "tiền" in head:
            found["prize"] = place
        elif any(word in head for word in HEADS["award"]):
            found["award"] = place
        elif "chức vụ" in head or "đơn vị" in head or "nơi ở" in head or "địa chỉ" in head:
            found["address"] = place
        elif place and any(word in head for word in HEADS["name"]):
            found["name"] = place
    return found


def _cells(table: Any) -> Iterator[list[str]]:
    """The texts of the cells of each row that is still there; one that spans columns counts once."""
    for row in table.findall(qn("w:tr")):
        marks = row.find(qn("w:trPr"))
        if marks is not None and marks.find(qn("w:del")) is not None:
            continue
        cells = [" ".join(_text(cell).split()) for cell in row.iter(qn("w:tc"))]
        if cells:
            yield cells


def _text(element: Any) -> str:
    """The text of a part with its insertions, without what was deleted or moved away."""
    found = []
    for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:p")):
        if any(above.tag in GONE for above in node.iterancestors()):
            continue
        found.append(node.text or "" if node.tag == qn("w:t") else " ")
    return unicodedata.normalize("NFC", "".join(found))


def _amount(text: str) -> int | None:
    """``450.000 đ`` → 450000; None where there is no number, or one that is no money."""
    digits = re.sub(r"[^0-9]", "", text)
    return int(digits) if 0 < len(digits) <= MOST_DIGITS else None


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(" ./")
