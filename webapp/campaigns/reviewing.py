"""A review of a campaign as its page draws it: who has reported, the figures with their charts, the papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.models import Campaign, Paper
from webapp.queries.campaigns import told_units
from webapp.queries.exemplar_tallies import Tally, tally_of_task
from webapp.queries.open_work import OpenWork, open_work
from webapp.queries.reviews import (
    CHOSEN,
    CONCLUDED,
    FigureBoard,
    ReviewBoard,
    UnitFigure,
    closes_reports,
    paper_kind,
    review_board,
    review_of,
)
from webapp.queries.session_documents import kept_paper
from webapp.queries.unit_targets import UnitTarget, unit_targets
from webapp.queries.units import names_of
from webapp.ui.access import standing
from webapp.ui.case_states import Status
from webapp.ui.charts import Bar, LineChart, bars, line_chart
from webapp.ui.clock import today
from workflows.plan import Indicator, Plan
from workflows.plan_rounds import Review

STAGES = {
    "planned": ("open", _l("Not begun yet")),
    "collecting": ("open", _l("Reports are coming in")),
    "consolidating": ("open", _l("Being consolidated")),
    "awarding": ("open", _l("Awards of the review")),
    "concluding": ("open", _l("Conference to be concluded")),
    "concluded": ("done", _l("Concluded")),
}
REPORTS = {
    "missing": ("open", _l("No report yet")),
    "submitted": ("open", _l("To be verified")),
    "returned": ("overdue", _l("Returned")),
    "verified": ("done", _l("Report verified")),
}
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class ShownIndicator:
    """An indicator with its figures by year, the newest last."""

    indicator: Indicator
    figures: tuple[FigureBoard, ...]

    @property
    def chart(self) -> LineChart | None:
        """The figures of all units over the years."""
        rows = [(label(each), rounded(each.rolled.value), each.target.target) for each in self.figures]
        return line_chart(rows)

    @property
    def newest(self) -> FigureBoard:
        """The newest figure that a unit has measured, else the newest."""
        measured = [each for each in self.figures if each.lines]
        return (measured or self.figures)[-1]

    def bars(self, board: FigureBoard) -> list[tuple[UnitFigure, Bar]]:
        """The units of a figure with their bars, the highest first."""
        lines = sorted(board.lines, key=lambda line: line.row.actual or Decimal(0), reverse=True)
        drawn = bars(
            [
                (
                    line.row.actual or Decimal(0),
                    line.target.target,
                    line.pledge.value if line.pledge else None,
                )
                for line in lines
            ]
        )
        return list(zip(lines, drawn, strict=True))


@dataclass(frozen=True)
class ShownReview:
    """A review for one reader. ``sees_all``: all reports, else only those of the reader's own units."""

    campaign: Campaign
    plan: Plan
    board: ReviewBoard
    sees_all: bool

    @property
    def review(self) -> Review:
        return self.board.review

    @property
    def status(self) -> Status:
        kind, word = STAGES[self.board.stage]
        return Status(kind, str(word))

    @property
    def indicators(self) -> list[ShownIndicator]:
        groups = groupby(self.board.figures, key=lambda board: board.figure.indicator)
        return [ShownIndicator(indicator, tuple(figures)) for indicator, figures in groups]

    @property
    def concluded(self) -> bool:
        return self.board.stage == "concluded"

    @property
    def may_close(self) -> bool:
        """Whether the reader may close the reports: while some are missing, its organiser's specialist."""
        return self.board.stage == "collecting" and closes_reports(standing(), self.campaign)

    @property
    def awards(self) -> str:
        """How the review awards, once that is decided; empty before."""
        chosen = self.board.texts.get(CHOSEN)
        if chosen is None:
            return ""
        if chosen["decision"] == "merged":
            return _("merged with: %(round)s", round=chosen["merged_with"])
        return _("in a round of its own") if chosen["decision"] == "own" else _("none at this review")

    @cached_property
    def assignments(self) -> list[tuple[str, str, dt.date | None]]:
        """What the conference told units to do: task, name of the unit, last day."""
        rows = self.board.texts.get(CONCLUDED, {}).get("assignments", ())
        names = names_of(db.session(), {row["assigned_unit"] for row in rows})
        return [
            (
                row["task"],
                names.get(row["assigned_unit"], ""),
                dt.date.fromisoformat(row["due_on"]) if "due_on" in row else None,
            )
            for row in rows
        ]

    def kept(self, document: str) -> Paper | None:
        """A paper of the review as it was drawn up when it was concluded."""
        case = self.campaign.case
        return kept_paper(db.session(), case, paper_kind(document, self.review.code)) if case else None

    @cached_property
    def evidence(self) -> set[str]:
        """Public ids of the papers that prove the figures the reader sees, and of their reports."""
        lines = (line for board in self.board.figures for line in board.lines)
        return {line.row.paper for line in lines if line.row.paper}


def shown_review(campaign: Campaign, plan: Plan, *, sees_all: bool, code: str = "") -> ShownReview | None:
    """The review of this code, else the one the address names, else the newest that has begun; None without any."""
    begun = [each for each in plan.reviews if each.opens <= today()]
    usual = begun[-1] if begun else next(iter(plan.reviews), None)
    review = review_of(plan, code or request.args.get("review", "")) or usual
    if review is None:
        return None
    told = told_units(standing(), campaign)
    return ShownReview(campaign, plan, review_board(db.session(), campaign, plan, review, told), sees_all)


def exemplars_of_unit(task_id: str) -> Tally | None:
    """What the unit of a task has done for exemplars; None where the plan has none."""
    return tally_of_task(db.session(), task_id)


def targets_of_unit(task_id: str) -> Sequence[UnitTarget]:
    """What the unit of a report is measured by."""
    return unit_targets(db.session(), task_id)


def work_left(task_id: str) -> OpenWork:
    """What is open when a round or a campaign is closed."""
    return open_work(db.session(), task_id)


def report_status(state: str) -> Status:
    """How the report of a unit stands."""
    kind, word = REPORTS[state]
    return Status(kind, str(word))


def label(board: FigureBoard) -> str:
    """What a figure counts for: a year, or the whole period."""
    return str(board.figure.year) if board.figure.year else _("whole period")


def rounded(value: Decimal | None) -> Decimal | None:
    """A rolled up figure to a hundredth."""
    return None if value is None else value.quantize(HUNDREDTH).normalize()
