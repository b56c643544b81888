"""A walk through a case as its page draws it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from webapp.audit.instants import address_of
from webapp.queries.history import Line
from webapp.queries.replay_clocks import Clocks
from webapp.queries.replay_page import (
    PaperSeen,
    Seen,
    Walk,
    deadlines_at,
    papers_at,
    roles_at,
    seen_at,
    since,
)
from webapp.queries.replay_steps import WalkStep
from webapp.queries.replay_versions import VersionChange, VersionsThen, changes_before
from webapp.queries.roles_then import Held
from webapp.ui.changes import Change, changes
from webapp.ui.choice_texts import spoken
from webapp.ui.fields import Field, FindPaper, PaperFile, build_form
from webapp.ui.sentences import sentence
from webapp.ui.spans import exact_span
from workflows.forms import Schema, with_choices

A_SECOND = dt.timedelta(seconds=1)
Told = tuple[dt.datetime, str]


@dataclass(frozen=True)
class Doer:
    """Who acted in a step; ``held`` are their roles on that day with the units, the one they acted in first."""

    name: str
    held: tuple[Held, ...]


@dataclass(frozen=True)
class ShownStep:
    """One step beside the diagram. ``reproduced`` is None where nothing was run again (a suspension).

    ``doer`` is None for the system, ``principal`` where somebody acted in their own right. ``just_before``: the address
    of the moment before somebody acted; empty where nobody did.
    """

    step: WalkStep
    text: str
    waited: str
    doer: Doer | None
    principal: Doer | None
    clocks: Clocks
    versions: VersionsThen
    changed: tuple[VersionChange, ...]
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


def shown_step(session: Session, walk: Walk, step: WalkStep) -> ShownStep:
    """Everything beside the diagram at a step."""
    seen = seen_at(session, walk, step)
    title, fields, altered = _form(seen, walk.papers) if seen else ("", (), None)
    confidential = bool(seen and seen.schema.get("x-confidential"))
    pause = since(walk, step)
    roles = roles_at(session, step)
    event, line = step.line.event, step.line
    return ShownStep(
        step=step,
        text=sentence(line),
        waited=exact_span(round(pause.total_seconds())) if pause is not None else "",
        doer=_doer(line.actor, roles.get(event.actor, []), step),
        principal=_doer(line.principal, roles.get(event.principal or "", []), step),
        clocks=deadlines_at(session, walk, step),
        versions=walk.versions[step.number],
        changed=changes_before(walk.versions, step.number),
        just_before=address_of(event.at - A_SECOND) if line.actor else {},
        reproduced=reproduced(walk, step),
        title=title,
        fields=fields,
        changes=None if confidential else altered,
        confidential=confidential,
        erased=bool(seen and seen.erased),
        papers=papers_at(walk, step),
        before=told(step.before),
        after=told(step.after + list(walk.later if step.number == len(walk.steps) else ())),
    )


def _doer(name: str, held: Iterable[Held], step: WalkStep) -> Doer | None:
    """The role of the lane first, and of several units the one of the task."""
    role, unit = step.lane.role if step.lane else "", step.line.unit
    return (
        Doer(name, tuple(sorted(held, key=lambda each: (each[0] != role, each[1] != unit)))) if name else None
    )


def told(lines: Iterable[Line]) -> tuple[Told, ...]:
    """Events as instants and sentences."""
    return tuple((line.event.at, sentence(line)) for line in lines)


def reproduced(walk: Walk, step: WalkStep) -> bool | None:
    """Whether running a step again gave the recorded state; None where nothing was run (a suspension)."""
    if not step.place:
        return None
    steps = walk.rerun.report.steps
    return step.place <= len(steps) and steps[step.place - 1].reproduced


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
