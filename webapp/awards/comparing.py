"""A file that is to become the signed decision, beside ours, before the form is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from webapp.documents.formats import lines_of
from webapp.extensions import db
from webapp.operations.signed_files import KINDS, compare, read_file
from webapp.queries.decision_kinds import facts_of
from webapp.queries.decisions import decision_of
from webapp.queries.papers import readable_paper
from webapp.ui.access import standing
from webapp.ui.fields import Field

if TYPE_CHECKING:
    from webapp.documents.signatures.validating import Examined


@dataclass(frozen=True)
class ShownComparison:
    """What was found. ``lines`` are ours: name, award, prize in đồng."""

    pages: int
    scanned: tuple[int, ...]
    differences: Sequence[dict[str, Any]]
    examined: Examined | None
    lines: Sequence[tuple[str, str, int]]

    @property
    def total(self) -> int:
        """Our prize money in đồng."""
        return sum(prize for _name, _award, prize in self.lines)


def needed(field: Field) -> Field:
    """The same field, marked as one that has to be filled in."""
    return replace(field, required=True)


def shown_comparison(code: str, paper_id: str) -> ShownComparison | None:
    """The file of a paper of this case beside its decision; None where there is nothing to read."""
    session = db.session()
    paper = readable_paper(session, standing(), paper_id)
    if paper is None or paper.case is None or paper.case.code != code or paper.media_type not in KINDS:
        return None
    facts = facts_of(session, decision_of(session, paper.case))
    read = read_file(paper)
    found = compare(read, facts)
    return ShownComparison(
        pages=found.pages,
        scanned=found.scanned,
        differences=[asdict(each) for each in found.differences],
        examined=read.examined,
        lines=[
            (each["nominee"]["name"], each["award"], each["prize"])
            for each in lines_of(facts.get("groups", ()))
        ],
    )
