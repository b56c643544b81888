"""Search everywhere: cases by code or number, nominations and nominees by name, campaigns by title; without marks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from sqlalchemy import case, func, or_, select, union_all
from sqlalchemy.orm import Session

from webapp.models import NOMINATIONS, Campaign, Case, Nomination, Nominee, Registration, Strand, Unit
from webapp.queries.exemplars import state_column
from webapp.queries.standing import Standing, visible, visible_campaign
from webapp.queries.tracking_words import matching_cases, numbered_decisions
from webapp.text import search_key

SHOWN = 10
EXEMPLARS = ("exemplar", "replication")
READ = 100


@dataclass(frozen=True)
class FoundCase:
    """A case that fits; ``strand`` only of a nomination."""

    code: str
    process: str
    title: str
    unit: str
    state: str
    stage: str | None
    outcome: str | None
    strand: str | None = None


@dataclass(frozen=True)
class FoundCampaign:
    """A campaign that fits."""

    code: str
    title: str
    unit: str


@dataclass(frozen=True)
class FoundNominee:
    """A person, household or unit that takes part; ``cases`` are (process, code), the newest first."""

    name: str
    kind: str
    unit: str
    cases: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Found:
    """What fits, at most SHOWN of each kind; ``total`` counts all nominations that fit."""

    nominations: tuple[FoundCase, ...] = ()
    total: int = 0
    exemplars: tuple[FoundCase, ...] = ()
    others: tuple[FoundCase, ...] = ()
    campaigns: tuple[FoundCampaign, ...] = ()
    nominees: tuple[FoundNominee, ...] = ()

    @property
    def nothing(self) -> bool:
        return not (self.nominations or self.exemplars or self.others or self.campaigns or self.nominees)


def search(session: Session, standing: Standing, text: str) -> Found:
    """Everything the person may know of that holds the words; six statements. No words find nothing."""
    words = search_key(text)
    if not words:
        return Found()
    return Found(
        nominations=_nominations(session, standing, words),
        total=_count(session, standing, words),
        exemplars=_exemplars(session, standing, words),
        others=_others(session, standing, words),
        campaigns=_campaigns(session, standing, words),
        nominees=_nominees(session, standing, words),
    )


def case_called(session: Session, standing: Standing, text: str) -> str | None:
    """The code of the case that is called exactly so, when the person may know of it."""
    return session.scalar(select(Case.code).where(Case.code == text.strip().upper(), visible(standing)))


def _nominations(session: Session, standing: Standing, words: str) -> tuple[FoundCase, ...]:
    rows = session.execute(
        select(
            Case.code,
            Case.process,
            Case.title,
            Unit.name,
            Case.state,
            Case.stage,
            Case.outcome,
            Strand.title,
        )
        .join(Nomination, Nomination.case_id == Case.id)
        .join(Strand, Strand.id == Nomination.strand_id)
        .join(Unit, Unit.id == Case.unit_id)
        .where(Case.id.in_(matching_cases(words)), visible(standing))
        .order_by(Case.state == "ended", Case.id.desc())
        .limit(SHOWN)
    )
    return tuple(FoundCase(*row) for row in rows)


def _count(session: Session, standing: Standing, words: str) -> int:
    query = (
        select(func.count())
        .select_from(Nomination)
        .join(Case, Case.id == Nomination.case_id)
        .where(Case.id.in_(matching_cases(words)), visible(standing))
    )
    return session.execute(query).scalar_one()


def _others(session: Session, standing: Standing, words: str) -> tuple[FoundCase, ...]:
    """Cases of other processes by code, decisions also by number."""
    rows = session.execute(
        select(Case.code, Case.process, Case.title, Unit.name, Case.state, Case.stage, Case.outcome)
        .join(Unit, Unit.id == Case.unit_id)
        .where(
            Case.process.not_in(NOMINATIONS),
            or_(
                Case.code.contains(words.upper(), autoescape=True),
                Case.id.in_(numbered_decisions(words)),
            ),
            visible(standing),
        )
        .order_by(Case.id.desc())
        .limit(SHOWN)
    )
    return tuple(FoundCase(*row) for row in rows)


def _exemplars(session: Session, standing: Standing, words: str) -> tuple[FoundCase, ...]:
    """Exemplars, then the units that apply them, by name; few enough to be compared here, without marks.

    ``stage`` of an exemplar is where it stands in the list of exemplars.
    """
    stage = case((Case.process == "exemplar", state_column), else_=Case.stage)
    rows = session.execute(
        select(Case.code, Case.process, Case.title, Unit.name, Case.state, stage, Case.outcome)
        .join(Unit, Unit.id == Case.unit_id)
        .where(Case.process.in_(EXEMPLARS), visible(standing))
        .order_by(Case.process, Case.state == "ended", Case.id.desc())
    )
    fitting = (row for row in rows if words in search_key(row.title))
    return tuple(FoundCase(*row) for row in islice(fitting, SHOWN))


def _campaigns(session: Session, standing: Standing, words: str) -> tuple[FoundCampaign, ...]:
    rows = session.execute(
        select(Campaign.code, Campaign.title, Unit.name)
        .join(Unit, Unit.id == Campaign.unit_id)
        .where(Campaign.search_key.contains(words, autoescape=True), visible_campaign(standing))
        .order_by(Campaign.starts_on.desc())
        .limit(SHOWN)
    )
    return tuple(FoundCampaign(*row) for row in rows)


def _nominees(session: Session, standing: Standing, words: str) -> tuple[FoundNominee, ...]:
    """Nominees by name, with the cases of theirs the person may know of."""
    part = union_all(
        select(Nomination.nominee_id, Nomination.case_id),
        select(Registration.nominee_id, Registration.case_id),
    ).subquery()
    rows = session.execute(
        select(Nominee.id, Nominee.name, Nominee.kind, Unit.name, Case.process, Case.code)
        .join(part, part.c.nominee_id == Nominee.id)
        .join(Case, Case.id == part.c.case_id)
        .join(Unit, Unit.id == Nominee.unit_id)
        .where(Nominee.search_key.contains(words, autoescape=True), visible(standing))
        .order_by(Nominee.sort_key, Nominee.id, Case.id.desc())
        .limit(READ)
    )
    found: dict[int, FoundNominee] = {}
    for nominee, name, kind, unit, process, code in rows:
        before = found[nominee].cases if nominee in found else ()
        found[nominee] = FoundNominee(name, kind, unit, (*before, (process, code)))
    return tuple(found.values())[:SHOWN]
