"""Whether two entries are one person, household or collective: surely, perhaps, or not.

Source of the rule: the identity number where both have one; name, birth year and unit where not. A collective is known
by its name in its unit.
"""

from dataclasses import dataclass
from typing import Literal

from workflows.vocabulary import SINGLE_KINDS, NomineeKind

Likeness = Literal["same", "suspected"]


@dataclass(frozen=True, slots=True)
class Somebody:
    """An entry: ``name`` without marks, ``unit`` by its id, ``identity`` the protected number if known."""

    kind: NomineeKind
    name: str
    unit: int
    birth_year: int | None = None
    identity: str | None = None


def likeness(one: Somebody, other: Somebody) -> Likeness | None:
    """ "same", "suspected" (somebody should look), or None; it does not matter which comes first."""
    if one.kind != other.kind:
        return None
    if one.identity and other.identity:
        return "same" if one.identity == other.identity else None
    if one.name != other.name:
        return None
    if one.kind not in SINGLE_KINDS:
        return "same" if one.unit == other.unit else None
    known = one.birth_year is not None and other.birth_year is not None
    if known and one.birth_year != other.birth_year:
        return None
    if one.unit == other.unit:
        return "same" if known else "suspected"
    return "suspected" if known else None
