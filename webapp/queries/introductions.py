"""Exemplars that are introduced to everybody: what stands on their public pages, and nothing else of their cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Campaign, Case, FormEntry, IntroducedPicture, Introduction, Paper, Unit
from webapp.text import search_key

PAGE_SIZE = 24
FOSTERED = "exemplar/record_fostering"
MOST_EFFECTS, MOST_PICTURES = 30, 10
"""Rows that the form of an introduction takes."""

KINDS = ("model", "collective", "household", "individual")
Choice = tuple[str, str]


@dataclass(frozen=True)
class Wanted:
    """Which introductions: words without marks, a kind, a unit by its code. Empty: all."""

    q: str = ""
    kind: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture to be shown: its digest, its size in pixels, and what it shows."""

    sha256: str
    width: int
    height: int
    description: str


@dataclass(frozen=True)
class IntroducedRow:
    """One introduction in the list."""

    id: int
    code: str
    kind: str
    name: str
    headline: str
    text: str
    unit: str
    published_at: dt.datetime
    picture: Picture | None = None


@dataclass(frozen=True)
class IntroductionPage:
    """One public page. ``campaign`` is its code, for the links of those who have signed in."""

    id: int
    code: str
    kind: str
    name: str
    headline: str
    text: str
    place: str | None
    effects: Sequence[Mapping[str, Any]]
    unit: str
    unit_code: str
    organiser: str
    organiser_code: str
    campaign: str
    published_at: dt.datetime
    until: dt.datetime
    pictures: tuple[Picture, ...]


def in_force(now: dt.datetime) -> ColumnElement[bool]:
    """Condition on Introduction and its Case: approved, not suspended, not taken down, its last day not over.

    Together with the join of :func:`introduced` the consent paper is there.
    """
    return and_(Case.state == "active", Introduction.until >= now)


def introduced(*columns: Any, now: dt.datetime) -> Select[Any]:
    """A statement about the introductions in force, with their case, consent and unit."""
    return (
        select(*columns)
        .select_from(Introduction)
        .join(Case, Case.id == Introduction.case_id)
        .join(Paper, and_(Paper.id == Introduction.consent_id, Paper.case_id == Case.id))
        .join(Unit, Unit.id == Case.unit_id)
        .where(in_force(now))
    )


def introduced_so_far(*columns: Any, campaign: str = "") -> Select[Any]:
    """A statement about all introductions that were not taken down, with their case and unit; of a campaign, if one is
    named by its code."""
    query = (
        select(*columns)
        .select_from(Introduction)
        .join(Case, Case.id == Introduction.case_id)
        .join(Unit, Unit.id == Case.unit_id)
        .where((Case.state != "ended") | (Case.outcome == "introduced"))
    )
    of_campaign = select(Campaign.id).where(Campaign.code == campaign)
    return query.where(Case.campaign_id.in_(of_campaign)) if campaign else query


