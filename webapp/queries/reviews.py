"""A review of a campaign (sơ kết, tổng kết): which unit has reported, the figures of all, what was concluded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.models import AddressedUnit, Campaign, Case, FormEntry, ReportedFigure, Task, Unit, UnitReport
from webapp.queries.plans import milestone_of
from webapp.queries.pledged_targets import Pledge, Pledges, pledges_of
from webapp.queries.standing import Standing
from workflows.plan import Plan, Target
from workflows.plan_rounds import Review
from workflows.rules.indicators import (
    Figure,
    Reported,
    RolledUp,
    asked,
    reached,
    rolled_up,
    share_reached,
)
from workflows.values import local_day

PROCESS = "midterm_review"
REPORT, VERIFY = "report_indicators", "verify_report"
CONSOLIDATED, CONCLUDED = f"{PROCESS}/consolidate_review", f"{PROCESS}/conclude_review"
CHOSEN = f"{PROCESS}/choose_awards"
STAGES: Mapping[str, str] = {
    REPORT: "collecting",
    VERIFY: "collecting",
    "consolidate_review": "consolidating",
    "choose_awards": "awarding",
    "close_midterm_round": "awarding",
    "conclude_review": "concluding",
}


@dataclass(frozen=True)
class UnitLine:
    """A unit that has to report; ``state`` is that of its report, or missing. ``owes``: it may still send one."""

    unit: Unit
    state: str
    report: UnitReport | None
    owes: bool


@dataclass(frozen=True)
class UnitFigure:
    """What a unit reported for a figure, beside its ``target`` in the plan and what it had pledged itself by then.

    ``share`` of the target is in per cent; ``kept`` is None without a pledge; ``told_at``: at which review.
    """

    unit: Unit
    row: ReportedFigure
    verified: bool
    target: Target
    reached: bool
    share: Decimal | None
    pledge: Pledge | None
    kept: bool | None
    told_at: str


@dataclass(frozen=True)
class FigureBoard:
    """A figure over all units: those that measured it in the order of units, and all of them as one.

    ``waiting`` are numbers of units that are not verified yet and therefore not counted; ``not_yet`` and
    ``not_concerned`` units without a number. ``so_far``: the share in per cent of a target that the plan sets for the
    whole period, while that has not ended.
    """

    figure: Figure
    target: Target
    rolled: RolledUp
    reached: bool | None
    lines: tuple[UnitFigure, ...]
    not_yet: tuple[Unit, ...]
    not_concerned: tuple[Unit, ...]
    so_far: Decimal | None

    @property
    def waiting(self) -> int:
        return sum(not line.verified for line in self.lines)

    @property
    def pledged(self) -> int:
        """Units with a verified number that had pledged one."""
        return sum(line.verified and line.pledge is not None for line in self.lines)

    @property
    def kept(self) -> int:
        """Those of them that kept what they pledged."""
        return sum(line.verified and bool(line.kept) for line in self.lines)


@dataclass(frozen=True)
class ReviewBoard:
    """A review for one reader; ``stage``: planned, collecting, consolidating, awarding, concluding or concluded."""

    review: Review
    stage: str
    units: tuple[UnitLine, ...]
    figures: tuple[FigureBoard, ...]
    texts: Mapping[str, Mapping[str, Any]]

    @property
    def verified(self) -> int:
        return sum(line.state == "verified" for line in self.units)

    @property
    def missing(self) -> list[UnitLine]:
        """Units without a verified report."""
        return [line for line in self.units if line.state != "verified"]

    @property
    def on_target(self) -> int:
        """Units that reached the target of every figure they measured, and measured one."""
        counted = [line for board in self.figures for line in board.lines if line.verified]
        missed = {line.unit.id for line in counted if not line.reached}
        return len({line.unit.id for line in counted} - missed)


def review_of(plan: Plan, code: str) -> Review | None:
    """The review of this code, if the plan has it."""
    return next((each for each in plan.reviews if each.code == code), None)


def paper_kind(document: str, review: str) -> str:
    """As what a paper of a review lies among the papers of its campaign."""
    return f"{document}/{review}"


def closes_reports(standing: Standing, campaign: Campaign) -> bool:
    """Whether a person closes the reports of a review, whatever it stands at: the organiser's specialist."""
    return campaign.unit_id in standing.units("specialist", "secretary")


def review_board(
    session: Session, campaign: Campaign, plan: Plan, review: Review, own: Collection[int] | None
) -> ReviewBoard:
    """The board of a review. With ``own`` only the numbers of these units (row ids) are told, and those of all.

    A year that a unit reported at an earlier review stands as it was verified there, until what it reports again is
    verified.
    A constant number of statements.
    """
    case = campaign.case
    until = [each.code for each in plan.reviews if each.opens <= review.opens]
    reports = unit_reports(session, case, until) if case else []
    present = {report.unit_id: report for report in reports if report.review == review.code}
    tasks = _open_tasks(session, case, review.code) if case else []
    owing = {task.unit_id for task in tasks if task.element == REPORT}
    reading = _Reading(plan, review, reports, pledges_of(session, campaign), own)
    units = [_line(unit, present.get(unit.id), owing) for unit in _addressed(session, campaign)]
    texts = review_texts(session, case, review.code) if case else {}
    return ReviewBoard(
        review=review,
        stage=_stage(tasks, texts),
        units=tuple(line for line in units if own is None or line.unit.id in own),
        figures=tuple(_figure(reading, figure) for figure in asked(plan, review)),
        texts=texts,
    )


