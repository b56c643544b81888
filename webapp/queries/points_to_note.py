"""What a council should look at twice before it votes on a nominee: found in the record, never typed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import (
    Award,
    Campaign,
    CouncilSession,
    FormEntry,
    Nomination,
    Nominee,
    OutboxItem,
    Suspension,
    Task,
    Unit,
)
from webapp.queries.assessments import DISTRICT, OPINION_FORMS, POSTING, PROVINCE
from webapp.queries.latest_entries import dossiers
from webapp.queries.looked_at import looked_at
from webapp.queries.vote_groups import vote_groups
from webapp.text import search_key
from workflows.values import local_day

CHECK = "commune_assessment/check_dossier"
APPRAISALS = (DISTRICT, PROVINCE)
FORMS = (CHECK, POSTING, *OPINION_FORMS, *APPRAISALS)
OFTEN = 2
"""How many returns for supplement are many: the rule sets allow one."""

Code = Literal[
    "criteria_unmet",
    "supplements",
    "objections",
    "opinions_against",
    "posting_passed_over",
    "awarded_before",
    "over_places",
    "suspended_before",
    "looked_at",
    "papers_missing",
]


@dataclass(frozen=True)
class Point:
    """One point by its code; ``values`` are numbers, codes and names of bodies, for the sentence."""

    code: Code
    values: Mapping[str, Any]


Points = Mapping[int, tuple[Point, ...]]
"""Nomination id → points, most telling first; nothing for those who have none."""


@dataclass(frozen=True)
class _Entry:
    """A completed form of a nomination, and the body whose task it was."""

    form: str
    data: Mapping[str, Any]
    unit: str


def points_to_note(
    session: Session,
    held: CouncilSession,
    names: Mapping[str, str],
    wanted: Collection[Nomination] | None = None,
) -> Points:
    """Points of the nominees of a session (loaded with its agenda), or of those ``wanted``; a fixed number of
    statements.

    ``names`` are those of awards by code. How many compete for the places is counted over the whole agenda.
    """
    nominations = [item.nomination for item in held.agenda] if wanted is None else list(wanted)
    cases = [nomination.case_id for nomination in nominations]
    told, passed_over = points_of_cases(session, cases), _passed_over(session, cases)
    over, looked = _over_places(session, held), _looked_at(session, held, nominations)
    before = _awarded_before(session, held.year, nominations, names)
    found = {}
    for nomination in nominations:
        points = [
            *told[nomination.case_id],
            *looked[nomination.id],
            *([Point("posting_passed_over", {})] if nomination.case_id in passed_over else ()),
            *([before[nomination.id]] if nomination.id in before else ()),
            *([over[nomination.id]] if nomination.id in over else ()),
        ]
        if points:
            found[nomination.id] = tuple(points)
    return found


def points_of_cases(session: Session, cases: Collection[int]) -> Mapping[int, list[Point]]:
    """What the record of each case tells by itself, by case id: its forms and suspensions. Two statements."""
    entries, suspended = _entries(session, cases), _suspended_before(session, cases)
    return {case: [*_of_entries(entries[case]), *suspended[case]] for case in cases}


def _entries(session: Session, cases: Collection[int]) -> Mapping[int, list[_Entry]]:
    rows = session.execute(
        select(FormEntry.case_id, FormEntry.form, FormEntry.data, Unit.name)
        .outerjoin(Task, Task.id == FormEntry.task_id)
        .outerjoin(Unit, Unit.id == Task.unit_id)
        .where(FormEntry.case_id.in_(cases), FormEntry.form.in_(FORMS))
        .order_by(FormEntry.id)
    )
    found: defaultdict[int, list[_Entry]] = defaultdict(list)
    for case_id, form, data, unit in rows:
        found[case_id].append(_Entry(form, data, unit or ""))
    return found


def _passed_over(session: Session, cases: Collection[int]) -> set[int | None]:
    """Cases in which nothing was posted, because no day of posting is asked for."""
    query = select(OutboxItem.case_id).where(
        OutboxItem.case_id.in_(cases), OutboxItem.kind == "skip_posting", OutboxItem.status == "done"
    )
    return set(session.scalars(query))


def _suspended_before(session: Session, cases: Collection[int]) -> Mapping[int, list[Point]]:
    """Suspensions that are over, by case; who reads the orders reads why."""
    query = select(Suspension).where(Suspension.case_id.in_(cases), Suspension.resumed_at.is_not(None))
    found: defaultdict[int, list[Point]] = defaultdict(list)
    for each in session.scalars(query.order_by(Suspension.id)):
        days = {
            "since": local_day(each.suspended_at),
            "until": local_day(each.resumed_at or each.suspended_at),
        }
        values = {name: day.isoformat() for name, day in days.items()} | {"kind": each.kind}
        found[each.case_id].append(Point("suspended_before", values))
    return found


def _looked_at(
    session: Session, held: CouncilSession, nominations: Collection[Nomination]
) -> Mapping[int, list[Point]]:
    campaign = session.get_one(Campaign, held.case.campaign_id)
    names = looked_at(session, campaign, nominations, local_day(held.case.opened_at))
    found: defaultdict[int, list[Point]] = defaultdict(list)
    for nomination_id, conditions in names.items():
        found[nomination_id].append(Point("looked_at", {"conditions": conditions}))
    return found


def _of_entries(entries: list[_Entry]) -> Iterable[Point]:
    if unmet := [name for form in APPRAISALS for name in _overridden(entries, form)]:
        yield Point("criteria_unmet", {"criteria": tuple(dict.fromkeys(unmet))})
    against = {each.unit: each.data["decision"] for each in entries if each.form in OPINION_FORMS}
    if bodies := tuple(unit for unit, decision in against.items() if decision == "disagree"):
        yield Point("opinions_against", {"count": len(bodies), "bodies": bodies})
    postings = [each.data for each in entries if each.form == POSTING]
    if objections := (postings[-1].get("objections", ()) if postings else ()):
        unanswered = sum(not row.get("handling") for row in objections)
        yield Point("objections", {"count": len(objections), "unanswered": unanswered})
    returned = sum(
        each.form not in OPINION_FORMS and each.data.get("decision") == "supplement" for each in entries
    )
    if returned >= OFTEN:
        yield Point("supplements", {"count": returned})


def _overridden(entries: list[_Entry], form: str) -> list[str]:
    """Criteria an appraisal of this level found unmet, when the last one found the nominee eligible."""
    appraisals = [each.data for each in entries if each.form == form]
    if not appraisals or appraisals[-1].get("decision") != "eligible":
        return []
    return [
        name for data in appraisals for name, answer in data.get("criteria", {}).items() if answer is False
    ]


def _over_places(session: Session, held: CouncilSession) -> dict[int, Point]:
    """Nominees of groups with more nominees than places, by nomination id; who was withdrawn takes none."""
    campaign = session.get_one(Campaign, held.case.campaign_id)
    standing = [item for item in held.agenda if item.nomination.case.outcome != "withdrawn"]
    nominations = {item.id: item.nomination_id for item in standing}
    return {
        nominations[item_id]: Point(
            "over_places", {"proposed": len(group.nominees), "places": max(0, group.places)}
        )
        for group in vote_groups(session, campaign, standing)
        if group.places is not None and len(group.nominees) > group.places
        for item_id in group.nominees
    }


def _awarded_before(
    session: Session, year: int, nominations: Collection[Nomination], names: Mapping[str, str]
) -> dict[int, Point]:
    """An award of the same name in this year or the one before: in the register, or as the dossier says."""
    since = year - 1
    registered = _registered(session, since, nominations)
    told = dossiers(session, [nomination.case_id for nomination in nominations])
    found = {}
    for nomination in nominations:
        years = [
            *registered[_who(nomination.nominee), nomination.award],
            *_declared(told[nomination.case_id], names.get(nomination.award, nomination.award), since),
        ]
        if years:
            found[nomination.id] = Point("awarded_before", {"year": max(years), "award": nomination.award})
    return found


def _registered(
    session: Session, since: int, nominations: Collection[Nomination]
) -> Mapping[tuple[tuple[str, int], str], list[int]]:
    rows = session.execute(
        select(Nominee.search_key, Nominee.unit_id, Nomination.award, Award.register_year)
        .select_from(Award)
        .join(Nomination, Nomination.id == Award.nomination_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .where(
            Award.register_year >= since,
            Nomination.id.not_in([nomination.id for nomination in nominations]),
            Nominee.search_key.in_({nomination.nominee.search_key for nomination in nominations}),
        )
    )
    found: defaultdict[tuple[tuple[str, int], str], list[int]] = defaultdict(list)
    for key, unit_id, award, year in rows:
        found[(key, unit_id), award] += [year] if year else []
    return found


def _who(nominee: Nominee) -> tuple[str, int]:
    """A nominee is entered anew in each campaign: the name in a unit is what stays."""
    return nominee.search_key, nominee.unit_id


def _declared(dossier: Mapping[str, Any], award: str, since: int) -> list[int]:
    name = search_key(award)
    return [
        row["year"]
        for row in dossier.get("previous_awards", ())
        if row["year"] >= since and (name in search_key(row["award"]) or search_key(row["award"]) in name)
    ]
