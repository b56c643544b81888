"""Forms of other units that stay closed while such forms are still being filled in: self-scores, votes for a leader."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select, true
from sqlalchemy.orm import aliased

from webapp.models import Case, FormEntry, Paper, Task
from webapp.queries.standing import AT_AUTHORITY, Standing

SEALED = frozenset({"cluster_scoring/score_self", "cluster_scoring/cast_acclaim"})

_own, _open = aliased(Task), aliased(Task)


def open_entry(standing: Standing | None) -> ColumnElement[bool]:
    """Condition on FormEntry: the person may read it.

    A unit reads its own form, the organiser's staff every form; the others read it when no task of its kind is open in
    the case any more. Without a standing everything is open: to the system itself.
    """
    if standing is None:
        return true()
    pending = exists().where(
        _own.id == FormEntry.task_id,
        _open.case_id == FormEntry.case_id,
        _open.element == _own.element,
        _open.status == "open",
        _own.unit_id.not_in(standing.units("officer", "commune_chair")),
    )
    organisers = exists().where(
        Case.id == FormEntry.case_id, Case.organiser_id.in_(standing.units(*AT_AUTHORITY, "auditor"))
    )
    return or_(FormEntry.form.not_in(SEALED), not_(pending), organisers)


def open_paper(standing: Standing) -> ColumnElement[bool]:
    """Condition on Paper: the form it was handed in with is not closed to the person."""
    closed = select(FormEntry.id).where(
        FormEntry.id == Paper.form_entry_id, and_(FormEntry.form.in_(SEALED), not_(open_entry(standing)))
    )
    return ~closed.exists()
