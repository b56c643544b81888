"""Events of what people write to each other about a case; the words themselves are private and can be erased."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.happening import Happening


@dataclass(frozen=True)
class RemarkWritten(Happening):
    remark: str
    side: str
    mentioned: list[str]


@dataclass(frozen=True)
class RemarkWithdrawn(Happening):
    remark: str
    side: str
