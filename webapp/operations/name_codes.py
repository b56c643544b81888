"""Codes made of a unit and a name: free in their table, and no longer than the log has room for."""

from __future__ import annotations

import re
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.text import search_key

LONGEST_STREAM: Final = 60
"""How long the name of a stream of the log may be; that of a thing with such a code is ``<kind>/<code>``."""


def free_code(session: Session, column: InstrumentedAttribute[Any], kind: str, unit: str, name: str) -> str:
    """``an-giang-tinh-bien-cum-so-1``: cut at a word, with a number where another thing has the code already."""
    words = re.sub(r"[^a-z0-9]+", "-", search_key(f"{unit} {name}")).strip("-")
    room = LONGEST_STREAM - len(f"{kind}/")
    code, number = _cut(words, room), 1
    while session.scalar(select(column).where(column == code).limit(1)) is not None:
        number += 1
        code = f"{_cut(words, room - len(f'-{number}'))}-{number}"
    return code


def _cut(words: str, room: int) -> str:
    """As many whole words as there is room for."""
    if len(words) <= room:
        return words
    return words[: room + 1].rpartition("-")[0] or words[:room]
