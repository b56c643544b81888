"""Nominations as choices of a form: a name, its unit and its strand."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from webapp.models import Case, Nomination, Nominee, Strand, Unit
from webapp.queries.rule_names import rule_names

Choice = tuple[str, str]
WITHDRAWN = " – đã rút"
"""After a nomination on a list that stays as it was signed."""


@dataclass(frozen=True)
class Nominated:
    """What the start form of a nomination takes over; ``strand`` where it is known."""

    kind: str
    name: str
    unit: str
    strand: str = ""


def active_nominations(session: Session, *conditions: ColumnElement[bool]) -> list[Choice]:
    """Those that meet the conditions and are under way."""
    return nomination_choices(session, Case.state == "active", *conditions)


def nomination_choices(session: Session, *conditions: ColumnElement[bool]) -> list[Choice]:
    """Those that meet the conditions, by strand and name; who was withdrawn is said to be."""
    query = (
        select(Case.code, Case.state, Nominee.name, Unit.name, Strand.title)
        .select_from(Nomination)
        .join(Case, Case.id == Nomination.case_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(Unit, Unit.id == Nominee.unit_id)
        .join(Strand, Strand.id == Nomination.strand_id)
        .where(*conditions)
        .order_by(Nomination.strand_id, Nominee.sort_key)
    )
    return [(code, _text(*rest)) for code, *rest in session.execute(query)]


def own_award(session: Session, case: Case | None) -> list[Choice]:
    """What a nomination is proposed for, and nothing else: it has been voted on."""
    award = session.scalar(select(Nomination.award).where(Nomination.case_id == (case.id if case else None)))
    return [(award, rule_names(session).awards.get(award, award))] if award else []


def nomination_text(nomination: Nomination) -> str:
    """How a nomination stands in a list to choose from."""
    nominee = nomination.nominee
    return _text(nomination.case.state, nominee.name, nominee.unit.name, nomination.strand.title)


def _text(state: str, name: str, unit: str, strand: str) -> str:
    text = f"{name} – {unit} ({strand})"
    return text + WITHDRAWN if state == "ended" else text
