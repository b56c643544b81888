"""The sheets a unit prints its certificates on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, undefer

from webapp.documents.catalogue import CERTIFICATES
from webapp.documents.certificates import Blank as Sheet
from webapp.models import Blank, Case, Decision, Paper, Unit
from webapp.queries.standing import Standing

PRINTERS = frozenset({"specialist", "secretary", "clerk"})
"""Who prints certificates of their unit, and so keeps its blanks."""

TENTHS = 10


@dataclass(frozen=True)
class OnBlank:
    """What of a decision can be printed on a blank: its kept paper of certificates, and how many of them fit it."""

    blank: Blank
    paper: Paper
    count: int

    @property
    def certificates(self) -> list[dict[str, Any]]:
        """The texts of those certificates, as they were kept."""
        return [each for each in self.paper.facts["certificates"] if each["type"] == self.blank.type]


def printing_units(session: Session, standing: Standing) -> list[Unit]:
    """The units whose certificates the person prints."""
    held = {held.unit_id for held in standing.roles if held.role in PRINTERS}
    return list(session.scalars(select(Unit).where(Unit.id.in_(held)).order_by(Unit.sort_key)))


def blanks_of(session: Session, standing: Standing) -> list[Blank]:
    """The blanks of those units."""
    held = {held.unit_id for held in standing.roles if held.role in PRINTERS}
    query = (
        select(Blank)
        .where(Blank.unit_id.in_(held))
        .options(joinedload(Blank.unit), joinedload(Blank.saved_by))
    )
    return list(session.scalars(query.order_by(Blank.type, Blank.name, Blank.id)))


def blank_of(session: Session, standing: Standing, public_id: str) -> Blank | None:
    """One of them by its public id."""
    return next((each for each in blanks_of(session, standing) if each.public_id == public_id), None)


def sheet_of(blank: Blank) -> Sheet:
    """The blank as certificates are written on it."""
    return Sheet(
        size=(blank.width / TENTHS, blank.height / TENTHS),
        shifts={name: (dx / TENTHS, dy / TENTHS) for name, (dx, dy) in blank.shifts.items()},
        hidden=frozenset(blank.hidden),
        ground=blank.background,
        code=blank.with_code,
    )


def on_blanks(session: Session, standing: Standing, case: Case) -> list[OnBlank]:
    """The blanks that certificates of a decision can be printed on: of its unit, by who keeps them."""
    blanks = [each for each in blanks_of(session, standing) if each.unit_id == _body(session, case)]
    query = select(Paper).where(Paper.case_id == case.id, Paper.document_type == CERTIFICATES)
    kept = session.scalar(query.order_by(Paper.id.desc()).limit(1).options(undefer(Paper.facts)))
    if not blanks or kept is None or kept.facts is None:
        return []
    counts = Counter(each.get("type") for each in kept.facts["certificates"])  # papers of before name no type
    return [OnBlank(blank, kept, counts[blank.type]) for blank in blanks if counts[blank.type]]


def _body(session: Session, case: Case) -> int | None:
    return session.scalar(select(Decision.unit_id).where(Decision.case_id == case.id))
