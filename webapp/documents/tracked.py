"""Two versions of a Word file as one, with tracked changes that Word shows, and can accept or reject."""

from __future__ import annotations

import copy
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import count, groupby, zip_longest
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from webapp.documents.packing import repacked
from webapp.documents.text_changes import ALIKE, parts

PARAGRAPH, TABLE, ROW, CELL = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
COLUMNS = f"{qn('w:tblGrid')}/{qn('w:gridCol')}"
BREAKS = frozenset({qn("w:br"), qn("w:tab")})


def tracked(old: bytes, new: bytes, author: str, at: dt.datetime) -> bytes:
    """The new file with what differs from the old one tracked as changes of ``author``; same files, same bytes."""
    was, now = Document(io.BytesIO(old)), Document(io.BytesIO(new))
    _Tracking(author, at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")).blocks(
        was.element.body, now.element.body, (PARAGRAPH, TABLE)
    )
    file = io.BytesIO()
    now.save(file)
    return repacked(file.getvalue())


class _Tracking:
    """One comparison; numbers its changes."""

    def __init__(self, author: str, at: str) -> None:
        self.author, self.at, self.numbers = author, at, count(1)

    def blocks(self, was: Any, now: Any, tags: tuple[str, ...]) -> None:
        """Paragraphs and tables of a part, or the rows of a table, one after the other."""
        old, new = ([each for each in part if each.tag in tags] for part in (was, now))
        steps = SequenceMatcher(None, [_key(e) for e in old], [_key(e) for e in new], autojunk=False)
        last = None
        for act, left, left_end, right, right_end in steps.get_opcodes():
            pairs = zip_longest(old[left:left_end], new[right:right_end])
            for before, after in pairs:
                if act == "equal":
                    self.within(before, after)
                elif not (before is not None and after is not None and self.changed(before, after)):
                    last = self.replaced(before, after, last, now)
                last = after if after is not None else last

    def within(self, before: Any, after: Any) -> None:
        """Two tables are compared row by row whatever they say; all else that is equal stays as it is."""
        if after.tag == TABLE:
            self.blocks(before, after, (ROW,))

    def changed(self, before: Any, after: Any) -> bool:
        """Mark within two paragraphs, or two rows of as many cells, what differs; False where that is no use."""
        if before.tag != after.tag:
            return False
        if after.tag == TABLE:
            self.blocks(before, after, (ROW,))
            return True
        if after.tag == ROW:
            cells = before.findall(CELL), after.findall(CELL)
            if len(cells[0]) != len(cells[1]) or not _same_row(*cells):
                return False
            for old, new in zip(*cells, strict=True):
                self.blocks(old, new, (PARAGRAPH, TABLE))
            return True
        if any(part.find(f".//{tag}") is not None for part in (before, after) for tag in BREAKS):
            return False
        self.inline(_text(before), after)
        return True

    def inline(self, old: str, paragraph: Any) -> None:
        """A paragraph word by word; each piece keeps the look of its letters."""
        runs = paragraph.findall(qn("w:r"))
        letters = [(letter, run.find(qn("w:rPr"))) for run in runs for letter in _text(run)]
        for run in runs:
            paragraph.remove(run)
        place, look = 0, runs[0].find(qn("w:rPr")) if runs else None
        for kind, text in parts(old, "".join(letter for letter, _look in letters)):
            if kind == "removed":
                paragraph.append(self.mark("del", [_run(text, look, "w:delText")]))
                continue
            taken = letters[place : place + len(text)]
            place += len(text)
            look = taken[-1][1] if taken else look
            made = [_run("".join(one for one, _ in some), first, "w:t") for first, some in _by_look(taken)]
            for each in [self.mark("ins", made)] if kind == "added" and made else made:
                paragraph.append(each)

    def replaced(self, before: Any, after: Any, last: Any, now: Any) -> Any:
        """The old one stands before the new one as deleted, the new one is marked as inserted."""
        if after is not None:
            self.whole(after, "ins")
        if before is not None:
            gone = copy.deepcopy(before)
            self.whole(gone, "del")
            if after is not None:
                after.addprevious(gone)
            elif last is not None:
                last.addnext(gone)
            else:
                now.insert(0, gone)
            return gone if after is None else last
        return last

    def whole(self, block: Any, sort: str) -> None:
        """All of a block came or went."""
        for row in [block] if block.tag == ROW else block.iter(ROW):
            _part(row, "w:trPr", 0).append(self.mark(sort, []))
        for paragraph in [block] if block.tag == PARAGRAPH else list(block.iter(PARAGRAPH)):
            _part(_part(paragraph, "w:pPr", 0), "w:rPr", -1).insert(0, self.mark(sort, []))
            for run in paragraph.findall(qn("w:r")):
                if sort == "del":
                    for text in run.iter(qn("w:t")):
                        text.tag = qn("w:delText")
                held = self.mark(sort, [])
                run.addprevious(held)
                held.append(run)

    def mark(self, sort: str, held: Sequence[Any]) -> Any:
        element = OxmlElement(f"w:{sort}")
        for name, value in (("id", str(next(self.numbers))), ("author", self.author), ("date", self.at)):
            element.set(qn(f"w:{name}"), value)
        element.extend(held)
        return element


def _key(block: Any) -> str:
    """By what blocks are found again: tables by their columns, all else by its text."""
    if block.tag == TABLE:
        return f"{block.tag} {len(block.findall(COLUMNS))}"
    return f"{block.tag} {_text(block)}"


def _text(block: Any) -> str:
    return "".join(node.text or "" for node in block.iter(qn("w:t")))


def _same_row(old: Sequence[Any], new: Sequence[Any]) -> bool:
    """A line of a list is the same while it names the same in its second cell; a heading while it reads much alike."""
    if len(old) > 2:
        return _text(old[1]) == _text(new[1])
    was, now = ("".join(map(_text, cells)) for cells in (old, new))
    return SequenceMatcher(None, was, now, autojunk=False).ratio() >= ALIKE


def _by_look(letters: Sequence[tuple[str, Any]]) -> Iterator[tuple[Any, list[tuple[str, Any]]]]:
    for _look, some in groupby(letters, key=lambda pair: id(pair[1])):
        found = list(some)
        yield found[0][1], found


def _run(text: str, look: Any, tag: str) -> Any:
    run = OxmlElement("w:r")
    if look is not None:
        run.append(copy.deepcopy(look))
    held = OxmlElement(tag)
    held.text = text
    held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(held)
    return run


def _part(parent: Any, name: str, place: int) -> Any:
    """The properties of an element, made at this place, first or last, where there are none."""
    found = parent.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        parent.insert(0 if place == 0 else len(parent), found)
    return found
