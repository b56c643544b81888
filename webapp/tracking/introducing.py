"""What stands beside the tasks of an exemplar: its public page before it is published, what a supplement changed."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from webapp.queries.case_page import CasePage
from webapp.queries.papers import PaperRow
from webapp.queries.task_page import TaskPage
from webapp.ui.entries import paper_url, read_forms, thumbnail_url
from webapp.ui.exemplars import EXEMPLAR_KINDS, ShownPicture
from webapp.ui.fields import Field

PREPARED = "exemplar/prepare_introduction"
PROPOSED = ("exemplar/start", "exemplar/supplement_exemplar")


@dataclass(frozen=True)
class Preview:
    """The public page of an exemplar as it would be published now."""

    headline: str
    name: str
    text: str
    kind: str
    unit: str
    place: str
    effects: list[Mapping[str, Any]]
    pictures: list[ShownPicture]
    until: dt.date | None


@dataclass(frozen=True)
class StoryChange:
    """What a supplement made of a proposal; ``lines`` are the paragraphs with the sign of difflib, empty where the
    story is the same."""

    lines: list[tuple[str, str]]
    effects: bool
    pictures: bool


def proposal(page: CasePage) -> tuple[Field, ...]:
    """An exemplar as it was told last, to be read: the proposal with what was supplemented."""
    told = [each for each in page.entries if each.form in PROPOSED]
    if not told:
        return ()
    whole = {name: value for each in told for name, value in each.data.items()}
    [read] = read_forms([replace(told[0], data=whole)], page.texts, page.papers)
    return read.fields


def introduction_preview(page: TaskPage) -> Preview | None:
    """The page as the reader's draft has it, else as it was handed in last; None where nothing was written yet."""
    values = page.draft if page.task.element == "prepare_introduction" and page.draft else None
    values = values or next((each.data for each in reversed(page.entries) if each.form == PREPARED), None)
    opening = next((each.data for each in page.entries if each.form == PROPOSED[0]), None)
    if not values or opening is None:
        return None
    return Preview(
        headline=str(values.get("headline") or ""),
        name=str(values.get("exemplar_name") or ""),
        text=str(values.get("text") or ""),
        kind=str(EXEMPLAR_KINDS[opening["exemplar_kind"]]),
        unit=page.task.case_unit,
        place=str(values.get("place") or ""),
        effects=[row for row in values.get("effects") or () if _complete(row)],
        pictures=list(_pictures(values.get("pictures") or (), page.papers)),
        until=_day(values.get("introduced_until_date")),
    )


def supplemented(page: TaskPage) -> StoryChange | None:
    """What changed between the last two tellings of a proposal; None where it was told once."""
    told = [each.data for each in page.entries if each.form in PROPOSED]
    if len(told) < 2:
        return None
    before, after = told[-2:]
    old, new = (str(each["story"]).splitlines() for each in (before, after))
    lines = [(line[0], line[2:]) for line in difflib.ndiff(old, new) if line[0] in " +-" and line[2:].strip()]
    return StoryChange(
        lines=lines if any(sign != " " for sign, _line in lines) else [],
        effects=_told(before, "effects") != _told(after, "effects"),
        pictures=_told(before, "pictures") != _told(after, "pictures"),
    )


def _told(form: Mapping[str, Any], name: str) -> Any:
    return form.get(name) or []


def _complete(row: Mapping[str, Any]) -> bool:
    """Whether a row of numbers can be read: a draft may hold words where numbers belong."""
    numbers = (row.get("before", 0), row.get("after"))
    return bool(row.get("effect")) and all(isinstance(each, int | float) for each in numbers)


def _pictures(rows: Iterable[Mapping[str, Any]], papers: Iterable[PaperRow]) -> Iterator[ShownPicture]:
    known = {paper.public_id for paper in papers}
    for row in rows:
        paper = row.get("picture")
        if paper in known:
            url, large = thumbnail_url(paper), paper_url(paper)
            yield ShownPicture(url, large, str(row.get("description") or ""))


def _day(text: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        return None
