"""The list of what a person does for others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, not_, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Task
from webapp.queries.conflicts_of_delegates import conflicts_of
from webapp.queries.standing import Standing, acts_by, takable


def delegated(standing: Standing) -> ColumnElement[bool]:
    """Condition on Task: the person would act on it for another.

    What a principal has taken or the person has taken for one, and what nobody has taken that is not theirs to take
    in their own right: that stands on their common list.
    """
    me = standing.person_id
    free = and_(Task.holder_id.is_(None), not_(takable(standing)))
    each = (
        and_(
            lent.opened(),
            or_(
                free,
                Task.holder_id == lent.principal_id,
                and_(Task.holder_id == me, Task.principal_id == lent.principal_id),
            ),
        )
        for lent in standing.lent
    )
    return and_(Task.status == "open", or_(false(), *each))


@dataclass(frozen=True)
class ForOther:
    """A task that the person would do for another: the name, and the conflict of interest that bars it, if any."""

    name: str
    barred: str = ""


def for_others(session: Session, standing: Standing, public_ids: Collection[str]) -> Mapping[str, ForOther]:
    """Those of these open tasks that the person would act on for another; a fixed number of statements.

    What is barred stays in the list and in its count, and says why: a count that depends on what people have entered
    and declared could not be read from an index.
    """
    query = select(Task).where(Task.public_id.in_(public_ids)).options(joinedload(Task.case))
    lent = {task: by for task in session.scalars(query) if (by := acts_by(standing, task))}
    barred = conflicts_of(session, standing, list(lent))
    return {task.public_id: ForOther(by.name, barred.get(task.id, "")) for task, by in lent.items()}


def not_for_others(standing: Standing) -> list[ColumnElement[bool]]:
    """Conditions on Task held by the person: for themselves; asked only where something is delegated to them."""
    return [Task.principal_id.is_(None)] if standing.lent else []
