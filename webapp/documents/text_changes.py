"""Two texts as one: the pieces that stayed, came or went."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

ALIKE = 0.5
Part = tuple[Literal["same", "added", "removed"], str]


def parts(old: str, new: str) -> Iterator[Part]:
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
