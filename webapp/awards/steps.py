"""What the states of a decision are called, and the steps of its way with when they were done and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.queries.case_page import TaskRow
from webapp.queries.decision_states import ELEMENTS, State
from webapp.queries.decisions import DecisionPage
from webapp.ui.stepper import State as Standing
from webapp.ui.stepper import Step

STATE_NAMES: dict[State, LazyString] = {
    "proposing": _l("Proposed, not decided yet"),
    "drafting": _l("Being drafted"),
    "submitting": _l("To be submitted"),
    "checking": _l("Being checked"),
    "signing": _l("Awaiting signature"),
    "numbering": _l("Awaiting its number"),
    "recording": _l("Being signed outside"),
    "papers": _l("Papers being drawn up"),
    "copying": _l("To be sent to its recipients"),
    "handing_over": _l("To be handed over"),
    "publishing": _l("To be published"),
    "filing": _l("To be filed"),
    "collecting": _l("Money to be paid back"),
    "issued": _l("Issued and handed over"),
    "amended": _l("Issued"),
    "cancelled": _l("Cancelled"),
}
WAY_NAMES: dict[str, LazyString] = {
    "paper": _l("on paper"),
    "document_system": _l("document management software"),
    "email": _l("e-mail"),
}
STATE_KINDS: dict[State, str] = {"issued": "award", "amended": "done", "cancelled": "withdrawn"}
STEPS: tuple[tuple[LazyString, State], ...] = (
    (_l("Draft"), "drafting"),
    (_l("Submitting"), "submitting"),
    (_l("Checking the text"), "checking"),
    (_l("Signing"), "signing"),
    (_l("Numbering"), "numbering"),
    (_l("Signed outside, recorded"), "recording"),
    (_l("Certificates"), "papers"),
    (_l("Sending copies"), "copying"),
    (_l("Handing over"), "handing_over"),
    (_l("Publishing"), "publishing"),
    (_l("Filing"), "filing"),
)
"""Steps of a decision: name, and the state while it is at this step."""
SIDE_BY_SIDE: frozenset[State] = frozenset({"copying", "handing_over", "publishing"})
TASKS: dict[State, str] = {state: element for element, state in reversed(ELEMENTS.items())}


def decision_steps(about: DecisionPage, tasks: tuple[TaskRow, ...]) -> list[Step]:
    """The steps of a decision; what is done after the certificates goes on side by side."""
    done = {task.element: task for task in tasks if task.status == "done"}
    if about.state == "cancelled":
        past = [(name, done[TASKS[state]]) for name, state in STEPS if TASKS.get(state) in done]
        passed = [Step(name, "done", task.closed_at) for name, task in past]
        return [*passed, Step(STATE_NAMES["cancelled"], "stopped", about.case.ended_at)]
    at_work = {ELEMENTS[task.element] for task in tasks if task.status == "open" and task.element in ELEMENTS}
    way = list(_way(about))
    place = next((at for at, (_n, state) in enumerate(way) if state in at_work | {about.state}), len(way))
    return [
        _step(name, done.get(TASKS.get(state, "")), _standing(at, place, state, at_work, done))
        for at, (name, state) in enumerate(way)
    ]


def _way(about: DecisionPage) -> Iterator[tuple[LazyString, State]]:
    """The steps of this decision: signed here or outside, and those its diagram has."""
    left_out: set[State] = {"signing", "numbering"} if about.signing == "elsewhere" else {"recording"}
    if not about.files:
        left_out |= {"copying", "filing"}
    return (step for step in STEPS if step[1] not in left_out)


def _standing(at: int, place: int, state: State, at_work: set[State], done: dict[str, TaskRow]) -> Standing:
    if at < place:
        return "done"
    if at == place or state in at_work:
        return "current"
    return "done" if state in SIDE_BY_SIDE and TASKS[state] in done else "ahead"


def _step(name: LazyString, task: TaskRow | None, standing: Standing) -> Step:
    if standing != "done" or task is None:
        return Step(name, standing)
    return Step(name, "done", task.closed_at, task.closed_by or "")
