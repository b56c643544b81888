"""Papers of cases, as far as somebody may read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import BallotMarker, BallotRound, Case, Paper, Person, Suspension, WaitingPaper
from webapp.queries.sealed_entries import open_paper
from webapp.queries.seats import on_own_agenda, summoned_to
from webapp.queries.standing import Standing, visible
from webapp.queries.suspensions import order_open_to

WITHDRAWAL_PAPER = "withdrawal"
"""The kind of the file with which an exemplar is withdrawn or taken down; it comes with the act itself."""

FINAL_TEXT = "final_text"
"""The kind of a decision's text that was edited outside and came back."""

CONSENT_PAPER = "consent"
"""The kind of the file by which awardees agree to be shown to everybody; it comes with the act itself."""

NOBODY = 0
"""The id of no person."""

_order = aliased(Suspension)
_signed = aliased(Paper)


@dataclass(frozen=True)
class PaperRow:
    """A paper of the dossier; ``ordered`` is the number of the order of a suspension it is the file of."""

    public_id: str
    kind: str
    filename: str
    media_type: str
    size: int
    created_at: dt.datetime
    by: str | None
    document: bool
    ordered: str | None


def case_papers(session: Session, case_id: int, reader: Standing) -> tuple[PaperRow, ...]:
    """Papers of a case that have been handed in or drawn up, and those the reader has in a draft.

    Of a paper that was signed step by step, the file with all signatures.
    """
    rows = session.execute(
        select(
            Paper.public_id,
            Paper.kind,
            Paper.filename,
            Paper.media_type,
            Paper.size,
            Paper.created_at,
            Person.name,
            Paper.document_type.is_not(None),
            _order.paper_number,
        )
        .outerjoin(Person, Person.id == Paper.uploaded_by_id)
        .outerjoin(_order, _order.paper_id == Paper.id)
        .where(
            Paper.case_id == case_id,
            ~exists().where(_signed.origin_id == Paper.id),
            handed_in_or_own(reader.person_id),
            open_paper(reader),
            order_open_to(reader),
        )
        .order_by(Paper.id)
    )  # fmt: skip -- the columns are those of PaperRow, in its order
    return tuple(PaperRow(*row) for row in rows)


def handed_in_or_own(reader_id: int) -> ColumnElement[bool]:
    """Condition on Paper: handed in with a form, an opinion, an order, a withdrawal or as the text of a decision, drawn
    up, or in the own draft.

    An opinion in a secret vote is read by the secretary who entered it, and by nobody else.
    """
    opinion = exists().where(
        BallotMarker.paper_id == Paper.id,
        BallotRound.id == BallotMarker.round_id,
        BallotRound.secret.is_(False),
    )
    return or_(
        Paper.form_entry_id.is_not(None),
        Paper.document_type.is_not(None),
        Paper.kind.in_((WITHDRAWAL_PAPER, CONSENT_PAPER, FINAL_TEXT)),
        Paper.uploaded_by_id == reader_id,
        opinion,
        exists().where(Suspension.paper_id == Paper.id),
    )


def waiting_papers(session: Session, reader: Standing) -> tuple[WaitingPaper, ...]:
    """What the reader has chosen on forms that open a case and not yet sent."""
    query = select(WaitingPaper).where(WaitingPaper.person_id == reader.person_id)
    return tuple(session.scalars(query))


def waiting_paper(session: Session, reader: Standing, paper_id: str) -> WaitingPaper | None:
    """One of them by its public id."""
    own = WaitingPaper.person_id == reader.person_id, WaitingPaper.public_id == paper_id
    return session.scalar(select(WaitingPaper).where(*own))


def paper_of_case(session: Session, case_id: int, paper_id: str) -> Paper | None:
    """A paper of a case by its public id, for whoever the caller lets read it."""
    return session.scalar(select(Paper).where(Paper.case_id == case_id, Paper.public_id == paper_id))


def readable_paper(session: Session, standing: Standing, paper_id: str) -> Paper | None:
    """The paper, when the person may know of its case and it is not in somebody else's draft.

    Who is summoned to a session reads what it is about, whatever roles they hold.
    """
    known = or_(visible(standing), summoned_to(standing), on_own_agenda(standing))
    return session.scalar(
        select(Paper).where(
            Paper.public_id == paper_id,
            *_readable(standing),
            exists().where(Case.id == Paper.case_id, known),
        )
    )


def _readable(standing: Standing) -> tuple[ColumnElement[bool], ...]:
    """Conditions on Paper of a case that the person may know of: they may read it."""
    return handed_in_or_own(standing.person_id), open_paper(standing), order_open_to(standing)


def readable_of(session: Session, standing: Standing | None, case_id: int) -> list[Paper]:
    """The papers of a case that the person may read; without a standing those that are in nobody's draft alone, and no
    opinion of a secret vote."""
    conditions = (handed_in_or_own(NOBODY),) if standing is None else _readable(standing)
    return list(
        session.scalars(select(Paper).where(Paper.case_id == case_id, *conditions).order_by(Paper.id))
    )


def papers_of(session: Session, case_id: int) -> list[Paper]:
    """All papers of a case, whoever may read them."""
    return list(session.scalars(select(Paper).where(Paper.case_id == case_id).order_by(Paper.id)))


def paper_digests(session: Session, public_ids: Iterable[str]) -> dict[str, str]:
    """Digests of the files of papers, by their public ids."""
    wanted = Paper.public_id.in_(list(public_ids))
    rows = session.execute(select(Paper.public_id, Paper.sha256).where(wanted))
    return {row.public_id: row.sha256 for row in rows}
