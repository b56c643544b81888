"""What there is to be looked at in the dossiers of a selection before one decision is taken for all of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import NOMINATIONS, Campaign, Case, Nomination, Nominee, Task
from webapp.queries.completeness import ASKED, missing_papers
from webapp.queries.looked_at import point_of, unmet_conditions
from webapp.queries.points_to_note import Point, points_of_cases
from webapp.queries.same_hands import own_entries
from webapp.queries.standing import Standing

Warnings = Mapping[int, tuple[Point, ...]]
"""Case id → what is to be looked at, most telling first; nothing for those without."""


def warnings_of(session: Session, tasks: Sequence[Task], day: dt.date) -> Warnings:
    """The warnings open in the cases of tasks of one kind; a fixed number of statements for each campaign."""
    if not tasks:
        return {}
    cases = [task.case for task in tasks if task.case.process in NOMINATIONS]
    nominations = _nominations(session, cases)
    found: defaultdict[int, list[Point]] = defaultdict(list)
    for part in (
        _conditions(session, nominations, day),
        _papers(session, tasks[0], cases),
        points_of_cases(session, [case.id for case in cases]),
    ):
        for case_id, points in part.items():
            found[case_id] += points
    return {case_id: tuple(points) for case_id, points in found.items() if points}


def _nominations(session: Session, cases: Collection[Case]) -> Sequence[Nomination]:
    query = select(Nomination).where(Nomination.case_id.in_([case.id for case in cases]))
    return session.scalars(
        query.options(
            joinedload(Nomination.case),
            joinedload(Nomination.nominee).joinedload(Nominee.unit),
            joinedload(Nomination.round),
            joinedload(Nomination.strand),
        )
    ).all()


def _conditions(
    session: Session, nominations: Sequence[Nomination], day: dt.date
) -> Mapping[int, list[Point]]:
    together = defaultdict(list)
    for each in nominations:
        together[each.campaign_id, point_of(each.case)].append(each)
    cases = {each.id: each.case_id for each in nominations}
    return {
        cases[nomination_id]: [Point("looked_at", {"conditions": names})]
        for (campaign_id, point), those in together.items()
        for nomination_id, names in unmet_conditions(
            session, session.get_one(Campaign, campaign_id), those, point, day
        ).items()
    }


def _papers(session: Session, task: Task, cases: Collection[Case]) -> Mapping[int, list[Point]]:
    """Required papers that are missing, where the selection does not pass such dossiers over."""
    if task.element in ASKED:
        return {}
    ids = {case.code: case.id for case in cases if case.process == "nomination"}
    return {
        ids[code]: [Point("papers_missing", {"papers": names})]
        for code, names in missing_papers(session, ids).items()
        if names
    }


def entered_by(session: Session, standing: Standing, tasks: Sequence[Task]) -> int:
    """In how many of these tasks of one kind the reader checks what they entered themselves."""
    if not tasks:
        return 0
    form = f"{tasks[0].process}/{tasks[0].element}"
    return len(own_entries(session, [task.case.code for task in tasks], form, standing.person_id))
