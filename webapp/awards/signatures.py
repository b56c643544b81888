"""What the digital signatures in the papers of a decision prove; the file that is to be signed elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app
from werkzeug.wrappers import Response

from webapp.awards.showing import ShownDecision, shown_decision
from webapp.clock import wall
from webapp.extensions import db
from webapp.operations.access import record_access
from webapp.operations.papers import file_store
from webapp.operations.procedures.key_signing import file_to_sign
from webapp.queries.papers import PaperRow, paper_digests
from webapp.signing_authority import trusted_certificates
from webapp.ui.access import hidden
from webapp.ui.acting import actor_and_now
from webapp.ui.paper_files import drawn_response
from workflows.events import DossierRead
from workflows.values import local_day

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


def file_to_be_signed(code: str) -> Response:
    """The decision of this code as a file for a program of the office to sign, or 404; that it was read is noted."""
    decision = shown_decision(code)
    if not decision.to_sign:
        hidden()
    actor, now = actor_and_now()
    record_access(DossierRead(case=code), actor=actor, now=now)
    content = file_to_sign(db.session(), decision.case.page.case, local_day(now.at))
    return drawn_response(content, f"Quyết định {code} để ký số.pdf")


def _found(sha256: str, trusted: list[bytes]) -> Examined | None:
    from webapp.documents.signatures.validating import Unreadable, examined

    try:
        with file_store().open(sha256) as file:
            return examined(file.read(), trusted, wall())
    except (Unreadable, FileNotFoundError):
        return None
