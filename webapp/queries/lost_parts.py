"""Personal parts that are missing from the log although nobody erased them on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from webapp.eventlog import Recorded
from webapp.queries.erased_parts import KEPT_EVENTS


@dataclass
class LostParts:
    """Walks along one stream. ``lost``: number → (type, fields) of events whose part is gone, and nothing says why."""

    lost: dict[int, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)

    def see(self, number: int, kind: str, fields: Mapping[str, Any], *, gone: bool) -> None:
        """The next event; an erasure speaks for all before it, a remark that was taken back for its own words."""
        if gone:
            self.lost[number] = kind, fields
        elif kind == "case_erased":
            self.lost = {each: seen for each, seen in self.lost.items() if seen[0] in KEPT_EVENTS}
        elif kind == "remark_withdrawn":
            taken = "remark_written", fields["remark"]
            self.lost = {
                each: seen for each, seen in self.lost.items() if (seen[0], seen[1].get("remark")) != taken
            }


def lost_parts(events: Iterable[Recorded]) -> tuple[int, ...]:
    """Numbers of the events of a stream whose personal part is missing without an erasure on record."""
    found = LostParts()
    for event in events:
        found.see(event.number, event.type, event.fields, gone=event.erased)
    return tuple(found.lost)