def introduced_rows(session: Session, wanted: Wanted, now: dt.datetime, page: int) -> list[IntroducedRow]:
    """One page of the public list, from 1, the newest first; two statements."""
    columns = (
        Introduction.id,
        Case.code,
        Introduction.kind,
        Introduction.name,
        Introduction.headline,
        Introduction.text,
        Unit.name,
        Introduction.published_at,
    )
    query = introduced(*columns, now=now).where(*_narrowed(wanted))
    query = query.order_by(Introduction.published_at.desc(), Introduction.id.desc())
    rows = session.execute(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    first = _pictures(session, [row.id for row in rows], IntroducedPicture.position == 0)
    found = [IntroducedRow(*row) for row in rows]
    return [replace(row, picture=next(iter(first.get(row.id, ())), None)) for row in found]


def introduced_count(session: Session, wanted: Wanted, now: dt.datetime) -> int:
    """How many introductions fit."""
    count: int = session.execute(introduced(func.count(), now=now).where(*_narrowed(wanted))).scalar_one()
    return count


def introduced_units(session: Session, now: dt.datetime) -> Sequence[Choice]:
    """The units that have something introduced."""
    query = introduced(Unit.code, Unit.name, Unit.sort_key, now=now).distinct().order_by(Unit.sort_key)
    return [(row.code, row.name) for row in session.execute(query)]


def introduction_page(session: Session, code: str, now: dt.datetime) -> IntroductionPage | None:
    """The public page of an exemplar; None where nothing is in force."""
    organiser = aliased(Unit)
    columns = (
        Introduction,
        Case.code,
        Unit.name,
        Unit.code.label("unit_code"),
        organiser.name.label("organiser"),
        organiser.code.label("organiser_code"),
        Campaign.code.label("campaign"),
    )
    query = (
        introduced(*columns, now=now)
        .join(organiser, organiser.id == Case.organiser_id)
        .join(Campaign, Campaign.id == Case.campaign_id)
    )
    row = session.execute(query.where(Case.code == code)).first()
    if row is None:
        return None
    found: Introduction = row.Introduction
    return IntroductionPage(
        id=found.id,
        code=row.code,
        kind=found.kind,
        name=found.name,
        headline=found.headline,
        text=found.text,
        place=found.place,
        effects=found.effects,
        unit=row.name,
        unit_code=row.unit_code,
        organiser=row.organiser,
        organiser_code=row.organiser_code,
        campaign=row.campaign,
        published_at=found.published_at,
        until=found.until,
        pictures=tuple(_pictures(session, [found.id]).get(found.id, ())),
    )


def was_introduced(session: Session, code: str, now: dt.datetime) -> bool:
    """Whether there was such a page, and it is gone for good: taken down, or its last day is over."""
    query = (
        select(Introduction.id)
        .join(Case, Case.id == Introduction.case_id)
        .where(Case.code == code, (Case.state == "ended") | (Introduction.until < now))
    )
    return session.scalar(query) is not None


def is_introduced(session: Session, case_id: int) -> bool:
    """Whether a case ever had a public page."""
    return session.scalar(select(Introduction.id).where(Introduction.case_id == case_id)) is not None


def introduced_picture(
    session: Session, code: str, sha256: str, now: dt.datetime
) -> IntroducedPicture | None:
    """A picture of a public page that is in force; nothing else of the case is found by a digest."""
    query = introduced(IntroducedPicture, now=now).join(
        IntroducedPicture, IntroducedPicture.introduction_id == Introduction.id
    )
    of_page = Case.code == code, IntroducedPicture.sha256 == sha256
    found: IntroducedPicture | None = session.scalar(query.where(*of_page).limit(1))
    return found


def approved_introduction(session: Session, case_id: int) -> Mapping[str, Any]:
    """The introduction of a case as it was last handed in for approval."""
    return _last_form(session, case_id, "exemplar/prepare_introduction")


def opening_form(session: Session, case_id: int) -> Mapping[str, Any]:
    """The proposal an exemplar began with."""
    return _last_form(session, case_id, "exemplar/start")


def latest_proposal(session: Session, case_id: int) -> Mapping[str, Any]:
    """The proposal with what was supplemented last, and with the numbers and pictures of its fostering.

    Of more than an introduction takes, what was told last.
    """
    told = {**opening_form(session, case_id), **_last_form(session, case_id, "exemplar/supplement_exemplar")}
    query = select(FormEntry.data).where(FormEntry.case_id == case_id, FormEntry.form == FOSTERED)
    for record in session.scalars(query.order_by(FormEntry.id)):
        rows = [*told.get("effects", ()), *record.get("effects", ())]
        newest = list({row["effect"]: row for row in rows}.values())
        pictures = [*told.get("pictures", ()), *record.get("pictures", ())]
        told |= {"effects": newest[-MOST_EFFECTS:], "pictures": pictures[-MOST_PICTURES:]}
    return told


def _last_form(session: Session, case_id: int, form: str) -> Mapping[str, Any]:
    """A form as it was completed last; empty where it never was."""
    query = select(FormEntry.data).where(FormEntry.case_id == case_id, FormEntry.form == form)
    data: Mapping[str, Any] | None = session.scalar(query.order_by(FormEntry.id.desc()).limit(1))
    return data or {}


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for word in search_key(wanted.q).split():
        conditions.append(Introduction.search_key.contains(word, autoescape=True))
    if wanted.kind:
        conditions.append(Introduction.kind == wanted.kind)
    if wanted.unit:
        below = Unit.code.startswith(f"{wanted.unit}/", autoescape=True)
        conditions.append((Unit.code == wanted.unit) | below)
    return conditions


def _pictures(session: Session, ids: list[int], *conditions: Any) -> dict[int, list[Picture]]:
    """Pictures by introduction, in their order; one statement."""
    of_these = IntroducedPicture.introduction_id.in_(ids)
    query = select(IntroducedPicture).where(of_these, *conditions).order_by(IntroducedPicture.position)
    found: dict[int, list[Picture]] = {}
    for row in session.scalars(query):
        picture = Picture(row.sha256, row.width, row.height, row.description)
        found.setdefault(row.introduction_id, []).append(picture)
    return found
