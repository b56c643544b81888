"""A review of a campaign: figures go into tables of their own, the engine hears what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import AddressedUnit, AwardRound, Case, ReportedFigure, Unit, UnitReport
from webapp.operations import hooks
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.notices import tell
from webapp.operations.papers import Drawn
from webapp.operations.procedures.documents import drawn_paper, keep_drawn
from webapp.operations.refusals import InvalidForm
from webapp.queries.people import holders_in
from webapp.queries.reminders import REMINDED
from webapp.queries.review_forms import task_figures
from webapp.queries.reviews import PROCESS, REPORT, VERIFY, paper_kind
from webapp.queries.units import unit_by_code
from workflows.forms import Fault
from workflows.rules.indicators import Figure

Row = Mapping[str, Any]

TOLD = (*REMINDED, "registrant")
"""Who in a unit hears what the conference concluded: who answers for it, and who reports."""
PAPERS = ("review_report", "review_minutes")


@hooks.completing(PROCESS, REPORT)
def report_indicators(completing: Completing) -> None:
    """Keep the figures of a unit's report: each that the review asks for, once. Raises InvalidForm."""
    figures = {
        figure.code: figure for figure in task_figures(completing.transaction.session, completing.task)
    }
    rows: Sequence[Row] = completing.form.get("figures", ())
    weights: Sequence[Row] = completing.form.get("weights", ())
    if faults := [*_line_faults(rows, figures), *_weight_faults(rows, weights, figures)]:
        raise InvalidForm(faults)
    counted = {row["base"]: row.get("value") for row in weights}
    report = _report_of(completing)
    report.entry_id, report.state = completing.entry.id, "submitted"
    report.submitted_at, report.checked_at = completing.transaction.now.at, None
    report.figures.clear()
    completing.transaction.session.flush()
    report.figures.extend(_figure(row, counted.get(figures[row["figure"]].base)) for row in rows)


@hooks.completing(PROCESS, VERIFY)
def verify_report(completing: Completing) -> None:
    """A verified report counts from now on; a returned one does not."""
    report = _report_of(completing)
    report.state = "verified" if completing.form["decision"] == "verify" else "returned"
    report.checked_at = completing.transaction.now.at


@hooks.completing(PROCESS, "choose_awards")
def choose_awards(completing: Completing) -> None:
    """Without awards of its own the round of the review is not held."""
    if completing.form["decision"] != "own":
        _round_of(completing).state = "not_held"


@hooks.completing(PROCESS, "close_midterm_round")
def close_midterm_round(completing: Completing) -> None:
    """The round of the review takes no more nominations."""
    _round_of(completing).state = "closed"


@hooks.completing(PROCESS, "conclude_review")
def tell_conclusions(completing: Completing) -> None:
    """Each unit of the campaign hears that the conference has concluded, and what it was given to do, until when."""
    transaction, case = completing.transaction, completing.case
    query = select(Unit).join(AddressedUnit, AddressedUnit.unit_id == Unit.id)
    units = transaction.session.scalars(query.where(AddressedUnit.campaign_id == case.campaign_id)).all()
    given: Sequence[Row] = completing.form.get("assignments", ())
    tasks = {row["assigned_unit"] for row in given}
    for unit in units:
        if unit.code not in tasks:
            people = holders_in(transaction.session, [unit.id], TOLD, transaction.day)
            tell(transaction, case, people, "review_concluded")
    for row in given:
        unit = unit_by_code(transaction.session, row["assigned_unit"])
        people = holders_in(transaction.session, [unit.id], TOLD, transaction.day)
        about = {"task": row["task"]} | ({"due": row["due_on"]} if "due_on" in row else {})
        tell(transaction, case, people, "review_assigned", about=about)


@hooks.preparing("render_review_papers")
def draw_review_papers(session: Session, case: Case, params: Mapping[str, Any]) -> list[Drawn]:
    """Draw the consolidated report and the minutes of a review."""
    drawn = [drawn_paper(session, case, document, params) for document in PAPERS]
    return [replace(each, kind=paper_kind(each.document, params["review"])) for each in drawn]


@hooks.carrying("render_review_papers")
def keep_review_papers(carrying: Carrying) -> Mapping[str, Any]:
    """Keep what was drawn."""
    return keep_drawn(carrying)


def _report_of(completing: Completing) -> UnitReport:
    """The report of the task's unit at the task's review; a new one if it has none."""
    session, task = completing.transaction.session, completing.task
    assert task.unit_id is not None
    review = task.items["milestone"]["code"]
    found = session.scalar(
        select(UnitReport).where(
            UnitReport.case_id == completing.case.id,
            UnitReport.review == review,
            UnitReport.unit_id == task.unit_id,
        )
    )
    if found is None:
        found = UnitReport(
            case_id=completing.case.id,
            review=review,
            unit_id=task.unit_id,
            entry_id=completing.entry.id,
            state="submitted",
            submitted_at=completing.transaction.now.at,
            figures=[],
        )
        session.add(found)
    return found


def _round_of(completing: Completing) -> AwardRound:
    code = completing.task.items["milestone"]["round"]
    query = select(AwardRound).where(
        AwardRound.campaign_id == completing.case.campaign_id, AwardRound.code == code
    )
    return completing.transaction.session.scalars(query).one()


def _line_faults(rows: Sequence[Row], figures: Mapping[str, Figure]) -> list[Fault]:
    """Each figure once, and none left out."""
    named = Counter(row["figure"] for row in rows)
    twice = sum(count > 1 for count in named.values())
    missing = sum(code not in named for code in figures)
    found = (("figure_twice", twice), ("figures_missing", missing))
    return [Fault("/figures", code, {"count": count}) for code, count in found if count][:1]


def _weight_faults(rows: Sequence[Row], weights: Sequence[Row], figures: Mapping[str, Figure]) -> list[Fault]:
    """A weighted average needs to know what each unit counts; what several figures share is asked for once."""
    measured = [figures[row["figure"]] for row in rows if row["state"] == "measured"]
    needed = {figure.base for figure in measured if figure.weighted}
    blank = [
        Fault(f"/weights/{index}/value", "required")
        for index, row in enumerate(weights)
        if row["base"] in needed and not row.get("value")
    ]
    given = [row["base"] for row in weights]
    missing, twice = len(needed - set(given)), len(given) - len(set(given))
    found = (("figure_twice", twice), ("figures_missing", missing))
    return blank or [Fault("/weights", code, {"count": count}) for code, count in found if count][:1]


def _figure(row: Row, weight: float | None) -> ReportedFigure:
    measured = row["state"] == "measured"
    return ReportedFigure(
        figure=row["figure"],
        state=row["state"],
        actual=_quantity(row, "actual", measured),
        baseline=_quantity(row, "baseline", measured),
        weight=Decimal(str(weight)) if measured and weight is not None else None,
        paper=row.get("evidence") if measured else None,
        note=row.get("note"),
    )


def _quantity(row: Row, name: str, measured: bool) -> Decimal | None:
    return Decimal(str(row[name])) if measured and name in row else None
