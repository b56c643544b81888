"""What units send up in one go, batches and aggregated lists: narrowed in the same way on their two lists."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Case as When
from sqlalchemy import ColumnElement, case, or_

from webapp.models import Campaign, Case, Unit
from webapp.text import search_key

PAGE_SIZE = 25


@dataclass(frozen=True)
class Wanted:
    """Which ones; empty: all. ``state``: open while it is under way, the outcome that is meant, or closed."""

    q: str = ""
    campaign: str = ""
    unit: str = ""
    state: str = ""


def state_by(outcome: str) -> When[str]:
    """How a case stands on its list: ``open``, by the ``outcome`` that is meant, or ``closed`` without it."""
    return case((Case.state != "ended", "open"), (Case.outcome == outcome, outcome), else_="closed")


def narrowed(wanted: Wanted, state: When[str]) -> list[ColumnElement[bool]]:
    """Conditions beside Campaign, Unit and Case; words are sought in the unit's name and the code."""
    equal = {Campaign.code: wanted.campaign, Unit.code: wanted.unit}
    conditions: list[ColumnElement[bool]] = [column == value for column, value in equal.items() if value]
    if wanted.state:
        conditions.append(state == wanted.state)
    if words := search_key(wanted.q):
        named = Unit.search_key.contains(words, autoescape=True)
        conditions.append(or_(named, Case.code.contains(words.upper(), autoescape=True)))
    return conditions
