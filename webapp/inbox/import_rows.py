"""The row of a list of registrations or nominations: its columns are fields of the forms it will be handed in by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from sqlalchemy.orm import Session

from webapp.i18n import LANGUAGES, content, language
from webapp.models import Campaign
from webapp.operations.row_imports import FILLING, NewLine
from webapp.queries.choices import Context, choices_for
from webapp.queries.deployments import current_deployment, form_schema
from webapp.queries.nominees import AwardKinds, award_kinds, nominated_already, not_in_strand, wrong_award
from webapp.queries.plans import plan_of
from webapp.queries.registrations import registered_already
from webapp.queries.standing import Standing
from webapp.queries.title_choices import Titles, titles_by_kind
from webapp.row_files import Row, read_rows
from webapp.text import search_key
from webapp.ui.choice_texts import spoken
from workflows.forms import Fault, Schema, offered, with_choices
from workflows.plan import Plan

STARTING = {
    "registration": ("nominee_name", "nominee_kind", "strand", "submitting_unit"),
    "nomination": ("nominee_name", "nominee_kind", "strand", "submitting_unit", "proposed_award"),
}
"""Columns that open a case; the round of a nomination holds for the whole list."""

FILLED = {
    "registration": ("title_aimed", "contact_phone", "people"),
    "nomination": ("honorific", "birth_year", "position", "achievement", "achievement_summary"),
}
"""Columns that fill in the officer's form."""

ADDRESS = ("hamlet", "commune")
TARGET = ("indicator", "pledge", "target", "measure")
NEEDED = {"registration": ("indicator", "pledge"), "nomination": ()}
SHARED = {
    "registration": ("paper_number", "paper_date", "signed_scan", "commitment"),
    "nomination": ("round",),
}
"""What holds for every row and is typed once."""

EXAMPLES = {
    "nominee_name": "Nguyễn Văn Ví Dụ",
    "indicator": "Thoát nghèo",
    "pledge": "Thoát nghèo trong năm",
    "achievement": "Đã có thành tích xuất sắc trong phong trào thi đua.",
}


@dataclass(frozen=True)
class Forms:
    """The two forms of a list, with their choices: what opens a case, and what the officer fills in."""

    process: str
    start: Schema
    filling: Schema

    def row(self) -> Schema:
        """The schema of a row, titles in the reader's language."""
        parts: dict[str, Any] = {name: self.start["properties"][name] for name in STARTING[self.process]}
        fields = self.filling["properties"]
        parts |= {name: fields[name] for name in FILLED[self.process]}
        parts |= {name: fields["address"]["properties"][name] for name in ADDRESS}
        if "targets" in fields:
            parts |= {name: fields["targets"]["items"]["properties"][name] for name in TARGET}
        named = {name: _named(part) for name, part in parts.items()}
        needed = [*STARTING[self.process], *NEEDED[self.process]]
        row = {"type": "object", "properties": named, "required": needed, "additionalProperties": False}
        return offered(row)

    def shared(self) -> Schema:
        """The schema of what is typed once for the whole list."""
        both = {**self.filling["properties"], **self.start["properties"]}
        names = SHARED[self.process]
        return {
            "type": "object",
            "properties": {name: both[name] for name in names},
            "required": list(names),
            "additionalProperties": False,
        }


def _named(part: Schema) -> Schema:
    """A column: its heading, and what can be chosen, in the reader's language."""
    kept = {key: value for key, value in part.items() if key not in ("x-when", "x-options")}
    choices = [{**option, "title": content(option["title"])} for option in part.get("oneOf", ())]
    described = {"description": content(part["description"])} if "description" in part else {}
    return {**kept, "title": content(part["title"]), **described, **({"oneOf": choices} if choices else {})}