def collected_reviews(session: Session, case: Case) -> set[str]:
    """The reviews whose reports are coming in."""
    query = select(Task.items).where(
        Task.case_id == case.id, Task.status == "open", Task.element.in_((REPORT, VERIFY))
    )
    return {milestone_of(items) for items in session.scalars(query)}


def unit_reports(session: Session, case: Case, reviews: Collection[str]) -> list[UnitReport]:
    """The reports of reviews with their figures, the oldest first, each in the order of units."""
    query = (
        select(UnitReport)
        .join(Unit, Unit.id == UnitReport.unit_id)
        .where(UnitReport.case_id == case.id, UnitReport.review.in_(reviews))
        .options(selectinload(UnitReport.figures), joinedload(UnitReport.unit), joinedload(UnitReport.entry))
        .order_by(Unit.sort_key, UnitReport.submitted_at)
    )
    return list(session.scalars(query))


def review_texts(session: Session, case: Case, review: str) -> dict[str, Mapping[str, Any]]:
    """What was entered when a review was consolidated, awards were chosen and it was concluded, by form."""
    query = (
        select(FormEntry.form, FormEntry.data, Task.items)
        .join(Task, Task.id == FormEntry.task_id)
        .where(FormEntry.case_id == case.id, FormEntry.form.in_((CONSOLIDATED, CHOSEN, CONCLUDED)))
        .order_by(FormEntry.id)
    )
    return {form: data for form, data, items in session.execute(query) if milestone_of(items) == review}


def _addressed(session: Session, campaign: Campaign) -> Sequence[Unit]:
    query = select(Unit).join(AddressedUnit, AddressedUnit.unit_id == Unit.id)
    found = query.where(AddressedUnit.campaign_id == campaign.id)
    return session.scalars(found.order_by(Unit.sort_key, Unit.id)).all()


def _open_tasks(session: Session, case: Case, review: str) -> list[Task]:
    query = select(Task).where(Task.case_id == case.id, Task.status == "open", Task.process == PROCESS)
    return [task for task in session.scalars(query) if milestone_of(task.items) == review]


def _stage(tasks: Sequence[Task], texts: Mapping[str, Any]) -> str:
    if CONCLUDED in texts:
        return "concluded"
    open_now = {task.element for task in tasks}
    return next((stage for element, stage in STAGES.items() if element in open_now), "planned")


def _line(unit: Unit, report: UnitReport | None, owing: Collection[int | None]) -> UnitLine:
    return UnitLine(unit, report.state if report else "missing", report, unit.id in owing)


@dataclass(frozen=True)
class _Reading:
    """What the figures of a review are read from."""

    plan: Plan
    review: Review
    reports: Sequence[UnitReport]
    pledges: Pledges
    own: Collection[int] | None

    def known(self, figure: Figure) -> list[tuple[UnitReport, ReportedFigure]]:
        """What counts of each unit for a figure."""
        known: dict[int, tuple[UnitReport, ReportedFigure]] = {}
        for report in self.reports:
            row = next((each for each in report.figures if each.figure == figure.code), None)
            if row is None or (report.state != "verified" and report.review != self.review.code):
                continue
            before = known.get(report.unit_id)
            if report.state == "verified" or before is None or before[0].state != "verified":
                known[report.unit_id] = (report, row)
        return list(known.values())


def _figure(reading: _Reading, figure: Figure) -> FigureBoard:
    rows, own = reading.known(figure), reading.own
    numbers = [
        Reported(row.actual, row.weight, local_day(report.submitted_at))
        for report, row in rows
        if row.actual is not None and report.state == "verified"
    ]
    whole, target = rolled_up(figure.indicator, numbers), figure.target_for(reading.plan)
    return FigureBoard(
        figure=figure,
        target=target,
        rolled=whole,
        reached=None if whole.value is None else reached(figure.indicator, whole.value, target),
        lines=tuple(
            _unit_figure(reading, figure, report, row, row.actual)
            for report, row in rows
            if row.actual is not None and (own is None or report.unit_id in own)
        ),
        not_yet=tuple(report.unit for report, row in rows if row.state == "not_yet"),
        not_concerned=tuple(report.unit for report, row in rows if row.state == "not_concerned"),
        so_far=_so_far(reading.review, figure, whole, target),
    )


def _so_far(review: Review, figure: Figure, whole: RolledUp, target: Target) -> Decimal | None:
    if figure.year or review.kind == "final" or whole.value is None:
        return None
    return share_reached(figure.indicator, whole.value, target)


def _unit_figure(
    reading: _Reading, figure: Figure, report: UnitReport, row: ReportedFigure, actual: Decimal
) -> UnitFigure:
    indicator, target = figure.indicator, figure.target_for(reading.plan, report.unit.code)
    pledge = reading.pledges.of(report.unit_id, figure.code, report.submitted_at)
    return UnitFigure(
        unit=report.unit,
        row=row,
        verified=report.state == "verified",
        target=target,
        reached=reached(indicator, actual, target),
        share=share_reached(indicator, actual, target),
        pledge=pledge,
        kept=reached(indicator, actual, Target(pledge.value)) if pledge else None,
        told_at=report.review,
    )
