"""Papers of a case drawn again from the facts that were kept with them, and compared with the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from webapp.documents import FactsError, render
from webapp.files import FileStore
from webapp.models import Case, Paper

Verdict = Literal["same", "other_version", "differs", "lost"]


@dataclass(frozen=True)
class Redraw:
    """What came of drawing a paper again.

    ``same``: the very bytes. ``other_version``: others, and something else drew them then (type, fonts, program).
    ``differs``: others, although nothing else has changed. ``lost``: the file is not there.
    """

    paper: Paper
    verdict: Verdict


def redraws(session: Session, files: FileStore, case: Case) -> Iterator[Redraw]:
    """Every paper of a case that was drawn and whose facts were kept, in the order they were made."""
    drawn = select(Paper).where(Paper.case_id == case.id, Paper.facts.is_not(None))
    for paper in session.scalars(drawn.order_by(Paper.id).options(undefer(Paper.facts))):
        yield Redraw(paper, _verdict(files, paper))


def _verdict(files: FileStore, paper: Paper) -> Verdict:
    try:
        with files.open(paper.sha256) as file:
            kept = file.read()
    except FileNotFoundError:
        return "lost"
    assert paper.document_type is not None
    try:
        again = render(paper.document_type, paper.facts)
    except FactsError:  # this version asks other facts of this kind of paper
        return "other_version"
    if again.pdf == kept:
        return "same"
    return "differs" if again.type_digest == paper.type_digest else "other_version"