def forms_of(session: Session, campaign: Campaign, standing: Standing, process: str) -> Forms:
    """The forms of the present deployment with what this person may choose in the campaign."""
    deployment = current_deployment(session, process)
    start, filling = (form_schema(deployment, process, name) for name in ("start", FILLING[process]))
    context = Context(campaign=campaign, standing=standing)
    found = (with_choices(each, spoken(choices_for(session, each, context))) for each in (start, filling))
    return Forms(process, *found)


def example(forms: Forms) -> Mapping[str, Any]:
    """A row that shows how one is written: the first choice of each list."""
    first = {
        name: part["oneOf"][0]["const"]
        for name, part in forms.row()["properties"].items()
        if part.get("oneOf") and name in STARTING[forms.process]
    }
    return {**first, **{name: text for name, text in EXAMPLES.items() if name in forms.row()["properties"]}}


def read_lines(
    session: Session, campaign: Campaign, forms: Forms, shared: Mapping[str, Any], data: bytes, day: dt.date
) -> tuple[list[NewLine], list[Row]]:
    """The rows of a filled template as they will be handed in, and those at fault. Raises UnreadableFile."""
    rows = read_rows(data, _in_each_language(forms), day)
    taken, again = _taken(session, campaign, forms, shared)
    lines, faulty = [], []
    plan, titles = plan_of(session, campaign), titles_by_kind(session, campaign)
    awards = award_kinds(session, campaign, day) if forms.process == "nomination" else {}
    for row in rows:
        key = tuple(search_key(str(row.data.get(name, ""))) for name in STARTING[forms.process][:4])
        faults = [*row.faults] or _kind_faults(row.data, plan, titles, awards)
        if row.data.get("nominee_name") == EXAMPLES["nominee_name"]:
            faults = [Fault("/nominee_name", "example_row")]
        if not faults and key in taken:
            faults = [Fault("/nominee_name", again)]
        taken.add(key)
        if faults:
            faulty.append(Row(row.number, row.data, tuple(faults)))
        else:
            lines.append(_line(forms.process, row, shared))
    return lines, faulty


def _taken(
    session: Session, campaign: Campaign, forms: Forms, shared: Mapping[str, Any]
) -> tuple[set[tuple[str, ...]], str]:
    """Who cannot stand in the list again, and the fault of a row that names one of them."""
    if forms.process == "registration":
        return registered_already(session, campaign), "named_before"
    return nominated_already(session, campaign, shared["round"]), "nominated_before"


def _kind_faults(data: Mapping[str, Any], plan: Plan, titles: Titles, awards: AwardKinds) -> list[Fault]:
    """A strand, a title and an award are for some kinds of nominee only."""
    kind, title = data["nominee_kind"], data.get("title_aimed")
    strand = plan.strand(data["strand"])
    if kind not in strand.kinds:
        return [not_in_strand(strand)]
    if title and kind not in titles[title]:
        return [Fault("/title_aimed", "title_not_for_kind")]
    return wrong_award(awards, kind, data["proposed_award"]) if "proposed_award" in data else []


def _in_each_language(forms: Forms) -> Sequence[Schema]:
    found = [forms.row()]
    for other in LANGUAGES:
        if other != language():
            with force_locale(other):
                found.append(forms.row())
    return found


def _line(process: str, row: Row, shared: Mapping[str, Any]) -> NewLine:
    """A row as the two forms take it."""
    said = row.data
    start = {name: said[name] for name in STARTING[process]} | {"filled_by": "officer"}
    form = {name: said[name] for name in FILLED[process] if name in said}
    if "commune" in said:
        form["address"] = {name: said[name] for name in ADDRESS if name in said}
    if process == "registration":
        form["targets"] = [{name: said[name] for name in TARGET if name in said}]
    else:
        start["round"] = shared["round"]
        form |= {
            "nominee_kind": said["nominee_kind"],
            "name_on_paper": said["nominee_name"],
            "proposed_award": said["proposed_award"],
        }
    return NewLine(row.number, said["nominee_name"], start, form)
