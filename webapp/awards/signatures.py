"""What the digital signatures in the papers of a decision prove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app

from webapp.awards.showing import ShownDecision, shown_decision
from webapp.clock import wall
from webapp.extensions import db
from webapp.operations.papers import file_store
from webapp.queries.papers import PaperRow, paper_digests
from webapp.signing_authority import trusted_certificates

if TYPE_CHECKING:
    from webapp.documents.signatures.validating import Examined


@dataclass(frozen=True)
class ShownPaper:
    """A PDF of the decision with its title and what was ``found`` in it; None: it cannot be read."""

    paper: PaperRow
    title: str
    found: Examined | None


@dataclass(frozen=True)
class ShownSignatures:
    """The PDF files of a decision that the reader may see."""

    decision: ShownDecision
    papers: list[ShownPaper]


def shown_signatures(code: str) -> ShownSignatures:
    """The papers of the decision of this code with their signatures, or 404."""
    decision = shown_decision(code)
    trusted = trusted_certificates(current_app.config["SETTINGS"].data_dir)
    rows = [
        (paper, title)
        for _group, files in decision.case.papers
        for paper, title in files
        if paper.media_type == "application/pdf"
    ]
    digests = paper_digests(db.session(), [paper.public_id for paper, _title in rows])
    papers = [ShownPaper(paper, title, _found(digests[paper.public_id], trusted)) for paper, title in rows]
    return ShownSignatures(decision, papers)


def _found(sha256: str, trusted: list[bytes]) -> Examined | None:
    from webapp.documents.signatures.validating import Unreadable, examined

    try:
        with file_store().open(sha256) as file:
            return examined(file.read(), trusted, wall())
    except (Unreadable, FileNotFoundError):
        return None
