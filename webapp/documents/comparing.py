"""A decision signed elsewhere beside ours: its names, amounts, number and date, found in the text of the file.

Words are compared without case, dashes and the place of the tone mark (“hòa”, “hoà”). What is found are differences to
be looked at by a person, not a proof: a list that was typed anew may stand in any order and wording.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from webapp.documents.formats import lines_of
from webapp.documents.words import amount_in_words

Kind = Literal[
    "name", "longer", "amount", "added", "total", "words", "number", "date", "signer", "signature", "draft"
]

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
WORDS = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
MONEY = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3}){1,4}|[0-9]{5,15}")
NUMBER = re.compile(r"Số\s*:?\s*(\d{1,5})\s*/", re.IGNORECASE)
DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
DRAFT = "DỰ THẢO"
TITLE = re.compile(r"\bQUYẾT\s+ĐỊNH\b")
LIST_HEAD, LIST_END = ("stt",), ("tổng", "cộng")

LONGEST = 120
"""Signs of what is shown of a text that is not ours."""


@dataclass(frozen=True)
class Difference:
    """One difference. ``about``: whose; ``ours`` and ``theirs`` as texts, amounts in đồng; None: there is nothing."""

    kind: Kind
    about: str = ""
    ours: str | int | None = None
    theirs: str | int | None = None


def differences(pages: Sequence[str], facts: Mapping[str, Any]) -> list[Difference]:
    """What a file (the text of its pages) says otherwise than the facts of the decision."""
    whole = " ".join(pages)
    text = _Text(whole)
    if "corrections" in facts:
        return [
            *_of_draft(whole),
            *_of_head(whole, facts["letterhead"]),
            *_of_corrections(text, facts["corrections"]),
            *_of_signer(text, facts["signature"]["name"]),
        ]
    lines = list(lines_of(facts["groups"]))
    places = _placed(text, [line["nominee"]["name"] for line in lines])
    return [
        *_of_draft(whole),
        *_of_head(whole, facts["letterhead"]),
        *_of_list(text, lines, places),
        *_of_total(text, sum(line["prize"] for line in lines)),
        *_of_signer(text, facts["signature"]["name"]),
    ]


def _of_draft(whole: str) -> Iterator[Difference]:
    """Our own draft, or another that says so on its pages, is not what was signed."""
    if DRAFT in unicodedata.normalize("NFC", whole):
        yield Difference("draft", theirs=DRAFT)


def _of_corrections(text: _Text, corrections: Sequence[Mapping[str, str]]) -> Iterator[Difference]:
    """What is put right has to stand there as it is right."""
    for each in corrections:
        if not text.places(_keys(each["after"])):
            yield Difference("name", each["who"], each["after"])


def key_of(word: str) -> str:
    """A word as it is compared: small letters, its tone behind the others."""
    signs = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in signs if sign not in TONES) + "".join(filter(TONES.__contains__, signs))


GENERIC = frozenset(map(key_of, "STT I II III IV V VI VII VIII IX X Ông Bà Hộ".split()))
"""Words with capitals that lists have between names: heads of columns, numbers of parts, forms of address."""


class _Text:
    """The words of a text as they stand there, and as they are compared."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = WORDS.findall(unicodedata.normalize("NFC", text))
        self.keys = [key_of(word) for word in self.words]
        self.at: dict[str, list[int]] = {}
        for place, key in enumerate(self.keys):
            self.at.setdefault(key, []).append(place)

    def places(self, wanted: Sequence[str], start: int = 0) -> list[int]:
        """Where these words (keys) stand one after the other."""
        if not wanted:
            return []
        found = self.at.get(wanted[0], ())
        size = len(wanted)
        return [each for each in found if each >= start and self.keys[each : each + size] == list(wanted)]

    def first(self, wanted: Sequence[str], start: int = 0) -> int | None:
        return next(iter(self.places([key_of(word) for word in wanted], start)), None)

    def amounts(self, start: int, end: int) -> list[tuple[int, int]]:
        """(place, đồng) of every amount between two places."""
        return [
            (place, int(re.sub(r"\D", "", self.words[place])))
            for place in range(start, end)
            if MONEY.fullmatch(self.words[place])
        ]

    def said(self, start: int, end: int) -> str:
        return " ".join(self.words[start:end])[:LONGEST]


def _keys(text: str) -> list[str]:
    return [key_of(word) for word in WORDS.findall(unicodedata.normalize("NFC", text))]


@dataclass(frozen=True)
class _Placed:
    """Where the list begins and ends, and where each name stands in it: its first word and the word behind it."""

    start: int
    end: int
    names: Mapping[int, tuple[int, int]]

    def segments(self) -> Iterator[tuple[int, int, int]]:
        """(line, begin, end) of what stands behind each name, up to the next one."""
        ordered = sorted((first, behind, line) for line, (first, behind) in self.names.items())
        for at, (_first, behind, line) in enumerate(ordered):
            yield line, behind, ordered[at + 1][0] if at + 1 < len(ordered) else max(self.end, behind)


