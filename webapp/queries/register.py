"""The register of commendations: every entry of a body and year, in the order of its gap-free numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Award, Case, Decision, Nomination, Nominee, Strand, Unit
from webapp.queries.standing import Standing, visible
from webapp.text import search_key

PAGE_SIZE = 50


YEAR_DIGITS = 4


@dataclass(frozen=True)
class RegisterEntry:
    """One entry. ``prize`` in đồng; ``decision`` is the code of the decision's case.

    Where it is struck, ``struck_on`` is the day and ``struck_number``, ``struck_symbol`` are of the decision that did.
    """

    number: int
    year: int
    body: str
    name: str
    kind: str
    unit: str
    address: str | None
    award: str
    strand: str
    achievement: str
    decision: str
    decision_number: int | None
    symbol: str | None
    dated_on: dt.date | None
    prize: int | None
    handed_over_on: dt.date | None
    nomination: str
    award_id: int
    struck_on: dt.date | None
    struck_number: int | None
    struck_symbol: str | None


@dataclass(frozen=True)
class Wanted:
    """Which entries: of a body (code of its unit) and year; ``q`` finds names without marks. Empty: all."""

    body: str = ""
    year: str = ""
    q: str = ""


@dataclass(frozen=True)
class RegisterTotals:
    """How many entries fit, and their prize money in đồng."""

    entries: int
    prize: int


def register_entries(
    session: Session, standing: Standing, wanted: Wanted, names: Mapping[str, str], page: int | None
) -> list[RegisterEntry]:
    """One page of the register, or all of it (``page`` None) to print; the newest year first, then by number."""
    query = (
        _entries(
            Award.register_number,
            Award.register_year,
            Unit.name,
            _nomination_case.title,
            Nominee.kind,
            _units.name,
            Nominee.address,
            Nomination.award,
            Strand.title,
            Nomination.achievement,
            _decision_case.code,
            Decision.number,
            Decision.symbol,
            Decision.dated_on,
            Award.prize,
            Award.handed_over_on,
            _nomination_case.code,
            Award.id,
            Award.revoked_on,
            _struck.number,
            _struck.symbol,
        )
        .outerjoin(_struck, _struck.id == Award.revoked_by_id)
        .where(*_narrowed(standing, wanted))
        .order_by(Award.register_year.desc(), Unit.sort_key, Award.register_number)
    )
    if page is not None:
        query = query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    found = (RegisterEntry(*row) for row in session.execute(query))
    return [replace(entry, award=names.get(entry.award, entry.award)) for entry in found]


def register_totals(session: Session, standing: Standing, wanted: Wanted) -> RegisterTotals:
    """Count of the entries that fit, and sum of those that nobody has revoked."""
    given = case((Award.revoked_on.is_(None), Award.prize), else_=0)
    query = _entries(func.count(), func.coalesce(func.sum(given), 0))
    return RegisterTotals(*session.execute(query.where(*_narrowed(standing, wanted))).one())


def register_bodies(session: Session, standing: Standing) -> list[tuple[str, str]]:
    """Bodies with entries the reader may see, as (code, name)."""
    query = (
        _entries(Unit.code, Unit.name).where(*_narrowed(standing, Wanted())).distinct().order_by(Unit.name)
    )
    return [(code, name) for code, name in session.execute(query)]


def register_years(session: Session, standing: Standing) -> list[int]:
    """Years with entries the reader may see, the newest first."""
    query = (
        _entries(Award.register_year)
        .where(*_narrowed(standing, Wanted()))
        .distinct()
        .order_by(Award.register_year.desc())
    )
    return [row[0] for row in session.execute(query)]


_decision_case = aliased(Case)
_nomination_case = aliased(Case)
_units = aliased(Unit)
_struck = aliased(Decision)


def _entries(*columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .select_from(Award)
        .join(Decision, Decision.id == Award.decision_id)
        .join(_decision_case, _decision_case.id == Decision.case_id)
        .join(Unit, Unit.id == Award.register_unit_id)
        .join(Nomination, Nomination.id == Award.nomination_id)
        .join(_nomination_case, _nomination_case.id == Nomination.case_id)
        .join(Strand, Strand.id == Nomination.strand_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(_units, _units.id == Nominee.unit_id)
    )


def _narrowed(standing: Standing, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Entries of decisions, or of nominations, that the reader may know of."""
    may_see = exists().where(
        or_(Case.id == Decision.case_id, Case.id == Nomination.case_id), visible(standing)
    )
    found: list[ColumnElement[bool]] = [Award.register_number.is_not(None), may_see]
    if wanted.body:
        found.append(Unit.code == wanted.body)
    if wanted.year.isascii() and wanted.year.isdigit() and len(wanted.year) == YEAR_DIGITS:
        found.append(Award.register_year == int(wanted.year))
    for word in search_key(wanted.q).split():
        place = _units.search_key.contains(word, autoescape=True)
        found.append(or_(Nominee.search_key.contains(word, autoescape=True), place))
    return found
