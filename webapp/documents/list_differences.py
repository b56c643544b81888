"""The list of a decision against another one, row by row: names, awards, amounts, number and sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from webapp.documents.formats import full_name, lines_of, money

Sort = Literal["missing", "added", "name", "address", "award", "amount", "count", "total", "words", "wording"]
MISSPELT = 0.75
"""From this likeness on a name that is not ours is ours, written otherwise."""

MOST_GUESSES = 10_000
"""Pairs of names that are compared letter by letter: of two lists that have nothing in common nobody is guessed."""


@dataclass(frozen=True)
class Row:
    """A line of a list; ``prize`` in đồng, None where it names no amount; ``award`` None where it names none."""

    name: str
    address: str
    award: str | None
    prize: int | None


@dataclass(frozen=True)
class Difference:
    """One thing that is otherwise: of which line of our list (or of theirs, if it came), what ours and theirs say.

    Of ``wording`` both are paragraphs outside of the list; empty where there is none.
    """

    sort: Sort
    name: str
    ours: str
    theirs: str


def rows_of(facts: Mapping[str, Any]) -> list[Row]:
    """The lines of our list as they are printed."""
    return [
        Row(full_name(line["nominee"]), line["nominee"]["address"] or "", line["award"], line["prize"])
        for line in lines_of(facts["groups"])
    ]


def row_differences(ours: Sequence[Row], theirs: Sequence[Row]) -> list[Difference]:
    """Who is missing, who came, and what is otherwise of those in both, in the order of our list."""
    pairs, missing, added = _paired(ours, theirs)
    found = [each for own, other in pairs for each in _between(own, other)]
    found += [Difference("missing", row.name, _told(row), "") for row in missing]
    return found + [Difference("added", row.name, "", _told(row)) for row in added]


def _paired(ours: Iterable[Row], theirs: Iterable[Row]) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Lines of the same person: by name, address and award, by name and address, by name; then by one almost alike."""
    left, right = list(ours), list(theirs)
    pairs: list[tuple[Row, Row]] = []
    for like in (_whole, _placed, _named, _almost):
        if like is _almost and len(left) * len(right) > MOST_GUESSES:
            break
        for row in tuple(left):
            other = next((each for each in right if like(row, each)), None)
            if other is not None:
                pairs.append((row, other))
                left.remove(row)
                right.remove(other)
    order = {id(row): place for place, row in enumerate(ours)}
    return sorted(pairs, key=lambda pair: order[id(pair[0])]), left, right


def _whole(row: Row, other: Row) -> bool:
    return _placed(row, other) and (other.award is None or _plain(row.award) == _plain(other.award))


def _placed(row: Row, other: Row) -> bool:
    return _named(row, other) and _plain(row.address) == _plain(other.address)


def _named(row: Row, other: Row) -> bool:
    return _plain(row.name) == _plain(other.name)


def _almost(row: Row, other: Row) -> bool:
    """A name written otherwise, of somebody at the same place; Tổ tự quản số 1 and số 2 are two."""
    if _plain(row.address) != _plain(other.address) or _digits(row.name) != _digits(other.name):
        return False
    return SequenceMatcher(None, _plain(row.name), _plain(other.name)).ratio() >= MISSPELT


def _between(own: Row, other: Row) -> Iterable[Difference]:
    if _spaced(own.name) != _spaced(other.name):
        yield Difference("name", own.name, own.name, other.name)
    if _spaced(own.address) != _spaced(other.address):
        yield Difference("address", own.name, own.address, other.address)
    if other.award is not None and _plain(own.award) != _plain(other.award):
        yield Difference("award", own.name, own.award or "", other.award)
    if (own.prize or 0) != (other.prize or 0):
        yield Difference("amount", own.name, money(own.prize or 0), money(other.prize or 0))


def _told(row: Row) -> str:
    return "; ".join(filter(None, (row.address, row.award)))


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))


def _plain(text: str | None) -> str:
    return _spaced(text).casefold()


def _spaced(text: str | None) -> str:
    return " ".join((text or "").split())
