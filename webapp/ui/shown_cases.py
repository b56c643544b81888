"""A case as its page draws it: whose turn it is, what may be done, forms, papers by kind, history in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.operations.interventions import may_freeze, may_stop
from webapp.queries.case_page import CasePage, TaskRow, case_page
from webapp.queries.declared_papers import declared
from webapp.queries.entries import Entry
from webapp.queries.papers import PaperRow
from webapp.queries.rule_names import RuleNames
from webapp.ui.access import standing
from webapp.ui.case_states import Status, case_status
from webapp.ui.entries import ReadForm, ShownDraft, read_forms, titled_drafts, titled_papers
from webapp.ui.inspections import note_inspection
from webapp.ui.told import told

Told = tuple[dt.datetime, str]
PaperGroup = tuple[str, tuple[tuple[PaperRow, str], ...]]
"""What some papers are for; each paper and what it is called."""

GROUPS: dict[str, LazyString] = {
    "dossier": _l("Papers of the dossier"),
    "process": _l("Minutes and records"),
    "batch": _l("Submission papers"),
    "drawn": _l("Drawn up by the system"),
}
RECENT = 8


@dataclass(frozen=True)
class ShownCase:
    """What the pages of all cases share.

    ``acts`` are stop, freeze or resume, as far as the reader may; ``drafts`` documents to be looked at.
    """

    page: CasePage
    status: Status
    my_tasks: tuple[TaskRow, ...]
    acts: tuple[str, ...]
    forms: tuple[ReadForm, ...]
    papers: tuple[PaperGroup, ...]
    drafts: tuple[ShownDraft, ...]
    history: tuple[Told, ...]

    @property
    def recent(self) -> tuple[Told, ...]:
        return self.history[:RECENT]

    @property
    def older(self) -> tuple[Told, ...]:
        return self.history[RECENT:]


def shown_case(code: str, *processes: str) -> ShownCase:
    """The case of this code and process, or 404; that an auditor reads it is noted."""
    page = case_page(db.session(), standing(), code, *processes) or abort(404)
    note_inspection(code)
    case, current = page.case, page.current
    return ShownCase(
        page=page,
        status=case_status(
            case.process, case.state, case.stage, case.outcome, current.element if current else None
        ),
        my_tasks=tuple(task for task in page.open_tasks if task.mine and case.state == "active"),
        acts=_acts(page),
        forms=tuple(reversed(read_forms(page.entries, page.texts, page.papers))),
        papers=grouped_papers(page.papers, page.names, page.entries),
        drafts=titled_drafts(case.state, page.entries, page.papers),
        history=told(page.history),
    )


def _acts(page: CasePage) -> tuple[str, ...]:
    case = page.case
    acts = []
    if may_freeze(standing(), case):
        acts.append("resume" if case.state == "frozen" else "freeze")
    if may_stop(standing(), case):
        acts.append("stop")
    return tuple(acts)


def grouped_papers(
    papers: Iterable[PaperRow], names: RuleNames, entries: Iterable[Entry]
) -> tuple[PaperGroup, ...]:
    """Papers by what they are for; minutes of a meeting, and what the rules do not know, are records."""
    by_group: dict[str, list[tuple[PaperRow, str]]] = {}
    known = tuple(entries)
    listed = declared(entry.data for entry in known)
    for paper, title in titled_papers(papers, names, known):
        kind = listed.get(paper.public_id, paper.kind)
        stage = "drawn" if paper.document else names.paper_stages.get(kind, "process")
        by_group.setdefault(stage if stage in GROUPS else "process", []).append((paper, title))
    return tuple((str(name), tuple(by_group[group])) for group, name in GROUPS.items() if group in by_group)
