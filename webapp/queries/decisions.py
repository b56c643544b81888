"""Award decisions: as a list, and one with its awardees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.documents.formats import document_number
from webapp.models import (
    Award,
    AwardRound,
    Campaign,
    Case,
    Decision,
    Nomination,
    Nominee,
    Person,
    Unit,
)
from webapp.queries.decision_states import State, decision_state
from webapp.queries.stages import elements_of
from webapp.queries.standing import Standing, visible
from workflows.values import VIETNAM

PAGE_SIZE = 25


@dataclass(frozen=True)
class DecisionRow:
    """One decision; ``total`` is its prize money in đồng, expected until it has its number."""

    code: str
    process: str
    title: str
    number: int | None
    symbol: str | None
    dated_on: dt.date | None
    body: str
    campaign: str | None
    state: State
    awards: int
    total: int
    opened_at: dt.datetime


@dataclass(frozen=True)
class Awardee:
    """One award of a decision."""

    award_id: int
    position: int
    code: str
    name: str
    kind: str
    unit: str
    address: str | None
    award: str
    prize: int | None
    register_number: int | None
    handed_over_on: dt.date | None
    handed_over_to: str | None
    revoked_on: dt.date | None
    received_relation: str | None


@dataclass(frozen=True)
class StrandAwards:
    """Awardees of a strand that follow one another in the annex."""

    strand: str
    awardees: tuple[Awardee, ...]


@dataclass(frozen=True)
class DecisionPage:
    """A decision with its awardees by strand; ``files``: its diagram sends copies and closes a file.

    ``original``: number and case of the decision it supplements.
    """

    case: Case
    title: str
    body: str
    number: int | None
    symbol: str | None
    dated_on: dt.date | None
    signer: str | None
    signer_position: str | None
    signed_at: dt.datetime | None
    published_at: dt.datetime | None
    signing: str | None
    status: str
    original: tuple[str, str] | None
    files: bool
    state: State
    strands: tuple[StrandAwards, ...]

    @property
    def awardees(self) -> tuple[Awardee, ...]:
        return tuple(awardee for strand in self.strands for awardee in strand.awardees)

    @property
    def total(self) -> int:
        """Prize money in đồng."""
        return sum(awardee.prize or 0 for awardee in self.awardees)


@dataclass(frozen=True)
class Opening:
    """A campaign in which the reader may draft a decision, and how many nominations wait for one."""

    campaign: str
    title: str
    waiting: int


def decision_rows(
    session: Session, standing: Standing, year: int | None, state: str, page: int
) -> list[DecisionRow]:
    """One page of the decisions the reader may know of: those under way first, then the newest."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Case.code,
            Case.process,
            Decision.title,
            Decision.number,
            Decision.symbol,
            Decision.dated_on,
            Unit.name,
            Campaign.title,
            decision_state(),
            _sum(func.count()),
            _sum(func.coalesce(func.sum(Award.prize), 0)),
            Case.opened_at,
        )
        .join(Decision, Decision.case_id == Case.id)
        .join(Unit, Unit.id == Decision.unit_id)
        .outerjoin(Campaign, Campaign.id == Decision.campaign_id)
        .where(visible(standing), *_narrowed(year, state))
        .order_by(
            Decision.number.is_not(None), Decision.dated_on.desc(), Decision.number.desc(), Case.id.desc()
        )
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [DecisionRow(*row) for row in session.execute(query)]


def decision_counts(session: Session, standing: Standing, year: int | None) -> dict[str, int]:
    """How many decisions stand where."""
    state = decision_state().label("state")
    found = (
        select(state)
        .select_from(Case)
        .join(Decision, Decision.case_id == Case.id)
        .where(visible(standing), *_narrowed(year, ""))
        .subquery()
    )
    rows = session.execute(select(found.c.state, func.count()).group_by(found.c.state))
    return {row[0]: row[1] for row in rows}


def decision_years(session: Session, standing: Standing) -> list[int]:
    """Years of the decisions that have a number, the newest first."""
    query = (
        select(Decision.year)
        .join(Case, Case.id == Decision.case_id)
        .where(visible(standing), Decision.year.is_not(None))
        .distinct()
        .order_by(Decision.year.desc())
    )
    return [year for year in session.scalars(query) if year is not None]


