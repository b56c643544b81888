"""What one nomination is about, and the batches, sessions and decision it went through."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from webapp.models import (
    AgendaItem,
    Award,
    AwardRound,
    Case,
    CouncilSession,
    Decision,
    ExemplarNomination,
    Nomination,
    Nominee,
    Registration,
    RegistrationVersion,
    Strand,
    Submission,
    SubmissionLine,
)
from webapp.queries.cluster_scores import Ground, ground_of
from webapp.queries.registration_versions import in_force


@dataclass(frozen=True)
class NominationFacts:
    """The nominee, what is proposed, and by which way. ``award`` and ``title_aimed`` are codes of the rule sets.

    ``title_aimed`` and ``version`` are those of the registration's version in force on the day of the nomination.
    """

    id: int
    name: str
    kind: str
    address: str | None
    birth_year: int | None
    award: str
    strand: str
    round: str
    achievement: str
    route: str
    filled_by: str
    received_on: dt.date | None
    supplements: int
    registration: str | None
    title_aimed: str | None
    version: int | None


@dataclass(frozen=True)
class BatchLine:
    """A submission batch the nomination was on; ``result``: received, returned, or empty."""

    code: str
    signed_at: dt.datetime | None
    received_at: dt.datetime | None
    result: str | None
    reason: str | None


@dataclass(frozen=True)
class Sitting:
    """A council session that dealt with the nomination."""

    code: str
    number: int
    year: int
    held_at: dt.datetime | None
    result: str | None


@dataclass(frozen=True)
class AwardFacts:
    """The award as decided; numbers are there once the decision has its own. ``prize`` is in đồng."""

    code: str
    number: int | None
    symbol: str | None
    dated_on: dt.date | None
    register_number: int | None
    prize: int | None
    handed_over_on: dt.date | None
    revoked_on: dt.date | None


@dataclass(frozen=True)
class NominationPage:
    """One nomination beside its case."""

    facts: NominationFacts
    batches: tuple[BatchLine, ...]
    sittings: tuple[Sitting, ...]
    awards: tuple[AwardFacts, ...]
    ground: Ground | None
    exemplar: tuple[str, str] | None


_registered = aliased(Case)


def nomination_page(session: Session, case_id: int) -> NominationPage:
    """The nomination of a case; six statements."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Nomination.id,
            Case.title,
            Nominee.kind,
            Nominee.address,
            Nominee.birth_year,
            Nomination.award,
            Strand.title,
            AwardRound.title,
            Nomination.achievement,
            Nomination.route,
            Nomination.filled_by,
            Nomination.received_on,
            Nomination.supplements,
            _registered.code,
            RegistrationVersion.title_aimed,
            RegistrationVersion.number,
        )
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(Strand, Strand.id == Nomination.strand_id)
        .join(AwardRound, AwardRound.id == Nomination.round_id)
        .outerjoin(Registration, Registration.id == Nomination.registration_id)
        .outerjoin(_registered, _registered.id == Registration.case_id)
        .join(Case, Case.id == Nomination.case_id)
        .outerjoin(RegistrationVersion, RegistrationVersion.id == in_force(Registration.id, Case.opened_at))
        .where(Nomination.case_id == case_id)
    )
    facts = NominationFacts(*session.execute(query).one())
    return NominationPage(
        facts=facts,
        batches=_batches(session, facts.id),
        sittings=_sittings(session, facts.id),
        awards=_awards(session, facts.id),
        ground=ground_of(session, facts.id),
        exemplar=_exemplar(session, facts.id),
    )


def _exemplar(session: Session, nomination_id: int) -> tuple[str, str] | None:
    query = select(Case.code, Case.title).join(ExemplarNomination, ExemplarNomination.exemplar_id == Case.id)
    row = session.execute(query.where(ExemplarNomination.nomination_id == nomination_id)).first()
    return (row.code, row.title) if row else None


def _batches(session: Session, nomination_id: int) -> tuple[BatchLine, ...]:
    rows = session.execute(
        select(
            Case.code,
            Submission.signed_at,
            Submission.received_at,
            SubmissionLine.result,
            SubmissionLine.reason,
        )
        .join(Submission, Submission.case_id == Case.id)
        .join(SubmissionLine, SubmissionLine.submission_id == Submission.id)
        .where(SubmissionLine.nomination_id == nomination_id)
        .order_by(Case.id)
    )
    return tuple(BatchLine(*row) for row in rows)


def _sittings(session: Session, nomination_id: int) -> tuple[Sitting, ...]:
    rows = session.execute(
        select(
            Case.code, CouncilSession.number, CouncilSession.year, CouncilSession.held_at, AgendaItem.result
        )
        .join(CouncilSession, CouncilSession.case_id == Case.id)
        .join(AgendaItem, AgendaItem.session_id == CouncilSession.id)
        .where(AgendaItem.nomination_id == nomination_id)
        .order_by(Case.id)
    )
    return tuple(Sitting(*row) for row in rows)


def _awards(session: Session, nomination_id: int) -> tuple[AwardFacts, ...]:
    rows = session.execute(
        select(
            Case.code,
            Decision.number,
            Decision.symbol,
            Decision.dated_on,
            Award.register_number,
            Award.prize,
            Award.handed_over_on,
            Award.revoked_on,
        )
        .join(Decision, Decision.case_id == Case.id)
        .join(Award, Award.decision_id == Decision.id)
        .where(Award.nomination_id == nomination_id)
        .order_by(Case.id)
    )
    return tuple(AwardFacts(*row) for row in rows)
