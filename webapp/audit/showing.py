"""A walk through a case as its page draws it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from webapp.audit.instants import address_of
from webapp.queries.history import Line
from webapp.queries.replay_page import PaperSeen, Seen, Walk, WalkStep, papers_at, seen_at, since
from webapp.ui.changes import Change, changes
from webapp.ui.choice_texts import spoken
from webapp.ui.fields import Field, FindPaper, PaperFile, build_form
from webapp.ui.formats import zone
from webapp.ui.sentences import sentence, span
from workflows.forms import Schema, with_choices

A_SECOND = dt.timedelta(seconds=1)
Told = tuple[dt.datetime, str]


@dataclass(frozen=True)
class ShownStep:
    """One step beside the diagram. ``reproduced`` is None where nothing was run again (a suspension).

    ``just_before``: the address of the moment before somebody acted; empty where nobody did.
    """

    step: WalkStep
    text: str
    waited: str
    just_before: Mapping[str, str]
    reproduced: bool | None
    title: str
    fields: tuple[Field, ...]
    changes: tuple[Change, ...] | None
    confidential: bool
    erased: bool
    papers: tuple[PaperSeen, ...]
    before: tuple[Told, ...]
    after: tuple[Told, ...]


def chosen(walk: Walk, args: Mapping[str, str]) -> WalkStep:
    """The step an address asks for: ``step`` counts steps, ``event`` the events of the log; else the last one.

    ``at``: the last step that is not after an instant, and the first one where all are.
    """
    if event := _number(args.get("event")):
        return step_at(walk, event)
    if at := _instant(args.get("at", "")):
        reached = [step for step in walk.steps if step.line.event.at <= at]
        return reached[-1] if reached else walk.steps[0]
    number = _number(args.get("step")) or len(walk.steps)
    return walk.steps[min(number, len(walk.steps)) - 1]


def step_at(walk: Walk, event: int) -> WalkStep:
    """The step that an event of the log stands with: what was done beside the diagram, with the one that followed."""
    for step in walk.steps:
        if any(line.event.number == event for line in (*step.before, step.line, *step.after)):
            return step
    return walk.steps[-1]


def _instant(text: str) -> dt.datetime | None:
    """An instant of an address (RFC 3339); one without its offset is of the office's clock."""
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=zone())


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def shown_step(session: Session, walk: Walk, step: WalkStep) -> ShownStep:
    """Everything beside the diagram at a step."""
    seen = seen_at(session, walk, step)
    title, fields, altered = _form(seen, walk.papers) if seen else ("", (), None)
    pause = since(walk, step)
    return ShownStep(
        step=step,
        text=sentence(step.line),
        waited=span(round(pause.total_seconds())) if pause else "",
        just_before=address_of(step.line.event.at - A_SECOND) if step.line.actor else {},
        reproduced=_reproduced(walk, step),
        title=title,
        fields=fields,
        changes=altered,
        confidential=bool(seen and seen.schema.get("x-confidential")),
        erased=bool(seen and seen.erased),
        papers=papers_at(walk, step),
        before=told(step.before),
        after=told(step.after + list(walk.later if step.number == len(walk.steps) else ())),
    )


def told(lines: Iterable[Line]) -> tuple[Told, ...]:
    """Events as instants and sentences."""
    return tuple((line.event.at, sentence(line)) for line in lines)


def _reproduced(walk: Walk, step: WalkStep) -> bool | None:
    if step.input is None:
        return None
    steps = walk.rerun.report.steps
    return step.inputs <= len(steps) and steps[step.inputs - 1].reproduced


def _form(
    seen: Seen, papers: Mapping[str, PaperSeen]
) -> tuple[str, tuple[Field, ...], tuple[Change, ...] | None]:
    """Title and answers of the form, and what changed since the round before (None: there was none)."""
    schema: Schema = with_choices(seen.schema, spoken(seen.texts))
    find = _finder(papers)
    form = build_form(schema, seen.values, find_paper=find)
    if seen.earlier is None:
        return form.title, form.fields, None
    earlier = build_form(schema, seen.earlier, find_paper=find)
    return form.title, form.fields, changes(earlier.fields, form.fields)


def _finder(papers: Mapping[str, PaperSeen]) -> FindPaper:
    def find(paper_id: str) -> PaperFile | None:
        paper = papers.get(paper_id)
        if paper is None:
            return None
        return PaperFile(paper_id, paper.name, paper.size, paper_url(paper_id))

    return find


def paper_url(paper_id: str) -> str:
    """Where a paper is opened; that it was read is noted there."""
    return url_for("inbox.show_paper", paper_id=paper_id)
