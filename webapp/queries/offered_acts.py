"""What can be done with the tasks of a list: the acts on many that apply to each, for whom, and what bars it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.queries.delegated_tasks import ForOther, for_others
from webapp.queries.deployments import drawing, load_deployment
from webapp.queries.inbox import Tab, TaskRow
from webapp.queries.standing import Standing
from workflows.bulk import offered_decisions


@dataclass(frozen=True)
class Offered:
    """``acts``: take, assign, decide, as far as they apply to the task; none where it is barred."""

    acts: tuple[str, ...] = ()
    by: ForOther | None = None


def offered_acts(
    session: Session, standing: Standing, tab: Tab, rows: Sequence[TaskRow]
) -> Mapping[str, Offered]:
    """By public id what is offered for the tasks of a page of a list; nothing with what is done.

    Of what others have delegated it is looked up for whom it is done; two statements and those for conflicts.
    """
    if tab == "done" or not rows:
        return {}
    lent = for_others(session, standing, [row.public_id for row in rows]) if tab == "delegated" else {}
    found = {}
    for row in rows:
        by = lent.get(row.public_id)
        acts = () if by and by.barred else tuple(_acts(session, standing, row, by))
        found[row.public_id] = Offered(acts, by)
    return found


def _acts(session: Session, standing: Standing, row: TaskRow, by: ForOther | None) -> Iterator[str]:
    """What is for one person alone is neither taken nor given, and what is delegated to one is not given on."""
    if not row.assigned:
        if row.holder_id != standing.person_id:
            yield "take"
        if by is None:
            yield "assign"
    process, _dot, element = row.kind.partition(".")
    drawn = drawing(load_deployment(session, row.deployment)).processes[process]
    if offered_decisions(drawn.elements[element].properties):
        yield "decide"
