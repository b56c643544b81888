"""In what a step differs that gives another state than recorded: told by what is stored beside the log.

The log has only the hash of each state. What the state was, the rows of its tasks tell for any step, and the engine's
state that is kept with the case for the last one, as long as that has the recorded hash.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.eventlog import Recorded
from webapp.models import Case, Task
from webapp.queries.as_of import Span, due_at, open_within
from webapp.queries.deployments import load_deployment
from workflows.differences import Differing, differing
from workflows.engine import state_of
from workflows.record import digest
from workflows.replay import RecordedStep, ReplayedStep, ReplayReport, state_after


def witnesses(
    session: Session,
    case: Case,
    events: Sequence[Recorded],
    steps: Sequence[RecordedStep],
    report: ReplayReport,
    number: int,
) -> tuple[Differing, ...]:
    """What is stored (``one``) and what running again gives (``other``): of the open tasks after the step of a number,
    and of the state after the last step; two statements."""
    found = list(_of_tasks(session, case, events, report.steps, number))
    found += _of_state(session, case, steps)
    return tuple(dict.fromkeys(found))


def _of_tasks(
    session: Session, case: Case, events: Sequence[Recorded], steps: Sequence[ReplayedStep], number: int
) -> Iterator[Differing]:
    if number > len(steps) or (number < len(steps) and steps[number].at == steps[number - 1].at):
        return  # rows tell two steps of one instant only together
    step = steps[number - 1]
    rows = {
        task.public_id: task
        for task in session.scalars(
            select(Task).where(Task.case_id == case.id, open_within(Span(step.at, step.at))).order_by(Task.id)
        )
    }
    again = {task.id: task for task in step.open_tasks}
    for identity in rows | again:
        row, task = rows.get(identity), again.get(identity)
        if row is None or task is None:
            known = row or task
            assert known is not None  # it is one of the two
            yield Differing(
                _path(known.process, known.element, known.round), "open", *_either(row is not None)
            )
            continue
        due = due_at(events, row.public_id, row.due, step.at, row.closed_at)
        if task.due not in (due, None):
            yield Differing(_path(row.process, row.element, row.round), "due", _said(due), _said(task.due))


def _either(stored: bool) -> tuple[str, str]:
    return ("yes", "no") if stored else ("no", "yes")


def _of_state(session: Session, case: Case, steps: Sequence[RecordedStep]) -> tuple[Differing, ...]:
    if not steps or case.snapshot is None:
        return ()
    last = steps[-1]
    deployment = load_deployment(session, last.deployment)
    stored = state_of(deployment, case.snapshot)
    again = state_after(lambda wanted: load_deployment(session, wanted), steps, last.number)
    if again is None or digest(stored) != last.state_hash:
        return ()
    return differing(stored, again)


def _path(process: str, element: str, round_: int) -> str:
    return f"{process}/{element}#{round_}" if round_ > 1 else f"{process}/{element}"


def _said(at: dt.datetime | None) -> str:
    return at.isoformat() if at else ""
