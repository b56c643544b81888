"""A criteria table of clusters and blocks as a typed value, read from YAML (`criteria/*.yaml`)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

from workflows.typed_yaml import Document, Fault, SourceFaults, build, check, read
from workflows.vocabulary import N_, Mark

SHIPPED_CRITERIA: Final = Path(__file__).with_name("criteria")
SCHEMA: Final[dict[str, Any]] = json.loads((SHIPPED_CRITERIA / "schema.json").read_text("utf-8"))

CriterionKind = Literal["regular", "bonus", "penalty"]


class CriteriaFaults(SourceFaults):
    """The text is not a criteria table; ``faults`` lists line, path, problem and remedy of each fault."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is scored. ``maximum`` in points; a penalty's points are entered as a number above 0 and taken off.

    ``weight`` multiplies the points. ``evidence`` says that points need a paper.
    """

    code: str
    name: str
    maximum: Decimal
    kind: CriterionKind = "regular"
    weight: Decimal = Decimal(1)
    evidence: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the table."""

    code: str
    name: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class AcclaimRule:
    """How a cluster votes for its leading unit: which share of all members is needed, and until when.

    A share of exactly ``more_than`` per cent is not enough. ``own_unit``: a member may vote for itself.
    """

    more_than: Decimal
    days: int
    second_days: int
    source: str
    own_unit: bool = False


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """A whole table. ``difference`` is the number of points from which on the leader explains a deviation."""

    code: str
    name: str
    source: str
    mark: Mark
    sections: tuple[Section, ...]
    difference: Decimal
    acclaim: AcclaimRule
    fictitious: bool = False

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria in the order of the table."""
        return tuple(criterion for section in self.sections for criterion in section.criteria)

    def criterion(self, code: str) -> Criterion:
        """The criterion of this code. Raises KeyError."""
        return {criterion.code: criterion for criterion in self.criteria}[code]


def parse_criteria(text: str) -> CriteriaTable:
    """Read a table. Raises CriteriaFaults with every fault of syntax, of schema, or else of meaning."""
    try:
        document = read(text)
        faults = check(document, SCHEMA) or list(_faults(document))
    except SourceFaults as error:
        raise CriteriaFaults(error.faults) from error
    if faults:
        raise CriteriaFaults(faults)
    return build(CriteriaTable, document.data)


def _faults(document: Document) -> Iterator[Fault]:
    """Codes given twice, and a table that nobody can get a point by."""
    seen: set[str] = set()
    regular = 0
    for number, section in enumerate(document.data["sections"]):
        place: tuple[str | int, ...] = ("sections", number)
        yield from _twice(document, (*place, "code"), section["code"], seen)
        for row, criterion in enumerate(section["criteria"]):
            yield from _twice(document, (*place, "criteria", row, "code"), criterion["code"], seen)
            regular += criterion.get("kind", "regular") == "regular"
    if not regular:
        problem = N_("There is no regular criterion: bonus and penalty points stand beside others.")
        yield document.fault(("sections",), problem, N_("Add a criterion without “kind”."))


def _twice(document: Document, place: tuple[str | int, ...], code: str, seen: set[str]) -> Iterator[Fault]:
    if code in seen:
        problem = N_("“%(code)s” is given twice.")
        yield document.fault(place, problem, N_("Use every code once."), code=code)
    seen.add(code)
