"""Where a nomination starts and which levels assess it: by the submitting unit, not by the campaign alone.

Source of the rule: a commune's people pass the commune; offices, mass organisations, clusters and people
from outside enter at the district; a commune as nominee does not assess itself; a province's departments
enter at the province; the organiser may find somebody itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from workflows.vocabulary import LEVEL_ORDER, Level, NomineeKind

Entrance = Literal["commune", "direct", "organiser"]
AppraisalLevel = Literal["district", "province"]


@dataclass(frozen=True, slots=True)
class Route:
    """``entrance`` and the appraising ``levels`` after it, as the nomination process takes them."""

    entrance: Entrance
    levels: tuple[AppraisalLevel, ...]


def route_of(
    kind: NomineeKind, submitter_level: Level, chain: Sequence[Level], *, is_organiser: bool = False
) -> Route:
    """The route of one nominee.

    ``submitter_level`` is the level the submitting unit stands at (`units.standing_level`); ``chain`` the
    campaign's levels; ``is_organiser`` whether the organiser itself submits. Raises ValueError if the
    submitter stands above the campaign's highest level or the chain is out of order.
    """
    rank = LEVEL_ORDER.index
    if list(chain) != sorted(chain, key=rank) or not chain:
        raise ValueError("the chain names its levels from the lowest up")
    if rank(submitter_level) > rank(chain[-1]):
        raise ValueError("the submitting unit stands above the campaign")
    levels: list[AppraisalLevel] = [
        level for level in chain if level != "commune" and rank(level) >= rank(submitter_level)
    ]
    if is_organiser:
        return Route("organiser", tuple(levels[-1:]))
    if submitter_level == "commune" and kind != "commune" and "commune" in chain:
        return Route("commune", tuple(levels))
    return Route("direct", tuple(levels))
