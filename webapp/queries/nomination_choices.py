"""Nominations as choices of a form: a name, its unit and its strand."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Case, Nomination, Nominee

Choice = tuple[str, str]
WITHDRAWN = " – đã rút"
"""After a nomination on a list that stays as it was signed."""


def active_nominations(session: Session, *conditions: ColumnElement[bool]) -> list[Choice]:
    """Those that meet the conditions and are under way."""
    return nomination_choices(session, Case.state == "active", *conditions)


def nomination_choices(session: Session, *conditions: ColumnElement[bool]) -> list[Choice]:
    """Those that meet the conditions, by strand and name; who was withdrawn is said to be."""
    query = (
        select(Nomination)
        .join(Case, Case.id == Nomination.case_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .where(*conditions)
        .order_by(Nomination.strand_id, Nominee.sort_key)
        .options(
            joinedload(Nomination.case),
            joinedload(Nomination.nominee).joinedload(Nominee.unit),
            joinedload(Nomination.strand),
        )
    )
    return [(row.case.code, nomination_text(row)) for row in session.scalars(query)]


def nomination_text(nomination: Nomination) -> str:
    """How a nomination stands in a list to choose from."""
    text = f"{nomination.nominee.name} – {nomination.nominee.unit.name} ({nomination.strand.title})"
    return text + WITHDRAWN if nomination.case.state == "ended" else text
