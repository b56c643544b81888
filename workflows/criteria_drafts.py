"""A criteria table as an office writes it, one row a criterion; what to look at before it is sent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from workflows.criteria import SCHEMA, CriteriaTable, Criterion, CriterionKind
from workflows.forms import Fault
from workflows.rules.scoring import most_points
from workflows.vocabulary import Mark

LONGEST_CODE: Final = 60
WHOLE: Final = Decimal(100)
_PARTS: Final[Mapping[str, Any]] = SCHEMA["properties"]["sections"]
MOST_PARTS: Final[int] = _PARTS["maxItems"]
MOST_IN_PART: Final[int] = _PARTS["items"]["properties"]["criteria"]["maxItems"]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A criterion as it is typed; without ``part`` it belongs to that of the row above."""

    name: str
    maximum: Decimal
    part: str = ""
    kind: CriterionKind = "regular"
    weight: Decimal = Decimal(1)
    evidence: bool = False


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A whole table as it is typed. Shares in per cent, days whole."""

    name: str
    source: str
    mark: Mark
    difference: Decimal
    more_than: Decimal
    days: int
    second_days: int
    acclaim_source: str
    rows: tuple[DraftRow, ...]
    own_unit: bool = False


Parts = dict[str, list[tuple[int, DraftRow]]]


def parted(rows: Sequence[DraftRow]) -> Parts:
    """The rows by part, each with its number from 0; parts in the order in which they are first named."""
    found: Parts = {}
    part = ""
    for number, row in enumerate(rows):
        part = row.part or part
        found.setdefault(part, []).append((number, row))
    return found


def row_faults(rows: Sequence[DraftRow]) -> list[Fault]:
    """What makes a table of these rows impossible, each fault at its row: ``/criteria/3/name``."""
    return [*_row_faults(rows), *_whole_faults(rows)]


def _row_faults(rows: Sequence[DraftRow]) -> Iterator[Fault]:
    if rows and not rows[0].part:
        yield Fault("/criteria/0/part", "first_row_without_part")
    for part, numbered in parted(rows).items():
        seen: dict[str, int] = {}
        for number, row in numbered:
            first = seen.setdefault(row.name.casefold(), number)
            if first != number:
                yield Fault(f"/criteria/{number}/name", "criterion_twice", {"row": first + 1, "part": part})
        for number, _row in numbered[MOST_IN_PART : MOST_IN_PART + 1]:
            yield Fault(f"/criteria/{number}/part", "part_too_long", {"limit": MOST_IN_PART, "part": part})


def _whole_faults(rows: Sequence[DraftRow]) -> Iterator[Fault]:
    if len(parted(rows)) > MOST_PARTS:
        yield Fault("/criteria", "too_many_parts", {"limit": MOST_PARTS})
    if not any(row.kind == "regular" for row in rows):
        yield Fault("/criteria", "no_regular_criterion")


def table_data(draft: TableDraft, code: str, before: CriteriaTable | None = None) -> dict[str, Any]:
    """The data of a table of this code, as its file has them.

    What is called as in the table ``before`` keeps the code it had there, so that two years can be compared.
    """
    codes = _Codes(before)
    return {
        "code": code,
        "name": draft.name,
        "source": draft.source,
        "mark": draft.mark,
        "difference": draft.difference,
        "acclaim": {
            "more_than": draft.more_than,
            "days": draft.days,
            "second_days": draft.second_days,
            "own_unit": draft.own_unit,
            "source": draft.acclaim_source,
        },
        "sections": [
            {
                "code": codes.of(part, 0),
                "name": part,
                "criteria": [_criterion(row, codes.of(row.name, 1)) for _number, row in numbered],
            }
            for part, numbered in parted(draft.rows).items()
        ],
    }


def _criterion(row: DraftRow, code: str) -> dict[str, Any]:
    said: dict[str, Any] = {"code": code, "name": row.name, "maximum": row.maximum}
    if row.kind != "regular":
        said["kind"] = row.kind
    if row.weight != 1:
        said["weight"] = row.weight
    return said | ({"evidence": True} if row.evidence else {})


class _Codes:
    """Codes of parts and criteria, each given once in a table."""

    def __init__(self, before: CriteriaTable | None) -> None:
        parts = before.sections if before else ()
        criteria = before.criteria if before else ()
        self.known = ({part.name: part.code for part in parts}, {each.name: each.code for each in criteria})
        self.kept = {code for codes in self.known for code in codes.values()}
        self.given: set[str] = set()

    def of(self, name: str, kind: Literal[0, 1]) -> str:
        """That of the same name before; else one made of the name, that stood for nothing else."""
        code = self.known[kind].get(name, "")
        if not code or code in self.given:
            code = self._new(name_code(name) or ("tieu-chi" if kind else "phan"))
        self.given.add(code)
        return code

    def _new(self, wanted: str) -> str:
        taken, code, number = self.given | self.kept, wanted, 1
        while code in taken:
            number += 1
            code = f"{wanted}-{number}"
        return code


def name_code(name: str) -> str:
    """``Điểm thưởng`` → ``diem-thuong``: small letters without marks, cut at a word."""
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f]", "", plain)).strip("-")
    return words if len(words) <= LONGEST_CODE else words[: LONGEST_CODE + 1].rpartition("-")[0].strip("-")


def rows_of(table: CriteriaTable) -> list[DraftRow]:
    """The rows of a table, to be typed on from."""
    return [
        DraftRow(each.name, each.maximum, part.name, each.kind, each.weight, each.evidence)
        for part in table.sections
        for each in part.criteria
    ]


FindingKind = Literal["not_hundred", "unverified", "bonus_unproved", "same_name", "weighted"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is allowed, and that who approves should have seen; ``row`` counts from 1, 0 is the whole."""

    kind: FindingKind
    row: int = 0
    name: str = ""
    points: Decimal = Decimal(0)


def findings(table: CriteriaTable) -> list[Finding]:
    """What to look at before a table is sent: none of it is a fault."""
    most = most_points(table)
    found = [Finding("unverified")] if table.mark == "unverified" else []
    if most.regular != WHOLE:
        found.append(Finding("not_hundred", points=most.regular))
    seen: set[str] = set()
    for row, criterion in enumerate(table.criteria, 1):
        found += _of_row(row, criterion, criterion.name.casefold() in seen)
        seen.add(criterion.name.casefold())
    return found


def _of_row(row: int, criterion: Criterion, again: bool) -> Iterator[Finding]:
    if again:
        yield Finding("same_name", row, criterion.name)
    if criterion.kind == "bonus" and not criterion.evidence:
        yield Finding("bonus_unproved", row, criterion.name)
    if criterion.weight != 1:
        yield Finding("weighted", row, criterion.name, criterion.maximum * criterion.weight)
