"""A cluster of three units in a test: founded, its year prepared, scored and voted on by the people of its members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tests.factories import LONG_AGO, Office
from tests.people import AN_CU, AN_PHU, POLICE, TINH_BIEN
from webapp.extensions import db
from webapp.models import Task
from webapp.operations import clusters
from webapp.operations.acting import SYSTEM
from webapp.operations.cluster_scoring import open_scoring
from webapp.operations.clusters import NewYear
from webapp.queries.cluster_scores import first_values
from webapp.queries.clusters import criteria_of, newest_criteria
from workflows.criteria import Criterion

NAME = "Cụm thi đua số 1"
CODE = "an-giang-tinh-bien-cum-thi-dua-so-1"
YEAR = 2019
CASE = "CK-2019-0001"
OFFICERS = {AN_CU: "officer", AN_PHU: "other_officer", POLICE: "police"}
"""Who acts for each member; the first leads. In 2019 each scores the one before it."""

SCORED_BY = {AN_CU: AN_PHU, AN_PHU: POLICE, POLICE: AN_CU}
DUE = {"self_due": "2019-12-10", "cross_due": "2019-12-14"}
GIVEN = {AN_CU: 1, AN_PHU: 2, POLICE: 2}
"""How many points below the most each criterion of a member gets."""


def found_cluster(office: Office, members: Mapping[str, str] = OFFICERS, year: int = YEAR) -> str:
    """Found the cluster and prepare the year; returns its code."""
    by: dict[str, Any] = {"actor": SYSTEM, "now": office.now}
    code = clusters.found_cluster(TINH_BIEN, NAME, "cluster", **by)
    for unit in members:
        clusters.add_unit(code, unit, LONG_AGO, **by)
    db.session.rollback()
    criteria = next(each for each in newest_criteria(db.session()) if each.code == "vi-du-cum-xa")
    clusters.set_year(code, NewYear(year, AN_CU, criteria.public_id, AN_PHU), **by)
    return code


def open_year(office: Office, username: str = "officer") -> str:
    """Open the scoring; returns the code of its case."""
    return open_scoring(CODE, YEAR, DUE, actor=office.actor(username), now=office.now)


def criteria() -> tuple[Criterion, ...]:
    db.session.rollback()
    text = next(each.content for each in newest_criteria(db.session()) if each.code == "vi-du-cum-xa")
    return criteria_of(text).criteria


def points(criterion: Criterion, below: int = 0) -> int:
    """Points of a criterion, so many below the most; nothing is taken off."""
    return 0 if criterion.kind == "penalty" else int(criterion.maximum) - below


def task_of(office: Office, element: str, unit: str) -> Task:
    """The open task of a member."""
    return office.task(element, CASE, unit_id=office.person(OFFICERS[unit]).holdings[0].unit_id)


def score_self(office: Office, unit: str, below: int | None = None, **changes: Any) -> Task:
    """A member scores itself, with papers where they are asked for."""
    task, username = task_of(office, "score_self", unit), OFFICERS[unit]
    below = GIVEN[unit] if below is None else below
    rows = []
    for criterion in criteria():
        row: dict[str, Any] = {"criterion": criterion.code, "points": points(criterion, below)}
        if criterion.evidence:
            row["evidence"] = [office.paper(username, task.public_id, "score_evidence")]
        rows.append(row | changes.get(criterion.code.replace("-", "_"), {}))
    return office.do(username, "score_self", task=task, scores=rows)


def score_cross(office: Office, unit: str, below: int | None = None, note: str = "") -> Task:
    """A member is scored by its neighbour; ``unit`` is the one that is scored."""
    scorer = SCORED_BY[unit]
    task = task_of(office, "score_cross", scorer)
    below = GIVEN[unit] if below is None else below
    rows = [
        {"criterion": criterion.code, "points": points(criterion, below)} | ({"note": note} if note else {})
        for criterion in criteria()
    ]
    return office.do(OFFICERS[scorer], "score_cross", task=task, scores=rows)


def lines(office: Office, task: Task) -> list[dict[str, Any]]:
    """The rows that stand in a form of the leader or the organiser at first."""
    db.session.rollback()
    found: list[dict[str, Any]] = first_values(db.session(), db.session.get_one(Task, task.id))["scores"]
    return found


def consolidate(office: Office, note: str = "") -> Task:
    task = office.task("consolidate_scores", CASE)
    rows = [row | ({"note": note} if note else {}) for row in lines(office, task)]
    return office.do("officer", "consolidate_scores", task=task, scores=rows)


def accept(office: Office) -> Task:
    task = office.task("verify_scores", CASE)
    return office.do("secretary", "verify_scores", task=task, decision="accept", scores=lines(office, task))


def vote(office: Office, unit: str, choice: str) -> Task:
    task = task_of(office, "cast_acclaim", unit)
    return office.do(OFFICERS[unit], "cast_acclaim", task=task, choice=choice)


def conclude(office: Office) -> None:
    office.do(
        "officer",
        "conclude_year",
        CASE,
        conference_date=office.at.date().isoformat(),
        place="hội trường UBND xã An Cư",
        chair="Nguyễn Văn Chủ Tịch Xã, Chủ tịch UBND xã",
        minute_taker="Lê Văn Cán Bộ",
        conclusions="Biểu dương các đơn vị.",
    )
    office.work()


def scored(office: Office) -> None:
    """All have scored themselves and one another; the leader's task is open."""
    for unit in OFFICERS:
        score_self(office, unit)
    office.work()
    for unit in OFFICERS:
        score_cross(office, unit)


def ranked(office: Office) -> None:
    """The ranking is published and the vote is open."""
    scored(office)
    consolidate(office)
    accept(office)
    office.work()


def concluded(office: Office) -> None:
    """An Cư is acclaimed with two of three votes, and the year is concluded."""
    ranked(office)
    vote(office, AN_PHU, AN_CU)
    vote(office, POLICE, AN_CU)
    vote(office, AN_CU, AN_PHU)
    office.work()
    office.move(hours=1)
    conclude(office)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
