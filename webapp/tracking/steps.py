"""The stages of a case as a stepper: which are done, since when, by whom, which lie ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.queries.case_page import CasePage, TaskRow
from webapp.queries.history import Line
from webapp.ui.case_states import AWARDED, outcome_name
from webapp.ui.roles import role_name
from webapp.ui.stepper import State, Step

NOMINATION: dict[str, LazyString] = {
    "draft": _l("Preparing the dossier"),
    "consideration": _l("Consideration by the chairman"),
    "commune": _l("Commune level"),
    "submission": _l("Submission"),
    "district": _l("District level"),
    "province": _l("Province level"),
    "council": _l("Council"),
    "escalation": _l("Higher level"),
    "decision": _l("Decision"),
}
REGISTRATION: dict[str, LazyString] = {
    "draft": _l("Filling in"),
    "commune": _l("Check by the unit"),
    "district": _l("Confirmation"),
}
EXEMPLAR: dict[str, LazyString] = {
    "verification": _l("Verification"),
    "fostering": _l("Fostering"),
    "selection": _l("Selection"),
    "introduction": _l("Introduction"),
}
REPLICATION: dict[str, LazyString] = {
    "application": _l("Application"),
    "applying": _l("Being applied"),
    "results": _l("Results"),
}
CONSIDERATION, EXTRAORDINARY = "consideration", "extraordinary_assessment"
STAGE_OF_TASK = {"prepare_report": "draft", "consider_award": CONSIDERATION}
"""The tasks of an extraordinary merit, each a stage of its own to whoever follows it."""

STAGE_OF_PROCESS = {
    "commune_assessment": "commune",
    "district_assessment": "district",
    "province_assessment": "province",
}


def nomination_steps(page: CasePage, stages: Mapping[str, str]) -> list[Step]:
    """Stages of a nomination on its route; ``stages`` are those of the elements of its diagram."""
    given = opening_data(page.history)
    if page.case.process == "extraordinary":
        higher = ["escalation"] * _proposed_higher(page)
        return _steps(page, NOMINATION, ["draft", CONSIDERATION, *higher, "decision"], stages)
    way = ["draft"]
    way += ["commune"] * (given.get("route") == "commune")
    way += ["submission"] * (given.get("route") != "organiser")
    way += [level for level in ("district", "province") if level in given.get("levels", ())]
    way += ["council"] + ["escalation"] * _escalated(page.history) + ["decision"]
    return _steps(page, NOMINATION, way, stages)


def registration_steps(page: CasePage, stages: Mapping[str, str]) -> list[Step]:
    """Stages of a registration; the organiser confirms it only where the plan asks for that."""
    higher = opening_data(page.history).get("confirm_higher")
    return _steps(page, REGISTRATION, ["draft", "commune", *["district"] * bool(higher)], stages)


def exemplar_steps(
    page: CasePage, stages: Mapping[str, str], outcome: str | None, applied: int, nominated: int
) -> list[Step]:
    """Stages of an exemplar, from its verification to its introduction, where it says with which outcome it stopped;
    then the units that apply it and the nominations it led to."""
    notes = (
        (_("Replication"), applied, ngettext("%(num)s unit applies it", "%(num)s units apply it", applied)),
        (_("Commendation"), nominated, ngettext("%(num)s nomination", "%(num)s nominations", nominated)),
    )
    return [
        *(
            replace(step, note=str(outcome_name("exemplar", outcome))) if step.state == "stopped" else step
            for step in _steps(page, EXEMPLAR, list(EXEMPLAR), stages)
        ),
        *(
            Step(name, "done" if count else "ahead", None, "", note if count else "")
            for name, count, note in notes
        ),
    ]


def replication_steps(page: CasePage, stages: Mapping[str, str]) -> list[Step]:
    """Stages of a unit that applies an exemplar."""
    return _steps(page, REPLICATION, list(REPLICATION), stages)


def opening_data(history: Sequence[Line]) -> Mapping[str, Any]:
    """What the case was opened with."""
    given = history[0].event.input if history else None
    data: Mapping[str, Any] = given["data"] if given else {}
    return data


def _steps(
    page: CasePage, names: Mapping[str, LazyString], way: Sequence[str], stages: Mapping[str, str]
) -> list[Step]:
    done_at = _done_at(page, stages)
    here = _place(page, way)
    steps = []
    for index, stage in enumerate(way):
        state = _state(page, index, here)
        tasks = [task for task in page.tasks if _stage_of(task, stages, way) == stage]
        date = done_at.get(stage) if state == "done" else None
        if state in ("current", "stopped"):
            date = page.case.stage_since
        holder, key = _holder(tasks, state)
        steps.append(Step(str(names[stage]), state, date, holder, _note(page, state), key))
    return steps


def _place(page: CasePage, way: Sequence[str]) -> int:
    """Index of the stage the case stands in or ended in; behind the last one where it reached its aim."""
    if page.case.outcome in AWARDED or page.case.outcome in ("registered", "introduced", "applied"):
        return len(way)
    stage = page.case.stage or way[0]
    if CONSIDERATION in way and stage == "draft" and page.tasks and page.tasks[-1].process == EXTRAORDINARY:
        stage = STAGE_OF_TASK[page.tasks[-1].element]
    if stage == "province" and "escalation" in way:
        stage = "escalation"
    return way.index(stage) if stage in way else 0


def _state(page: CasePage, index: int, here: int) -> State:
    if index < here:
        return "done"
    if index > here:
        return "ahead"
    return "stopped" if page.case.state == "ended" else "current"


def _note(page: CasePage, state: State) -> str:
    if state == "stopped":
        return str(outcome_name(page.case.process, page.case.outcome))
    return _("Suspended") if state == "current" and page.case.state == "frozen" else ""


def _holder(tasks: Iterable[TaskRow], state: State) -> tuple[str, str | None]:
    """Who has it, with their public id, or who had it last."""
    if state == "current":
        waiting = (task for task in tasks if task.status == "open")
        return next(((task.holder or role_name(task.role), task.holder_key) for task in waiting), ("", None))
    if state == "done":
        return next((task.closed_by for task in reversed(list(tasks)) if task.closed_by), ""), None
    return "", None


def _done_at(page: CasePage, stages: Mapping[str, str]) -> dict[str, dt.datetime]:
    """When each stage was last completed."""
    found: dict[str, dt.datetime] = {}
    for line in page.history:
        for process, element, _flow in line.event.fields.get("moves", ()):
            if process == EXTRAORDINARY and element in STAGE_OF_TASK:
                found[STAGE_OF_TASK[element]] = line.event.at
            elif process == page.case.process and element in stages and element != EXTRAORDINARY:
                stage = "escalation" if element == "escalate_to_province" else stages[element]
                found[stage] = line.event.at
    return found


def _stage_of(task: TaskRow, stages: Mapping[str, str], way: Sequence[str]) -> str:
    if task.process == EXTRAORDINARY:
        return STAGE_OF_TASK[task.element]
    stage = STAGE_OF_PROCESS.get(task.process) or stages.get(task.element, "")
    return "escalation" if stage == "province" and "escalation" in way else stage


def _proposed_higher(page: CasePage) -> bool:
    """Whether the chairman proposed an extraordinary merit to the level above."""
    moves = (move for line in page.history for move in line.event.fields.get("moves", ()))
    return any(move[:2] == [page.case.process, "escalate_to_province"] for move in moves)


def _escalated(history: Iterable[Line]) -> bool:
    """Whether the council passed it for a higher award."""
    return any(
        line.event.type == "message_delivered"
        and line.event.fields["name"] == "council_result"
        and (line.event.input or {}).get("data", {}).get("result") == "passed_higher"
        for line in history
    )
