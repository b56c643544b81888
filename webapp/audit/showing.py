"""A walk through a case as its page draws it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from webapp.queries.history import Line
from webapp.queries.replay_page import PaperSeen, Seen, Walk, WalkStep, papers_at, seen_at, since
from webapp.ui.changes import Change, changes
from webapp.ui.choice_texts import spoken
from webapp.ui.fields import Field, FindPaper, PaperFile, build_form
from webapp.ui.sentences import sentence, span
from workflows.forms import Schema, with_choices

Told = tuple[dt.datetime, str]


@dataclass(frozen=True)
class ShownStep:
    """One step beside the diagram. ``reproduced`` is None where nothing was run again (a suspension)."""

    step: WalkStep
    text: str
    waited: str
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
    """The step an address asks for: ``step`` counts steps, ``event`` the events of the log; else the last one."""
    if event := _number(args.get("event")):
        reached = [step for step in walk.steps if step.line.event.number <= event]
        return reached[-1] if reached else walk.steps[0]
    number = _number(args.get("step")) or len(walk.steps)
    return walk.steps[min(number, len(walk.steps)) - 1]


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
        reproduced=reproduced(walk, step),
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


def reproduced(walk: Walk, step: WalkStep) -> bool | None:
    """Whether running a step again gave the recorded state; None where nothing was run (a suspension)."""
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
