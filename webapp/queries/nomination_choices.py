"""Nominations as choices of a form: a name, its unit and its strand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from webapp.models import Case, Nomination, Nominee, Strand, Unit
from webapp.queries.rule_names import rule_names
from webapp.text import search_key

Choice = tuple[str, str]
NO_AWARDS: Mapping[str, str] = MappingProxyType({})
WITHDRAWN = " – đã rút"
"""After a nomination on a list that stays as it was signed."""


@dataclass(frozen=True)
class Nominated:
    """What the start form of a nomination takes over; ``strand`` where it is known."""

    kind: str
    name: str
    unit: str
    strand: str = ""


def active_nominations(
    session: Session, *conditions: ColumnElement[bool], awards: Mapping[str, str] = NO_AWARDS
) -> list[Choice]:
    """Those that meet the conditions and are under way."""
    return nomination_choices(session, Case.state == "active", *conditions, awards=awards)


def nomination_choices(
    session: Session, *conditions: ColumnElement[bool], awards: Mapping[str, str] = NO_AWARDS
) -> list[Choice]:
    """Those that meet the conditions, by strand and name; who was withdrawn is said to be.

    With names of ``awards`` each says what it is proposed for.
    """
    query = (
        select(Case.code, Case.state, Case.title, Unit.name, Strand.title, Nomination.award)
        .select_from(Nomination)
        .join(Case, Case.id == Nomination.case_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(Unit, Unit.id == Nominee.unit_id)
        .join(Strand, Strand.id == Nomination.strand_id)
        .where(*conditions)
        .order_by(Nomination.strand_id, Nominee.sort_key)
    )
    return [
        (code, _text(state, title, unit, strand, awards.get(award, "")))
        for code, state, title, unit, strand, award in session.execute(query)
    ]


def own_award(session: Session, case: Case | None) -> list[Choice]:
    """What a nomination is proposed for, and nothing else: it has been voted on."""
    award = session.scalar(select(Nomination.award).where(Nomination.case_id == (case.id if case else None)))
    return [(award, rule_names(session).awards.get(award, award))] if award else []


def nomination_text(nomination: Nomination, award: str = "", ceiling: str | None = None) -> str:
    """How a nomination stands in a list to choose from; with its award, and how many its strand may have."""
    case, strand = nomination.case, nomination.strand.title
    about = f"{strand}, {ceiling}" if ceiling else strand
    return _text(case.state, case.title, nomination.nominee.unit.name, about, award)


def _text(state: str, name: str, unit: str, strand: str, award: str = "") -> str:
    whose = name if search_key(unit) in search_key(name) else f"{name} – {unit}"
    text = f"{whose}: {award} ({strand})" if award else f"{whose} ({strand})"
    return text + WITHDRAWN if state == "ended" else text
