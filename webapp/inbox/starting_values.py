"""What stands in a form when somebody opens it: nobody types again what the case knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapp.inbox.lines import line_rows
from webapp.queries.entries import Entry
from webapp.queries.task_page import TaskPage
from webapp.ui.form_data import defaults
from workflows.forms import Choices, Schema

SOLE = frozenset({"signers", "own_keys", "office_keys"})
"""Where only one person, or key, can be chosen, it is: what is decided by it is another field."""

ANEW = frozenset({"record_fostering"})
"""Tasks that record what is new: each time their form begins empty."""


def starting_values(page: TaskPage) -> dict[str, Any]:
    """The reader's draft; else what was entered on this form in the round before, without the decision; else
    defaults, what the case knows, values the opening form has under the same name, one row for each line of a list."""
    if page.draft is not None:
        return dict(page.draft)
    known = {} if page.task.element in ANEW else _known(page)
    begun = {
        **defaults(page.schema),
        **line_rows(page.schema, page.choices),
        **_sole(page.schema, page.choices),
    }
    return {**begun, **known, **_readable(page)}


def _sole(schema: Schema, choices: Choices) -> dict[str, Any]:
    """What can only be chosen in one way, in groups too."""
    found: dict[str, Any] = {}
    for name, part in schema["properties"].items():
        offered = choices.get(part.get("x-options", ""), ()) if part.get("x-options") in SOLE else ()
        if len(offered) == 1:
            found[name] = offered[0][0]
        elif "properties" in part and (inner := _sole(part, choices)):
            found[name] = inner
    return found


def _known(page: TaskPage) -> dict[str, Any]:
    """What the form said the time before, else what the opening form says."""
    before = next((entry for entry in reversed(page.entries) if _same_form(page, entry)), None)
    return _repeatable(page.schema, before.data) if before else _from_opening(page)


def _readable(page: TaskPage) -> dict[str, Any]:
    """What the case knows for the form, without papers that lie in the draft of somebody else.

    A form of an older deployment does not ask for all of it.
    """
    papers, fields = {paper.public_id for paper in page.papers}, page.schema["properties"]
    return {
        name: value
        for name, value in page.first.items()
        if name in fields and (fields[name].get("format") != "paper" or value in papers)
    }


def _same_form(page: TaskPage, entry: Entry) -> bool:
    """The same form of the same branch: not that of another unit of a parallel multi-instance."""
    task = page.task
    return entry.form == f"{task.process}/{task.element}" and entry.items == task.items


def _repeatable(schema: Schema, data: Mapping[str, Any]) -> dict[str, Any]:
    """Without decisions, declarations and signatures: those are made anew each time."""
    fields = schema["properties"]
    return {name: value for name, value in data.items() if name in fields and not _is_an_act(fields[name])}


def _is_an_act(part: Schema) -> bool:
    signs = any(inner.get("x-secret") for inner in part.get("properties", {}).values())
    return bool(part.get("x-outcome")) or part.get("const") is True or signs


def _from_opening(page: TaskPage) -> dict[str, Any]:
    """Values of the form that opened the case, for fields of the same name that ask for the same."""
    opening = next((entry for entry in page.entries if entry.task_id is None), None)
    if opening is None:
        return {}
    asked, given = page.schema["properties"], opening.schema["properties"]
    return {
        name: value
        for name, value in _repeatable(page.schema, opening.data).items()
        if _sort_of(asked[name]) == _sort_of(given.get(name, {}))
    }


def _sort_of(part: Schema) -> tuple[Any, ...]:
    return tuple(part.get(key) for key in ("type", "format", "x-options", "oneOf"))
