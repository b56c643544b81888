"""What is otherwise than the last time a task was decided: beside the form of a later round, or after a supplement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.queries.entries import Entry
from webapp.queries.papers import PaperRow
from webapp.queries.task_page import TaskPage
from webapp.ui.changes import Change, changes
from webapp.ui.choice_texts import spoken
from webapp.ui.fields import Field, build_form
from workflows.forms import Schema, papers_of, with_choices

SENDS_BACK = frozenset({"return", "supplement"})
"""Decisions that give work back to whoever did it, with what is to be mended."""

Titled = tuple[PaperRow, str]


@dataclass(frozen=True)
class Since:
    """What was entered otherwise after ``at``: texts that differ, and papers that came, each with its title and that of
    the one it stands in for, if there is one.
    """

    at: dt.datetime
    changes: tuple[Change, ...]
    papers: tuple[tuple[PaperRow, str, str], ...]

    @property
    def added(self) -> int:
        """How many passages came."""
        return self._count("added")

    @property
    def removed(self) -> int:
        """How many passages went."""
        return self._count("removed")

    @property
    def nothing(self) -> bool:
        return not self.changes and not self.papers

    def _count(self, kind: str) -> int:
        return sum(part == kind for change in self.changes for part, _text in change.parts)


def since_last(page: TaskPage, papers: Sequence[Titled]) -> Since | None:
    """The changes since this task, or whoever sent the work back, last decided; None the first time."""
    at = _last(page)
    if at is None:
        return None
    earlier = [each for each in page.entries[: at + 1] if _tells(each)]
    later = [each for each in page.entries[at + 1 :] if _tells(each)]
    if not later or not earlier:
        return None
    found = tuple(_text_changes(page, earlier, later))
    return Since(page.entries[at].at, found, tuple(_new_papers(earlier, later, dict(_named(papers)))))


def _last(page: TaskPage) -> int | None:
    """The place of the newest form by which this task was decided before, or the work was sent back."""
    task = page.task
    own = f"{task.process}/{task.element}"
    for at, entry in reversed(list(enumerate(page.entries))):
        mine = entry.form == own and entry.items == task.items and entry.task_id != task.public_id
        if mine or entry.data.get("decision") in SENDS_BACK:
            return at
    return None


def _tells(entry: Entry) -> bool:
    """Whether a form tells of the matter: not one that decides on it, nor a confidential one."""
    return "decision" not in entry.schema["properties"] and not entry.schema.get("x-confidential")


def _text_changes(page: TaskPage, earlier: Iterable[Entry], later: Iterable[Entry]) -> Iterator[Change]:
    """Field by field against what stood there last; a form leaves alone what it does not ask or answer."""
    known: dict[str, Any] = {}
    for entry in earlier:
        known |= entry.data
    now: dict[str, Any] = {}
    schema: dict[str, Any] = {}
    for entry in later:
        schema |= entry.schema["properties"]
        now |= {name: value for name, value in entry.data.items() if name in entry.schema["properties"]}
    asked: Schema = {"type": "object", "properties": {n: p for n, p in schema.items() if not _has_papers(p)}}
    before = {name: value for name, value in known.items() if name in now}
    yield from changes(_fields(page, asked, before), _fields(page, asked, now))


def _fields(page: TaskPage, schema: Schema, values: Mapping[str, Any]) -> tuple[Field, ...]:
    return build_form(with_choices(schema, spoken(page.texts)), values).fields


def _has_papers(part: Schema) -> bool:
    """Whether a field takes papers: those are told of as papers."""
    inner = part.get("items", {})
    cells = (*part.get("properties", {}).values(), *inner.get("properties", {}).values(), inner, part)
    return any(cell.get("format") == "paper" for cell in cells)


def _named(papers: Iterable[Titled]) -> Iterator[tuple[str, Titled]]:
    return ((paper.public_id, (paper, title)) for paper, title in papers)


def _new_papers(
    earlier: Iterable[Entry], later: Iterable[Entry], known: Mapping[str, Titled]
) -> Iterator[tuple[PaperRow, str, str]]:
    """Papers that came with later forms; one handed in at the place of another stands in for it."""
    before = {use.paper_id: use.pointer for entry in earlier for use in papers_of(entry.schema, entry.data)}
    places = {pointer: paper for paper, pointer in before.items() if pointer.count("/") == 1}
    told: set[str] = set()
    for entry in later:
        for use in papers_of(entry.schema, entry.data):
            if use.paper_id in before or use.paper_id in told or use.paper_id not in known:
                continue
            told.add(use.paper_id)
            old = known.get(places.get(use.pointer, ""))
            yield *known[use.paper_id], old[0].filename if old else ""
