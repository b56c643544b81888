"""The list of what a person does for others."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, and_, false, not_, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Task
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


def not_for_others(standing: Standing) -> list[ColumnElement[bool]]:
    """Conditions on Task held by the person: for themselves; asked only where something is delegated to them."""
    return [Task.principal_id.is_(None)] if standing.lent else []


def acting_for(session: Session, standing: Standing, public_ids: Collection[str]) -> Mapping[str, str]:
    """By tasks: the name of whom the person would act for; nothing where they would act in their own name."""
    query = select(Task).where(Task.public_id.in_(public_ids)).options(joinedload(Task.case))
    lent = ((task.public_id, acts_by(standing, task)) for task in session.scalars(query))
    return {public_id: each.name for public_id, each in lent if each}
