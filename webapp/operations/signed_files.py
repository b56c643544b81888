"""A decision that comes back signed: its file read and its signatures examined, and both set beside ours.

Reading takes a while, so it is done before a transaction; setting beside is quick.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from flask import current_app

from webapp import clock
from webapp.documents import comparing
from webapp.documents.comparing import Difference
from webapp.documents.foreign_text import ForeignPage, Illegible, pages_of
from webapp.documents.render import composed
from webapp.models import Paper
from webapp.operations.papers import file_store
from webapp.signing_authority import trusted_certificates

if TYPE_CHECKING:
    from webapp.documents.signatures.validating import Examined, Verdict

PDF = "application/pdf"
KINDS = frozenset({PDF, "image/png", "image/jpeg"})
"""What a signed paper can be: a PDF, or a picture of it."""
UNSOUND = frozenset({"broken", "changed", "development"})
"""What signatures may prove that nobody takes without a reason."""


@dataclass(frozen=True)
class ReadFile:
    """A file as it was read; one that is a picture or cannot be read is one scanned page without signatures."""

    pages: tuple[ForeignPage, ...]
    examined: Examined | None


@dataclass(frozen=True)
class Compared:
    """What came of setting a file beside our decision. ``scanned``: numbers of pages that are pictures."""

    pages: int
    scanned: tuple[int, ...]
    verdict: Verdict
    signers: tuple[str, ...]
    differences: tuple[Difference, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def read_file(paper: Paper) -> ReadFile:
    """Read the file of a paper. Raises FileNotFoundError."""
    from webapp.documents.signatures.validating import Unreadable, examined

    if paper.media_type != PDF:
        return ReadFile((ForeignPage("", scanned=True),), None)
    with file_store().open(paper.sha256) as file:
        content = file.read()
    try:
        pages = tuple(pages_of(content))
    except Illegible:
        pages = (ForeignPage("", scanned=True),)
    trusted = trusted_certificates(current_app.config["SETTINGS"].data_dir)
    try:
        return ReadFile(pages, examined(content, trusted, clock.wall()))
    except Unreadable:
        return ReadFile(pages, None)


def compare(read: ReadFile, facts: Mapping[str, Any]) -> Compared:
    """The file beside the facts of the decision. Beside pages that are pictures, what is missing proves nothing."""
    scanned = tuple(number for number, page in enumerate(read.pages, 1) if page.scanned)
    texts = [page.text for page in read.pages if not page.scanned]
    found = comparing.differences(texts, composed(facts)) if texts else []
    if scanned:
        found = [each for each in found if each.theirs is not None]
    verdict: Verdict = read.examined.verdict if read.examined else "unsigned"
    if verdict in UNSOUND:
        found = [Difference("signature", theirs=verdict), *found]
    signers = tuple(each.signer for each in read.examined.signatures) if read.examined else ()
    return Compared(len(read.pages), scanned, verdict, signers, tuple(found))
