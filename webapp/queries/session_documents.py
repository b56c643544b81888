"""Papers of a council session that are there at its state, who may fetch them, and in which kinds of file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.models import (
    AgendaItem,
    Case,
    CouncilSession,
    Nomination,
    Paper,
    Unit,
)
from webapp.queries.drafts import drafts_of, progress_of
from webapp.queries.letter_papers import DOCUMENT as LETTER
from webapp.queries.letter_papers import letter_kind
from webapp.queries.seats import is_elector, keeps, summoned_to
from webapp.queries.standing import AT_SUBMITTER, Standing, may_see, visible

PROCESS = "council_vote"
PACKET = "session_packet"
FORMATS: Mapping[str, tuple[str, ...]] = {
    "summary_sheet": ("pdf", "docx", "xlsx"),
    "vote_count": ("pdf", "docx"),
    "session_minutes": ("pdf", "docx"),
}
READING = frozenset({"summary_sheet", PACKET})
"""What members of the council may read, whichever roles they hold."""


@dataclass(frozen=True)
class SessionDocument:
    """A paper of a session; a ``draft`` has not been drawn up for good."""

    case: Case
    document: str
    draft: bool


@dataclass(frozen=True)
class Letter:
    """The letter of a session to a unit, as kept."""

    case: Case
    unit: Unit
    paper: Paper


def documents_of(state: str, forms: Iterable[str], drawn: Iterable[str]) -> dict[str, bool]:
    """Papers that are there at a session's state, by its completed forms and drawn papers, and whether as drafts."""
    finished = set(drawn)
    drafts = drafts_of(state, forms, finished)
    return {
        document: document not in finished
        for document in FORMATS
        if document in finished or document in drafts
    }


def session_document(
    session: Session, standing: Standing, code: str, document: str, form: str
) -> SessionDocument | None:
    """The paper of this name and kind of file, when it is there and the person may fetch it."""
    if form not in FORMATS.get(document, ()):
        return None
    case = _case(session, standing, code, document)
    if case is None:
        return None
    known = documents_of(case.state, *progress_of(session, case))
    return SessionDocument(case, document, known[document]) if document in known else None


def session_packet(session: Session, standing: Standing, code: str) -> Paper | None:
    """The newest packet of a session, for whoever may read its nominees."""
    case = _case(session, standing, code, PACKET)
    if case is None or not (keeps(standing, case) or is_elector(session, case.id, standing.person_id)):
        return None
    return kept_paper(session, case, PACKET)


def kept_paper(session: Session, case: Case, kind: str) -> Paper | None:
    """The newest paper of this kind that has been drawn up for good."""
    return session.scalar(
        select(Paper)
        .where(Paper.case_id == case.id, Paper.kind == kind, Paper.document_type.is_not(None))
        .order_by(Paper.id.desc())
        .limit(1)
    )


def session_letters(session: Session, standing: Standing, code: str) -> list[Letter]:
    """The letters of a session the person may read: their own units', or all when they may know of the session."""
    case = session.scalar(select(Case).where(Case.code == code, Case.process == PROCESS))
    if case is None:
        return []
    kept = select(Paper).where(Paper.case_id == case.id, Paper.document_type == LETTER).order_by(Paper.id)
    papers = {paper.kind: paper for paper in session.scalars(kept)}
    units = (
        select(Unit)
        .where(
            Unit.id.in_(
                select(Case.unit_id)
                .join(Nomination, Nomination.case_id == Case.id)
                .join(AgendaItem, AgendaItem.nomination_id == Nomination.id)
                .join(CouncilSession, CouncilSession.id == AgendaItem.session_id)
                .where(CouncilSession.case_id == case.id)
            )
        )
        .order_by(Unit.sort_key, Unit.id)
    )
    if not may_see(session, standing, case.id):
        units = units.where(Unit.id.in_(standing.units(*AT_SUBMITTER)))
    found = ((unit, papers.get(letter_kind(unit))) for unit in session.scalars(units))
    return [Letter(case, unit, paper) for unit, paper in found if paper is not None]


def session_letter(session: Session, standing: Standing, code: str, unit_code: str) -> Letter | None:
    """The letter to one unit, when the person may read it."""
    letters = session_letters(session, standing, code)
    return next((letter for letter in letters if letter.unit.code == unit_code), None)


def _case(session: Session, standing: Standing, code: str, document: str) -> Case | None:
    readers = [visible(standing)]
    if document in READING:
        readers.append(summoned_to(standing))
    query = select(Case).where(Case.code == code, Case.process == PROCESS, or_(*readers))
    found: Case | None = session.scalar(query)
    return found
