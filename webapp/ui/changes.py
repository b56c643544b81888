"""What was entered otherwise than the last time on the same task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from flask_babel import gettext as _

from webapp.ui.fields import Field

ALIKE = 0.5
Part = tuple[Literal["same", "added", "removed"], str]


@dataclass(frozen=True)
class Change:
    """A field that differs, as pieces of text that stayed, came or went."""

    label: str
    parts: tuple[Part, ...]


def changes(before: Iterable[Field], now: Iterable[Field]) -> tuple[Change, ...]:
    """The fields that differ between two forms of one schema, in their order."""
    old, new = dict(_texts(before)), dict(_texts(now))
    labels = dict.fromkeys([*new, *old])
    return tuple(
        Change(label, tuple(_parts(old.get(label, ""), new.get(label, ""))))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    )


def _texts(fields: Iterable[Field], above: str = "") -> Iterator[tuple[str, str]]:
    """(label, text to read) of every field that has one; a row says which."""
    for field in fields:
        label = f"{above} – {field.label}" if above else field.label
        if field.kind == "group":
            yield from _texts(field.children, label)
        elif field.kind == "rows":
            for number, cells in enumerate(field.rows, 1):
                row = _("%(label)s, row %(row)s", label=label, row=number)
                yield from _texts(cells, row)
        else:
            yield label, "; ".join(paper.name for paper in field.papers) or field.shown


def _parts(old: str, new: str) -> Iterator[Part]:
    """The two texts as one, word by word; as a whole where they are not alike, or it would be a riddle."""
    was, now = [old] if old else [], [new] if new else []
    if SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio() >= ALIKE:
        was, now = (re.findall(r"\S+\s*", f"{text} ") for text in (old, new))
    steps = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    for act, left, left_end, right, right_end in steps:
        if act == "equal":
            yield "same", "".join(now[right:right_end])
            continue
        if left_end > left:
            yield "removed", "".join(was[left:left_end])
        if right_end > right:
            yield "added", "".join(now[right:right_end])
