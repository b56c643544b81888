"""A secret ballot as bytes: the same number for every sheet of a round, whatever is marked on it."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from workflows.rules.groups import Mark

Id = TypeVar("Id")

CODES: Final[Mapping[Mark, int]] = {"agree": 1, "disagree": 2, "abstain": 3}
"""What a member can mark; any other line of the sheet (recused, withdrawn) is 0."""

MARKS: Final[Mapping[int, Mark]] = {code: mark for mark, code in CODES.items()}
TRACKER: Final = 20


class UnreadableSheet(ValueError):
    """The bytes are no sheet of this round."""


def write_sheet(tracker: str, lines: Sequence[Id], marks: Mapping[Id, Mark]) -> bytes:
    """The sheet: its tracker in ``TRACKER`` bytes, then one byte for each line of the round, in the round's order."""
    head = tracker.encode("ascii").ljust(TRACKER, b"\0")
    if len(head) != TRACKER:
        raise ValueError("a tracker that is too long")
    return head + bytes(CODES.get(marks.get(line, "recused"), 0) for line in lines)


def read_sheet(body: bytes, lines: Sequence[Id]) -> tuple[str, dict[Id, Mark]]:
    """The tracker, and the marks of the lines that were marked. Raises UnreadableSheet."""
    if len(body) != TRACKER + len(lines) or any(code and code not in MARKS for code in body[TRACKER:]):
        raise UnreadableSheet
    tracker = body[:TRACKER].rstrip(b"\0").decode("ascii")
    return tracker, {line: MARKS[code] for line, code in zip(lines, body[TRACKER:], strict=True) if code}
