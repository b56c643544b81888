"""Forms that are not for every reader of their case: those of other units, and what the organiser drafts for itself.

Self-scores and votes for a leader stay closed while such forms are still being filled in; what a campaign's units
answer and report is read by the unit itself and the organiser; the opinion of a body on a nomination by the body, by
those who appraise and by the council: neither by the other bodies nor by the nominee's side.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select, true
from sqlalchemy.orm import Session, aliased

from webapp.models import Case, FormEntry, Paper, Task, Unit
from webapp.queries.assessments import OPINION_FORMS
from webapp.queries.history import Line, case_history
from webapp.queries.inspecting import covers, inspected
from webapp.queries.remarks import open_lines
from webapp.queries.seats import on_own_agenda
from webapp.queries.standing import AT_AUTHORITY, Standing, at_or_below
from webapp.queries.suspensions import reads_orders, without_orders

SEALED = frozenset({"cluster_scoring/score_self", "cluster_scoring/cast_acclaim"})
CAMPAIGN, NOMINATION = "campaign", "nomination"
FOR_ALL = frozenset({"launch/publish_plan"})
"""Forms of a campaign's own procedure that everybody reads who knows of it."""

_own, _open = aliased(Task), aliased(Task)


def open_entry(standing: Standing | None) -> ColumnElement[bool]:
    """Condition on FormEntry: the person may read it. Without a standing everything is open: to the system itself."""
    if standing is None:
        return true()
    own = and_(_of_campaign(standing), _of_opinion(standing))
    read = or_(own, _inspected(standing)) if standing.inspections else own
    return or_(_of_organiser(standing), and_(_unsealed(standing), read))


def branches_of(standing: Standing, case: Case) -> set[str] | None:
    """Codes of the units whose answers, reports and opinions in a case the person is told of; None: all."""
    places = {case.organiser_id, case.district_id, case.province_id}
    if (
        case.process not in (CAMPAIGN, NOMINATION)
        or standing.holds("auditor")
        or covers(standing.inspections, case)
        or places & standing.units(*AT_AUTHORITY)
    ):
        return None
    return {held.unit_code for held in standing.every}


def history_for(session: Session, standing: Standing, case: Case) -> tuple[Line, ...]:
    """What happened in a case, as far as the person is told of it."""
    told = case_history(session, case.code, branches_of(standing, case))
    lines = open_lines(session, standing, case, told)
    return tuple(lines if reads_orders(standing, case) else without_orders(lines))


def _of_organiser(standing: Standing) -> ColumnElement[bool]:
    """Condition on FormEntry: the person is of the organiser's staff or audits it; decides on, or audits, a campaign
    from above."""
    staff = standing.units(*AT_AUTHORITY)
    audited = Case.organiser_id.in_(select(Unit.id).where(at_or_below(standing, "auditor")))
    above = or_(Case.district_id.in_(staff), Case.province_id.in_(staff), audited)
    return exists().where(
        Case.id == FormEntry.case_id,
        or_(
            Case.organiser_id.in_(staff | standing.units("auditor")),
            and_(Case.process == CAMPAIGN, above),
        ),
    )


def _inspected(standing: Standing) -> ColumnElement[bool]:
    """Condition on FormEntry: an inspection of the person covers its case, which is then seen whole."""
    return exists().where(Case.id == FormEntry.case_id, inspected(standing.inspections))


def _unsealed(standing: Standing) -> ColumnElement[bool]:
    """Condition on FormEntry: it is of the person's unit, or no task of its kind is open in the case any more."""
    pending = exists().where(
        _own.id == FormEntry.task_id,
        _open.case_id == FormEntry.case_id,
        _open.element == _own.element,
        _open.status == "open",
        _own.unit_id.not_in(standing.units("officer", "commune_chair")),
    )
    return or_(FormEntry.form.not_in(SEALED), not_(pending))


def _of_campaign(standing: Standing) -> ColumnElement[bool]:
    """Condition on FormEntry: it stands in no campaign's own procedure; or it is for all, or of the person's unit."""
    own = select(Task.id).where(Task.unit_id.in_({held.unit_id for held in standing.every}))
    elsewhere = exists().where(Case.id == FormEntry.case_id, Case.process != CAMPAIGN)
    return or_(elsewhere, FormEntry.form.in_(FOR_ALL), FormEntry.task_id.in_(own))


def _of_opinion(standing: Standing) -> ColumnElement[bool]:
    """Condition on FormEntry: it is no body's opinion; or that of the person's unit, or asked for by their level."""
    staff = standing.units(*AT_AUTHORITY)
    own = select(Task.id).where(Task.unit_id.in_({held.unit_id for held in standing.every}))
    asking = or_(Case.district_id.in_(staff), Case.province_id.in_(staff), on_own_agenda(standing))
    return or_(
        FormEntry.form.not_in(OPINION_FORMS),
        FormEntry.task_id.in_(own),
        exists().where(Case.id == FormEntry.case_id, asking),
    )


def sees_opinions(standing: Standing, case: Case) -> bool:
    """Whether somebody reads what every body that was asked has answered."""
    return branches_of(standing, case) is None


def open_paper(standing: Standing) -> ColumnElement[bool]:
    """Condition on Paper: the form it was handed in with is not closed to the person."""
    closed = select(FormEntry.id).where(FormEntry.id == Paper.form_entry_id, not_(open_entry(standing)))
    return ~closed.exists()
