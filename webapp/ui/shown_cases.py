"""What the pages of sessions and decisions show of their case: whose turn it is, papers, history in sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import abort

from webapp.documents import document_types
from webapp.extensions import db
from webapp.i18n import content
from webapp.operations.access import record_access
from webapp.operations.interventions import may_stop
from webapp.queries.case_page import CasePage, TaskRow, case_page
from webapp.queries.papers import PaperRow
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.entries import ReadForm, read_forms
from webapp.ui.sentences import sentence
from workflows.events import DossierRead

RECENT = 8
Told = tuple[dt.datetime, str]


@dataclass(frozen=True)
class ShownPaper:
    """A paper under the name of its kind."""

    title: str
    row: PaperRow


@dataclass(frozen=True)
class ShownCase:
    """A case for the person signed in; the newest forms and events come first."""

    page: CasePage
    may_stop: bool
    my_tasks: tuple[TaskRow, ...]
    forms: tuple[ReadForm, ...]
    papers: tuple[ShownPaper, ...]
    history: tuple[Told, ...]

    @property
    def recent(self) -> tuple[Told, ...]:
        return self.history[:RECENT]

    @property
    def older(self) -> tuple[Told, ...]:
        return self.history[RECENT:]


def shown_case(code: str, process: str) -> ShownCase:
    """The case of this code and process, or 404; that an auditor reads it is noted."""
    page = case_page(db.session(), standing(), code, process) or abort(404)
    if standing().holds("auditor"):
        actor, now = actor_and_now()
        record_access(DossierRead(case=code), actor=actor, now=now)
    return ShownCase(
        page=page,
        may_stop=may_stop(standing(), page.case),
        my_tasks=tuple(task for task in page.open_tasks if task.mine and page.case.state == "active"),
        forms=tuple(reversed(read_forms(page.entries, page.texts, page.papers))),
        papers=tuple(ShownPaper(_title(page, paper), paper) for paper in reversed(page.papers)),
        history=tuple((line.event.at, sentence(line)) for line in reversed(page.history)),
    )


def _title(page: CasePage, paper: PaperRow) -> str:
    """What a paper is called: by the type drawn, else by the kind it was handed in as."""
    drawn = document_types().get(paper.kind) if paper.document else None
    return content(drawn.title if drawn else page.names.papers.get(paper.kind, paper.filename))