def _placed(text: _Text, names: Sequence[str]) -> _Placed:
    """Names in the order of our list first, as many as go; what is left wherever it stands in the list."""
    start = text.first(LIST_HEAD) or 0
    wanted = [_keys(name) for name in names]
    offered = [text.places(keys, start) for keys in wanted]
    found = {line: (at, at + len(wanted[line])) for line, at in _in_order(offered).items()}
    for line, places in enumerate(offered):
        size = len(wanted[line])
        if line not in found:
            free = (at for at in places if all(at >= b or at + size <= a for a, b in found.values()))
            if (at := next(free, None)) is not None:
                found[line] = at, at + size
    last = max((behind for _first, behind in found.values()), default=start)
    return _Placed(start, text.first(LIST_END, last) or len(text.words), found)


def _in_order(offered: Sequence[Sequence[int]]) -> dict[int, int]:
    """The longest choice of one place a line in which places grow with lines (Hunt and Szymanski)."""
    ends: list[int] = []
    links: list[tuple[int, int, Any]] = []
    for line, places in enumerate(offered):
        for place in reversed(places):
            at = bisect_left(ends, place)
            link = line, place, links[at - 1] if at else None
            ends[at : at + 1] = [place]
            links[at : at + 1] = [link]
    chosen: dict[int, int] = {}
    link_of: Any = links[-1] if links else None
    while link_of is not None:
        line, place, link_of = link_of
        chosen[line] = place
    return chosen


def _of_list(text: _Text, lines: Sequence[Mapping[str, Any]], placed: _Placed) -> Iterator[Difference]:
    for line, each in enumerate(lines):
        if line not in placed.names:
            yield Difference("name", each["nominee"]["name"])
    with_money = any(line["prize"] for line in lines)
    first = min((first for first, _behind in placed.names.values()), default=placed.end)
    if with_money and (before := text.amounts(placed.start, first)):
        yield Difference("added", theirs=text.said(max(placed.start, before[0][0] - 12), before[-1][0] + 1))
    for line, begin, end in placed.segments():
        name, prize = lines[line]["nominee"]["name"], lines[line]["prize"]
        amounts = text.amounts(begin, end)
        if (prize or amounts) and (not amounts or amounts[0][1] != prize):
            yield Difference("amount", name, prize, amounts[0][1] if amounts else None)
        if longer := _longer(text, begin, end, lines[line]):
            yield Difference("longer", name, name, f"{name} {longer}")
        if len(amounts) > 1:
            yield Difference("added", name, theirs=text.said(amounts[0][0] + 1, amounts[-1][0] + 1))
        elif not with_money and not longer and (strange := _strange(text, begin, end, lines[line])):
            yield Difference("added", name, theirs=strange)


def _longer(text: _Text, begin: int, end: int, line: Mapping[str, Any]) -> str:
    """Words with capitals right behind a name that are not the line's own: the file names somebody else."""
    known = _known(line)
    behind = begin
    while behind < end and text.words[behind][0].isupper() and text.keys[behind] not in known:
        behind += 1
    return text.said(begin, behind)


def _known(line: Mapping[str, Any]) -> frozenset[str]:
    return GENERIC | set(_keys(f"{line['nominee']['address'] or ''} {line['award']}"))


def _strange(text: _Text, begin: int, end: int, line: Mapping[str, Any]) -> str:
    """A name that is not ours: two or more words with capitals that this line does not have."""
    known = _known(line)
    run: list[str] = []
    for place in range(begin, end):
        if text.words[place][0].isupper() and text.keys[place] not in known:
            run.append(text.words[place])
        elif len(run) > 1:
            break
        else:
            run = []
    return " ".join(run)[:LONGEST] if len(run) > 1 else ""


def _of_total(text: _Text, total: int) -> Iterator[Difference]:
    if not total:
        return
    amounts = [amount for _place, amount in text.amounts(0, len(text.words))]
    if total not in amounts:
        end = text.first(LIST_END)
        theirs = text.amounts(end, len(text.words)) if end is not None else []
        yield Difference("total", ours=total, theirs=theirs[0][1] if theirs else None)
    words = amount_in_words(total)
    if not text.places(_keys(words)):
        yield Difference("words", ours=words)


def _of_head(whole: str, letterhead: Mapping[str, Any]) -> Iterator[Difference]:
    """Number and date above the title, where they are known and stand there as text."""
    title = TITLE.search(whole)
    head = whole[: title.start()] if title else whole[:1000]
    number, day = NUMBER.search(head), DATE.search(head)
    if number and letterhead["number"] and int(number[1]) != int(letterhead["number"]):
        yield Difference("number", ours=int(letterhead["number"]), theirs=int(number[1]))
    if day and letterhead["date"]:
        theirs = f"{int(day[3]):04}-{int(day[2]):02}-{int(day[1]):02}"
        if theirs != letterhead["date"]:
            yield Difference("date", ours=letterhead["date"], theirs=theirs)


def _of_signer(text: _Text, name: str | None) -> Iterator[Difference]:
    if name and not text.places(_keys(name)):
        yield Difference("signer", ours=name)
