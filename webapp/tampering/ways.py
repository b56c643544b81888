"""The twelve ways to falsify a record: a closed list. What each does, and by which kind of finding it is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from webapp.tampering import deeds, deeds_beside
from webapp.tampering.scenes import Deed, Scene


@dataclass(frozen=True)
class Way:
    """A way to falsify: its name, what is done, the kind of the finding that has to name it.

    ``rerun``: what a case comes to when it is run again shows it, too, without any checkpoint.
    """

    name: str
    do: Callable[[Scene], Deed]
    kind: str
    rerun: bool = False


WAYS = {
    way.name: way
    for way in (
        Way("changed_value", deeds.changed_value, "hash"),
        Way("changed_time", deeds.changed_time, "columns"),
        Way("changed_actor", deeds.changed_actor, "columns"),
        Way("deleted_middle", deeds.deleted_middle, "number"),
        Way("deleted_tail", deeds.deleted_tail, "cut_off"),
        Way("deleted_stream", deeds.deleted_stream, "stream"),
        Way("inserted", deeds.inserted, "chain"),
        Way("reordered", deeds.reordered, "chain"),
        Way("swapped_document", deeds_beside.swapped_document, "paper"),
        Way("changed_diagram", deeds_beside.changed_diagram, "diagram"),
        Way("recomputed", deeds.recomputed, "replaced", rerun=True),
        Way("restored_backup", deeds_beside.restored_backup, "restored"),
    )
}
