"""Suspensions of nominations, and who reads their orders: never those an order may be about.

A denunciation is confidential: the submitting unit and the registrant learn since when a dossier rests and until when,
and nothing of the paper, its number or a reason.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session, aliased

from webapp.models import NOMINATIONS, Case, Paper, Suspension
from webapp.queries.history import Line
from webapp.queries.inspecting import covers, inspected
from webapp.queries.standing import Standing

SUSPENDERS = frozenset({"specialist", "head", "secretary", "authority"})
"""Who suspends and resumes, at the district, the organiser or the province."""

ORDER_PAPER = "suspension_order"
"""The kind of the file of an order."""

OF_ORDERS = frozenset({"suspension_ordered", "suspension_review_moved", "suspension_review_due"})
WITH_REASONS = frozenset({"case_frozen", "case_resumed"})

_of_paper = aliased(Case)


def reads_orders(standing: Standing, case: Case) -> bool:
    """Whether somebody reads why a case was suspended; of what is no nomination, everybody who knows of it."""
    deciding = {case.district_id, case.organiser_id, case.province_id}
    return (
        case.process not in NOMINATIONS
        or standing.holds("auditor")
        or covers(standing.inspections, case)
        or bool(deciding & standing.units(*SUSPENDERS))
    )


def order_open_to(standing: Standing) -> ColumnElement[bool]:
    """Condition on Paper: it is no order of a suspension, or the person reads those of its case."""
    if standing.holds("auditor"):
        return true()
    units = standing.units(*SUSPENDERS)
    places = (_of_paper.district_id, _of_paper.organiser_id, _of_paper.province_id)
    open_in: list[ColumnElement[bool]] = [place.in_(units) for place in places]
    if standing.inspections:
        open_in.append(inspected(standing.inspections, _of_paper))
    deciding = select(_of_paper.id).where(or_(false(), *open_in))
    return or_(Paper.kind != ORDER_PAPER, Paper.case_id.in_(deciding))


def without_orders(lines: list[Line]) -> list[Line]:
    """A history for those who do not read the orders: that it was suspended and resumed, and no more."""
    return [_bare(line) for line in lines if not _of_order(line)]


def _of_order(line: Line) -> bool:
    """Whether it tells of an order, or that its file was handed in."""
    return line.event.type in OF_ORDERS or line.event.fields.get("kind") == ORDER_PAPER


def _bare(line: Line) -> Line:
    if line.event.type not in WITH_REASONS:
        return line
    return replace(line, event=replace(line.event, private=None, erased=False))


def open_suspension(session: Session, case_id: int) -> Suspension | None:
    """The order by which a case is suspended now, if it was given as one."""
    found: Suspension | None = session.scalar(
        select(Suspension).where(Suspension.case_id == case_id, Suspension.resumed_at.is_(None))
    )
    return found
