"""The papers of a session as files to save: which are there, in which kinds of file, and where."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from webapp.documents.catalogue import document_types
from webapp.extensions import db
from webapp.i18n import content
from webapp.queries.higher_submissions import has_higher
from webapp.queries.letter_papers import DOCUMENT as LETTER
from webapp.queries.session_documents import FORMATS, PACKET, documents_of
from webapp.ui.session_files import HIGHER_SUBMISSION
from webapp.ui.shown_cases import ShownCase

PROGRAMS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}


@dataclass(frozen=True)
class PaperFiles:
    """One paper; ``links`` are pairs of the name of a program and an address."""

    title: str
    draft: bool
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SessionFiles:
    """What can be fetched of a session, and how many letters there are to submitting units."""

    papers: tuple[PaperFiles, ...]
    letters: int


def session_files(case: ShownCase) -> SessionFiles:
    """The files of a session whose page the reader may see."""
    page = case.page
    drawn = [paper.kind for paper in page.papers if paper.document]
    known = documents_of(page.case.state, (entry.form for entry in page.entries), drawn)
    code = page.case.code
    papers = [_files(code, document, draft) for document, draft in known.items()]
    if PACKET in drawn:
        packet = ("PDF", url_for("council.show_packet", code=code))
        papers.insert(1, PaperFiles(_title(PACKET), False, (packet,)))
    if has_higher(db.session(), page.case):
        papers.append(_higher_submission(code))
    letters = len({kind for kind in drawn if kind.startswith(LETTER + "/")})
    return SessionFiles(tuple(papers), letters)


def _higher_submission(code: str) -> PaperFiles:
    """The submission for awards of the level above: drawn anew each time, and signed on paper."""
    links = tuple(
        (PROGRAMS[form], url_for("council.show_higher_submission", code=code, form=form))
        for form in ("pdf", "docx")
    )
    return PaperFiles(_title(HIGHER_SUBMISSION), False, links)


def _files(code: str, document: str, draft: bool) -> PaperFiles:
    links = tuple(
        (
            PROGRAMS[form],
            url_for("council.show_session_paper", code=code, document=document, form=form),
        )
        for form in FORMATS[document]
    )
    return PaperFiles(_title(document), draft, links)


def _title(document: str) -> str:
    return content(document_types()[document].title)
