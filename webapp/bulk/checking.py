"""The check page of an act on many tasks: what was selected, and what is asked once for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from flask import abort, request

from webapp.bulk.texts import act_label
from webapp.extensions import db
from webapp.i18n import content, language
from webapp.models import Person
from webapp.operations.bulk import NewBulk
from webapp.operations.bulk_carrying import ASSIGN, DECIDE, TAKE
from webapp.queries.bulk_selection import MOST, Line, Selection, colleagues, listed_ids, selection
from webapp.queries.inbox import Tab, Wanted
from webapp.ui import form_data
from webapp.ui.access import standing
from webapp.ui.clock import business_now, today
from webapp.ui.fields import Form, build_form
from webapp.ui.formats import zone
from workflows.forms import Fault

FILTERS = ("campaign", "kind", "unit", "due", "session")
LONGEST = 200
TABS = ("mine", "common", "delegated")
"""The lists in which tasks can be ticked."""


@dataclass(frozen=True)
class CheckPage:
    """An act before it begins. ``changed`` are tasks that are not as they were seen; nothing was done then."""

    act: str
    chosen: Selection
    decision: str = ""
    values: Mapping[str, Any] | None = None
    faults: Sequence[Fault] = ()
    changed: frozenset[str] = frozenset()
    refusal: str = ""

    @cached_property
    def colleagues(self) -> list[Person]:
        """Who the tasks can be given to."""
        tasks = [line.task for line in self.chosen.doable]
        return colleagues(db.session(), tasks, standing().person_id, today())

    @cached_property
    def form(self) -> Form | None:
        """What the decision asks once for all; None without a decision."""
        if not self.decision or self.chosen.kind is None:
            return None
        return build_form(self.chosen.kind.asked(self.decision), self.values or {}, self.faults)

    @property
    def decisions(self) -> Mapping[str, str]:
        return self.chosen.kind.decisions if self.chosen.kind and self.act == DECIDE else {}

    @property
    def ready(self) -> bool:
        """Whether it can begin: something can be done, and all is known but what this page asks."""
        if not self.chosen.doable:
            return False
        return bool(self.decision) if self.act == DECIDE else self.act == TAKE or bool(self.colleagues)

    @property
    def button(self) -> str:
        return act_label(self.act, len(self.chosen.doable), self.decisions.get(self.decision, ""))

    @property
    def heading(self) -> str:
        title = self.decisions.get(self.decision, "")
        return content(title) if title else ""

    @property
    def principals(self) -> list[str]:
        """The names of those for whom some of it would be done."""
        return list(dict.fromkeys(line.acts_for for line in self.chosen.doable if line.acts_for))

    @property
    def moved(self) -> list[Line]:
        """The tasks that have changed."""
        return [line for line in self.chosen.lines if line.task.public_id in self.changed]


def asked_page(ids: Iterable[str], **more: Any) -> CheckPage:
    """The check page of the act this request asks for, on these tasks. 400 for an unknown act."""
    act, decision = request.form.get("act", ""), request.form.get("decision", "")
    if act not in (TAKE, ASSIGN, DECIDE):
        abort(400)
    chosen = selection(db.session(), standing(), list(ids), act, decision, today())
    known = chosen.kind.decisions if chosen.kind and act == DECIDE else {}
    return CheckPage(act, chosen, decision if decision in known else "", **more)


def selected_ids() -> list[str]:
    """The tasks that were ticked, or all of the list, the first MOST of it."""
    if "all" not in request.form:
        return list(dict.fromkeys(request.form.getlist("task")))[:MOST]
    found = {name: request.form.get(name, "")[:LONGEST] for name in FILTERS}
    wanted = Wanted(tab_of_request(), **found)
    return listed_ids(db.session(), standing(), wanted, business_now())


def tab_of_request() -> Tab:
    """The list in which the tasks were ticked."""
    tab = request.form.get("tab", "")
    return cast(Tab, tab) if tab in TABS else "mine"


def new_bulk(page: CheckPage) -> NewBulk:
    """The act as this request confirms it."""
    pairs = (each.partition(":") for each in request.form.getlist("seen"))
    return NewBulk(
        act=page.act,
        seen={task: mark for task, _colon, mark in pairs},
        decision=page.decision,
        form=typed(page),
        receiver=request.form.get("receiver", ""),
    )


def typed(page: CheckPage) -> Mapping[str, Any]:
    """What was typed for all of them."""
    if not page.decision or page.chosen.kind is None:
        return {}
    asked = page.chosen.kind.asked(page.decision)
    return form_data.read(asked, request.form, request.files, language(), zone()).data


def seen_ids() -> list[str]:
    """The tasks that were seen on the check page."""
    return [each.partition(":")[0] for each in request.form.getlist("seen")][:MOST]
