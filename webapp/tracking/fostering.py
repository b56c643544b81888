"""The fostering of an exemplar as pages draw it: by whom, until when, what was done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from webapp.queries.case_page import CasePage
from webapp.queries.task_page import TaskPage
from webapp.ui.entries import ReadForm, read_forms
from workflows.values import local_day

PLANNED, RECORDED = "exemplar/plan_fostering", "exemplar/record_fostering"
RECORDING = "record_fostering"


@dataclass(frozen=True)
class Fostering:
    """Who fosters an exemplar, how, the last day of it as planned last, and what was recorded, the newest first."""

    helper: str
    measures: str
    until: dt.date
    records: tuple[ReadForm, ...]


def fostered(page: CasePage | TaskPage) -> Fostering | None:
    """The fostering of an exemplar; None before it was planned, and when what was planned was erased."""
    plan = next((each.data for each in reversed(page.entries) if each.form == PLANNED), None)
    if not plan:
        return None
    recorded = [each for each in reversed(page.entries) if each.form == RECORDED]
    records = read_forms(recorded, page.texts, page.papers)
    until = dt.date.fromisoformat(plan["foster_date"])
    return Fostering(plan["helper"], plan["measures"], until, tuple(map(_of_work, records)))


def fostered_by_now(page: CasePage) -> Fostering | None:
    """The fostering of an exemplar, while it goes on with the day it is due, which a suspension may have moved."""
    found = fostered(page)
    due = next((task.due for task in page.open_tasks if task.element == RECORDING), None)
    return replace(found, until=local_day(due)) if found and due else found


def forms_beside(page: CasePage) -> tuple[ReadForm, ...]:
    """What was entered besides the records of fostering, the newest first."""
    others = [each for each in reversed(page.entries) if each.form != RECORDED]
    return read_forms(others, page.texts, page.papers)


def is_fostered_now(page: CasePage) -> bool:
    """Whether the fostering goes on: nobody has anything to do but to record what is done."""
    case = page.case
    under_way = case.state == "active" and case.stage == "fostering"
    return under_way and all(task.element == RECORDING for task in page.open_tasks)


def _of_work(form: ReadForm) -> ReadForm:
    """What was done, without the decision that led on from there."""
    return replace(form, fields=tuple(field for field in form.fields if field.name != "decision"))
