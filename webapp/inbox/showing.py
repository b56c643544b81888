"""A task as its page draws it: the form with its values, earlier forms to read, the history in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import current_app, request

from webapp.i18n import language
from webapp.inbox.lines import with_lines
from webapp.inbox.lists import Run
from webapp.inbox.since import SENDS_BACK, Since, since_last
from webapp.inbox.starting_values import starting_values
from webapp.queries.entries import Entry
from webapp.queries.inbox_place import Place
from webapp.queries.papers import PaperRow
from webapp.queries.task_page import TaskPage
from webapp.ui.choice_texts import spoken
from webapp.ui.entries import (
    ReadForm,
    ShownDraft,
    paper_finder,
    read_forms,
    titled_drafts,
    titled_papers,
)
from webapp.ui.fields import Field, Form, build_form
from webapp.ui.form_data import read
from webapp.ui.formats import zone
from webapp.ui.kept_forms import take_form
from webapp.ui.told import told
from workflows.forms import Fault, Schema, offered, with_choices

RECENT = 8
DECLARED = frozenset({"registration", "registration_change"})
JUDGED_WHOLE = frozenset({"verify_exemplar", "select_exemplar"})
"""Tasks beside which all that was told stands open."""

ABOVE: Mapping[str, frozenset[str]] = {
    "select_exemplar": frozenset({"exemplar/plan_fostering", "exemplar/record_fostering"}),
}
"""Forms that a task has above its own, and not beside it."""

FORM_SHOWN = frozenset({"mine", "common", "frozen"})


@dataclass(frozen=True)
class ShownTask:
    """All that the template of a task page needs.

    ``result`` is the form with which this task was completed, ``earlier`` are those of the other tasks of the case,
    the newest first. ``sent_back`` is the form that asks for what is to be done here, if somebody returned the work.
    ``typed`` are the answers of somebody whose form was refused, to be read and copied;
    ``restored`` says that the form is the one sent before the sign-in expired.
    """

    page: TaskPage
    run: Run
    place: Place
    form: Form | None
    result: ReadForm | None
    sent_back: ReadForm | None
    earlier: tuple[ReadForm, ...]
    history: tuple[tuple[dt.datetime, str], ...]
    typed: tuple[Field, ...] = ()
    refusal: str = ""
    restored: bool = False

    @property
    def papers(self) -> list[tuple[PaperRow, str]]:
        """The papers of the dossier and what they are called."""
        return titled_papers(self.page.papers, self.page.names, self.page.entries)

    @cached_property
    def since(self) -> Since | None:
        """What is otherwise than when this task, or whoever sent the work back, last decided."""
        return since_last(self.page, self.papers)

    @property
    def drafts(self) -> tuple[ShownDraft, ...]:
        """The documents that are drafts."""
        return titled_drafts(
            self.page.task.case_state, self.page.entries, self.page.papers, self.page.task.element
        )

    @property
    def all_open(self) -> bool:
        """Whether all earlier forms stand open: a declaration is short, and whoever judges it reads it as a whole."""
        return self.page.task.root in DECLARED or self.page.task.element in JUDGED_WHOLE

    @property
    def recent(self) -> tuple[tuple[dt.datetime, str], ...]:
        """The newest events."""
        return self.history[:RECENT]

    @property
    def older(self) -> tuple[tuple[dt.datetime, str], ...]:
        """The events before those."""
        return self.history[RECENT:]

    @property
    def form_parts(self) -> list[str]:
        """Templates for the form, the first that exists: a special page of this task in one of the areas, or
        the generic form."""
        areas = sorted(current_app.blueprints)
        return [f"{area}/tasks/{self.page.task.element}.html" for area in areas] + ["inbox/parts/form.html"]


def shown_task(
    page: TaskPage,
    run: Run,
    values: Mapping[str, Any] | None = None,
    faults: Iterable[Fault] = (),
    refusal: str = "",
) -> ShownTask:
    """A task with what was typed, or with what stands in the form at first."""
    kept = None if values is not None else _kept_values(page)
    typed = values if values is not None else kept
    form = _form(page, starting_values(page) if typed is None else typed, faults)
    editable = page.state in ("mine", "common")
    own = page.task.public_id
    return ShownTask(
        page=page,
        run=run,
        place=run.place(page.task.position),
        form=form,
        result=next(iter(_read(page, (each for each in page.entries if each.task_id == own))), None),
        sent_back=_sent_back(page) if form else None,
        earlier=_told(_read(page, _beside(page))),
        history=told(page.history),
        typed=() if typed is None or form else _answers(page, typed),
        refusal=refusal,
        restored=kept is not None and editable,
    )


def _beside(page: TaskPage) -> Iterator[Entry]:
    """The forms of the other tasks of the case, the newest first."""
    above = ABOVE.get(page.task.element, frozenset())
    own = page.task.public_id
    return (each for each in reversed(page.entries) if each.task_id != own and each.form not in above)


def _form(page: TaskPage, values: Mapping[str, Any], faults: Iterable[Fault]) -> Form | None:
    """The form, where the reader may act and the task is open."""
    if not page.may_act or page.state not in FORM_SHOWN:
        return None
    asked = with_lines(_without_people(page))
    schema = offered(with_choices(asked, spoken(page.choices)))
    return build_form(schema, values, faults, paper_finder(page.papers))


def _without_people(page: TaskPage) -> Schema:
    """The form; of somebody alone it is not asked how many they are."""
    opening = next((entry for entry in page.entries if entry.task_id is None), None)
    if opening is None or opening.data.get("nominee_kind") != "individual":
        return page.schema
    fields = {name: part for name, part in page.schema["properties"].items() if name != "people"}
    return {**page.schema, "properties": fields}


def _read(page: TaskPage, entries: Iterable[Entry]) -> tuple[ReadForm, ...]:
    return read_forms(entries, page.texts, page.papers)


def _told(forms: tuple[ReadForm, ...]) -> tuple[ReadForm, ...]:
    """Those with something to read."""
    return tuple(each for each in forms if each.confidential or any(field.answered for field in each.fields))


def _sent_back(page: TaskPage) -> ReadForm | None:
    """The newest form of the case, with what it says for its decision, where that returned the work to this task."""
    last = page.entries[-1] if page.entries else None
    if last is None or last.data.get("decision") not in SENDS_BACK or last.at > page.task.opened_at:
        return None
    [read] = _read(page, [last])
    told = tuple(field for field in read.fields if field.answered and "decision" in (field.when or {}))
    return replace(read, fields=told)


def _kept_values(page: TaskPage) -> Mapping[str, Any] | None:
    """What was sent from this page when the sign-in had expired."""
    kept = take_form(request.full_path.rstrip("?"))
    return None if kept is None else read(page.schema, kept, request.files, language(), zone()).data


def _answers(page: TaskPage, values: Mapping[str, Any]) -> tuple[Field, ...]:
    return build_form(page.schema, values, find_paper=paper_finder(page.papers)).fields
