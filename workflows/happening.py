"""What every event of the log is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Happening:
    """Base of all events; the type is the class name in snake case."""

    @classmethod
    def type(cls) -> str:
        return "".join("_" + c.lower() if c.isupper() else c for c in cls.__name__).lstrip("_")

    def fields(self) -> dict[str, Any]:
        return asdict(self)
