"""The form of a unit's report at a review: which figures it asks for, what they are called, what it begins with."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, ReportedFigure, Task, UnitReport
from webapp.queries.plans import milestone_of, plan_of
from webapp.queries.pledged_targets import pledgeable_figures
from workflows.rules.indicators import PERIOD, Figure, asked, figures_of

WHOLE_PERIOD, WEIGHED_BY = "cả giai đoạn", "; bình quân theo "


def task_figures(session: Session, task: Task) -> tuple[Figure, ...]:
    """The figures the form of a unit's report asks for."""
    plan = plan_of(session, session.get_one(Campaign, task.case.campaign_id))
    return asked(plan, plan.review(milestone_of(task.items)), task.unit.code if task.unit else None)


def figure_choices(session: Session, task: Task | None) -> list[tuple[str, str]]:
    """The figures a report is asked for, with what they are called."""
    return [(figure.code, figure_text(figure)) for figure in task_figures(session, task)] if task else []


def weight_choices(session: Session, task: Task | None) -> list[tuple[str, str]]:
    """What the figures of a report are averaged by, each once for all figures of a period that share it."""
    return [(code, weight_text(code)) for code in _bases(task_figures(session, task))] if task else []


def weight_text(code: str) -> str:
    """``số hộ dân – 2018``."""
    name, _slash, period = code.rpartition("/")
    return f"{name} – {WHOLE_PERIOD if period == PERIOD else period}"


def _bases(figures: Iterable[Figure]) -> list[str]:
    return list(dict.fromkeys(each.base for each in figures if each.weighted))


def pledge_choices(session: Session, case: Case | None) -> list[tuple[str, str]]:
    """The figures a registration can pledge, with what they are called; none before it is opened, as in lists."""
    return [(each.code, figure_text(each)) for each in pledgeable_figures(session, case)] if case else []


def figure_text(figure: Figure) -> str:
    """``Mức giảm tỷ lệ hộ nghèo – 2018 (điểm phần trăm; bình quân theo số hộ dân)``."""
    indicator = figure.indicator
    weighed = f"{WEIGHED_BY}{indicator.weight}" if figure.weighted and indicator.weight else ""
    return f"{indicator.name} – {figure.year or WHOLE_PERIOD} ({indicator.unit}{weighed})"


def figure_texts(session: Session, case: Case, codes: Collection[str]) -> dict[str, str]:
    """What figures are called, by code."""
    plan = plan_of(session, session.get_one(Campaign, case.campaign_id))
    named = {figure.code: figure_text(figure) for figure in figures_of(plan)}
    return {code: named[code] for code in codes if code in named}


def first_report(session: Session, task: Task) -> dict[str, Any]:
    """What stands in a report at first: each figure it is asked for, with what was reported of its year before.

    A number of the whole period has moved on since an earlier review: it is asked for anew.
    """
    query = (
        select(ReportedFigure)
        .join(UnitReport)
        .where(UnitReport.case_id == task.case_id, UnitReport.unit_id == task.unit_id)
        .order_by(UnitReport.submitted_at)
    )
    known = {row.figure: row for row in session.scalars(query)}
    sent = select(UnitReport.id).where(
        UnitReport.case_id == task.case_id,
        UnitReport.unit_id == task.unit_id,
        UnitReport.review == milestone_of(task.items),
    )
    figures = task_figures(session, task)
    if not figures or session.scalar(sent) is not None:
        return {}
    weights = {each.base: known[each.code].weight for each in figures if each.year and each.code in known}
    return {
        "figures": [_row(each.code, known.get(each.code) if each.year else None) for each in figures],
        "weights": [_weight(base, weights.get(base)) for base in _bases(figures)],
    }


def _weight(base: str, known: Decimal | None) -> dict[str, Any]:
    return {"base": base} if known is None else {"base": base, "value": as_json(known)}


def _row(code: str, known: ReportedFigure | None) -> dict[str, Any]:
    if known is None or known.state != "measured":
        return {"figure": code}
    numbers = {name: getattr(known, name) for name in ("actual", "baseline")}
    told = {name: as_json(value) for name, value in numbers.items() if value is not None}
    return {"figure": code, "state": known.state, **told}


def as_json(value: Decimal) -> int | float:
    """A quantity as a form holds it: whole numbers whole."""
    return int(value) if value == value.to_integral_value() else float(value)
