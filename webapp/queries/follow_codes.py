"""The code of a case, who hands it out, and what whoever has it may learn: stages and dates, no name, no reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp import eventlog
from webapp.models import Campaign, Case, FollowCode, Nomination, Nominee, Registration, Task
from webapp.queries.stages import element_stages
from webapp.queries.standing import Standing
from workflows.vocabulary import SINGLE_KINDS

HANDED_OUT_BY = ("specialist", "head", "secretary")
"""Who hands codes out where the case is decided; in the submitting unit its officers do."""

SUPPLEMENTS = (
    "supplement_registration",
    "supplement_dossier",
    "supplement_for_district",
    "supplement_by_submitter",
)
"""Tasks in which those who handed it in were told to mend something."""


ADDRESS = frozenset({"hộ", "gia", "đình", "ông", "bà", "anh", "chị"})
"""Words before a name that are none of it."""


@dataclass(frozen=True)
class Followed:
    """What a code tells. ``name`` is abbreviated where it is that of a person or a household.

    ``passed``: the stages the case has left, with the day, in their order; ``supplement``: whether something is to be
    mended, ``supplement_due`` by when.
    """

    process: str
    name: str
    unit: str
    campaign: str | None
    opened_at: dt.datetime
    passed: tuple[tuple[str, dt.datetime], ...]
    stage: str | None
    since: dt.datetime | None
    state: str
    outcome: str | None
    ended_at: dt.datetime | None
    supplement: bool
    supplement_due: dt.datetime | None


def hands_out(standing: Standing, case: Case) -> bool:
    """Whether somebody reads, renews and withdraws the code of a case."""
    deciding = {case.organiser_id, case.district_id, case.province_id}
    return (
        case.registrant_id == standing.person_id
        or case.unit_id in standing.units("officer", "commune_chair")
        or bool(deciding & standing.units(*HANDED_OUT_BY))
    )


def code_of(session: Session, case_id: int) -> FollowCode | None:
    """The code that counts for a case."""
    query = select(FollowCode).where(FollowCode.case_id == case_id, FollowCode.withdrawn_at.is_(None))
    return session.scalars(query.order_by(FollowCode.id.desc())).first()


def codes_of(session: Session, case_ids: list[int]) -> dict[int, str]:
    """The codes that count for several cases."""
    rows = session.execute(
        select(FollowCode.case_id, FollowCode.code)
        .where(FollowCode.case_id.in_(case_ids), FollowCode.withdrawn_at.is_(None))
        .order_by(FollowCode.id)
    )
    return dict(rows.all())


def followed(session: Session, code: str) -> Followed | None:
    """What a code tells; None for one that does not count."""
    case = session.scalars(
        select(Case)
        .join(FollowCode, FollowCode.case_id == Case.id)
        .where(FollowCode.code == code, FollowCode.withdrawn_at.is_(None))
        .options(joinedload(Case.unit))
    ).first()
    if case is None:
        return None
    mending = session.execute(
        select(Task.due).where(Task.case_id == case.id, Task.status == "open", Task.element.in_(SUPPLEMENTS))
    ).first()
    return Followed(
        process=case.process,
        name=_name(session, case),
        unit=case.unit.name,
        campaign=session.scalar(select(Campaign.title).where(Campaign.id == case.campaign_id)),
        opened_at=case.opened_at,
        passed=_passed(session, case),
        stage=case.stage,
        since=case.stage_since,
        state=case.state,
        outcome=case.outcome,
        ended_at=case.ended_at,
        supplement=mending is not None and case.state == "active",
        supplement_due=mending.due if mending else None,
    )


def _name(session: Session, case: Case) -> str:
    """Of a person or a household initials; a collective is called by its name."""
    row = Registration if case.process == "registration" else Nomination
    kind = session.scalar(
        select(Nominee.kind).join(row, row.nominee_id == Nominee.id).where(row.case_id == case.id)
    )
    if kind is not None and kind not in SINGLE_KINDS:
        return case.title
    words = [word for word in case.title.split() if word.lower() not in ADDRESS]
    return " ".join(f"{word[0].upper()}." for word in words)


def _passed(session: Session, case: Case) -> tuple[tuple[str, dt.datetime], ...]:
    """The stages the case has left and when it did so last."""
    stages = element_stages(session, case)
    found: dict[str, dt.datetime] = {}
    for event in eventlog.read_stream(session, eventlog.case_stream(case.code)):
        for process, element, _flow in event.fields.get("moves", ()):
            if process == case.process and element in stages:
                found.pop(stages[element], None)
                found[stages[element]] = event.at
    here = case.stage if case.state != "ended" or case.outcome not in _REACHED else None
    return tuple((stage, at) for stage, at in found.items() if stage != here)


_REACHED = ("awarded", "awarded_higher", "registered")
"""Outcomes of cases that have left their last stage, too."""