def openings(session: Session, standing: Standing) -> list[Opening]:
    """Campaigns of the reader's unit in which nominations wait for a decision."""
    drafted = select(Award.nomination_id).scalar_subquery()
    query = (
        select(Campaign.code, Campaign.title, func.count())
        .join(Nomination, Nomination.campaign_id == Campaign.id)
        .join(Case, Case.id == Nomination.case_id)
        .where(
            Campaign.unit_id.in_(standing.units("specialist")),
            Case.stage == "decision",
            Case.state == "active",
            Nomination.id.not_in(drafted),
            exists().where(AwardRound.campaign_id == Campaign.id, AwardRound.state.in_(("open", "standing"))),
        )
        .group_by(Campaign.id, Campaign.code, Campaign.title)
        .order_by(Campaign.id)
    )
    return [Opening(*row) for row in session.execute(query)]


def decision_of(session: Session, case: Case) -> Decision:
    """The decision of a case with its awards, as papers and pages need them."""
    nomination = selectinload(Decision.awards).joinedload(Award.nomination)
    return session.execute(
        select(Decision)
        .where(Decision.case_id == case.id)
        .options(
            joinedload(Decision.unit),
            nomination.joinedload(Nomination.case),
            nomination.joinedload(Nomination.strand),
            nomination.joinedload(Nomination.nominee).joinedload(Nominee.unit),
        )
    ).scalar_one()


def decision_page(session: Session, case: Case, rule_names: Mapping[str, str]) -> DecisionPage:
    """The decision of a case the reader may know of. ``rule_names`` are awards' by code."""
    found = decision_of(session, case)
    state: State = session.scalar(
        select(decision_state())
        .select_from(Case)
        .join(Decision, Decision.case_id == Case.id)
        .where(Case.id == case.id)
    )
    return DecisionPage(
        case=case,
        title=found.title,
        body=found.unit.name,
        number=found.number,
        symbol=found.symbol,
        dated_on=found.dated_on,
        signer=session.scalar(select(Person.name).where(Person.public_id == found.signer)),
        signer_position=found.signer_position,
        signed_at=found.signed_at,
        published_at=found.published_at,
        signing=found.signing,
        status=found.status,
        original=_original(found),
        files="close_file" in elements_of(session, case),
        state=state,
        strands=_strands(found, rule_names),
    )


def _original(decision: Decision) -> tuple[str, str] | None:
    it = decision.original
    return (document_number(it.number, it.symbol or ""), it.case.code) if it else None


def _strands(decision: Decision, names: Mapping[str, str]) -> tuple[StrandAwards, ...]:
    """In the order of the annex, so that each stands under the number it has there."""
    return tuple(
        StrandAwards(strand.title, tuple(_awardee(award, names) for award in awards))
        for strand, awards in groupby(decision.awards, key=lambda award: award.nomination.strand)
    )


def _awardee(award: Award, names: Mapping[str, str]) -> Awardee:
    nomination = award.nomination
    return Awardee(
        award_id=award.id,
        position=award.position,
        code=nomination.case.code,
        name=nomination.case.title,
        kind=nomination.nominee.kind,
        unit=nomination.nominee.unit.name,
        address=nomination.nominee.address,
        award=names.get(nomination.award, nomination.award),
        prize=award.prize,
        register_number=award.register_number,
        handed_over_on=award.handed_over_on,
        handed_over_to=award.handed_over_to,
        revoked_on=award.revoked_on,
        received_relation=award.received_relation,
    )


def _sum(what: ColumnElement[int]) -> Any:
    return select(what).where(Award.decision_id == Decision.id).correlate(Decision).scalar_subquery()


def _narrowed(year: int | None, state: str) -> list[ColumnElement[bool]]:
    """Of a year: dated in it, or under way and opened in it."""
    found: list[ColumnElement[bool]] = []
    if year is not None:
        first, last = (dt.datetime(each, 1, 1, tzinfo=VIETNAM) for each in (year, year + 1))
        opened = and_(Decision.year.is_(None), Case.opened_at >= first, Case.opened_at < last)
        found.append(or_(Decision.year == year, opened))
    if state:
        found.append(decision_state() == state)
    return found
