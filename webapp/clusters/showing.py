"""A year of a cluster as its page shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Set
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from webapp.extensions import db
from webapp.operations.starts import may_start
from webapp.queries.cluster_boards import Board
from webapp.queries.cluster_reminders import OWED, may_remind_members, members_reminded_at
from webapp.queries.instances import visible_case
from webapp.queries.open_rounds import open_campaigns
from webapp.queries.standing import Standing
from webapp.ui.access import standing as reader
from webapp.ui.clock import today
from webapp.ui.shown_cases import ShownCase, shown_case
from workflows.values import local_day

SCORE_NAMES: dict[str, LazyString] = {
    "self": _l("Self-score"),
    "cross": _l("Cross-score"),
    "consolidated": _l("Consolidated"),
    "verified": _l("After verification"),
}


@dataclass(frozen=True)
class NominateLink:
    """Where a nomination begins with the result as its ground."""

    campaign: str
    url: str


@dataclass(frozen=True)
class Reminders:
    """The units (row ids) that are ``owing`` something they were not reminded of today; when each was ``last``."""

    owing: Set[int]
    last: Mapping[int, dt.datetime]


def reminders_of(board: Board) -> Reminders | None:
    """For whoever reminds the members while the scoring runs."""
    case = board.year.case
    if case is None or not may_remind_members(reader(), board.year):
        return None
    told = members_reminded_at(db.session(), case)
    done = {thing for thing, at in told.items() if local_day(at) == today()}
    owing = {
        line.member.unit_id
        for line in board.lines
        if any((line.member.unit_id, OWED[element]) not in done for element in line.todo & OWED.keys())
    }
    in_order = sorted(told.items(), key=lambda each: each[1])
    return Reminders(owing, {unit_id: at for (unit_id, _template), at in in_order})


def begun(board: Board) -> bool:
    """Whether the year has a scoring, under way or over."""
    return board.year.case is not None


def shown_case_of(board: Board) -> ShownCase | None:
    """The case of the year, for whoever may know of the case itself: its papers, what may be done, its history."""
    case = board.year.case
    if case is None or visible_case(db.session(), reader(), case.code) is None:
        return None
    return shown_case(case.code, case.process)


def nominate_links(session: Session, standing: Standing, board: Board) -> list[NominateLink]:
    """Campaigns in which the reader may nominate the acclaimed unit, or else the first in rank."""
    if board.year.concluded_at is None or not board.lines:
        return []
    member = board.acclaimed or board.lines[0].member
    at_organiser = board.cluster.unit_id in standing.units("specialist")
    if not at_organiser and member.unit_id not in standing.units("officer", "registrant"):
        return []
    return [
        NominateLink(
            title,
            url_for("inbox.show_start", code=code, process="nomination", cluster_result=member.public_id),
        )
        for code, title, organiser in open_campaigns(session, standing, board.cluster.unit.code)
        if may_start(standing, "nomination", organiser)
    ]
