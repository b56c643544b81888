"""A case as its page draws it: steps, what may be done with it, forms, papers by kind, history in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import abort
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.operations.access import record_access
from webapp.operations.interventions import may_freeze, may_stop
from webapp.queries.case_page import CasePage, TaskRow, case_page
from webapp.queries.nominations import NominationPage, nomination_page
from webapp.queries.papers import PaperRow
from webapp.queries.registrations import RegistrationPage, registration_page
from webapp.queries.stages import element_stages
from webapp.queries.submissions import SubmissionPage, submission_page
from webapp.tracking.steps import Step, nomination_steps, opening_data, registration_steps
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.case_states import Status, case_status
from webapp.ui.entries import ReadForm, read_forms
from webapp.ui.sentences import sentence
from workflows.events import DossierRead

Told = tuple[dt.datetime, str]
GROUPS: dict[str, LazyString] = {
    "dossier": _l("Papers of the dossier"),
    "process": _l("Minutes and records"),
    "batch": _l("Submission papers"),
    "drawn": _l("Drawn up by the system"),
}
RECENT = 8


@dataclass(frozen=True)
class ShownCase:
    """What the pages of all cases share. ``acts`` are stop, freeze or resume, as far as the reader may."""

    page: CasePage
    status: Status
    my_tasks: tuple[TaskRow, ...]
    acts: tuple[str, ...]
    forms: tuple[ReadForm, ...]
    papers: tuple[tuple[str, tuple[PaperRow, ...]], ...]
    history: tuple[Told, ...]

    @property
    def recent(self) -> tuple[Told, ...]:
        return self.history[:RECENT]

    @property
    def older(self) -> tuple[Told, ...]:
        return self.history[RECENT:]


@dataclass(frozen=True)
class ShownNomination:
    """A nomination; ``way`` says its route in plain words."""

    case: ShownCase
    about: NominationPage
    steps: list[Step]
    way: str


@dataclass(frozen=True)
class ShownRegistration:
    """A registration."""

    case: ShownCase
    about: RegistrationPage
    steps: list[Step]


@dataclass(frozen=True)
class ShownSubmission:
    """A submission batch."""

    case: ShownCase
    about: SubmissionPage


def shown_nomination(code: str) -> ShownNomination:
    """The nomination of this code, or 404."""
    page = _page_or_404(code, "nomination")
    stages = element_stages(db.session(), page.case)
    return ShownNomination(
        case=_shown(page),
        about=nomination_page(db.session(), page.case.id),
        steps=nomination_steps(page, stages),
        way=_way(page),
    )


def shown_registration(code: str) -> ShownRegistration:
    """The registration of this code, or 404."""
    page = _page_or_404(code, "registration")
    stages = element_stages(db.session(), page.case)
    about = registration_page(db.session(), standing(), page.case.id)
    return ShownRegistration(_shown(page), about, registration_steps(page, stages))


def shown_submission(code: str) -> ShownSubmission:
    """The submission batch of this code, or 404."""
    page = _page_or_404(code, "submission")
    return ShownSubmission(_shown(page), submission_page(db.session(), page.case.id))


def _page_or_404(code: str, process: str) -> CasePage:
    """The page of a case; that an auditor reads it is noted."""
    page = case_page(db.session(), standing(), code, process) or abort(404)
    if standing().holds("auditor"):
        actor, now = actor_and_now()
        record_access(DossierRead(case=code), actor=actor, now=now)
    return page


def _shown(page: CasePage) -> ShownCase:
    case, current = page.case, page.current
    element = current.element if current else None
    return ShownCase(
        page=page,
        status=case_status(case.process, case.state, case.stage, case.outcome, element),
        my_tasks=tuple(task for task in page.open_tasks if task.mine),
        acts=_acts(page),
        forms=tuple(reversed(read_forms(page.entries, page.texts, page.papers))),
        papers=_grouped(page),
        history=tuple((line.event.at, sentence(line)) for line in reversed(page.history)),
    )


def _acts(page: CasePage) -> tuple[str, ...]:
    case = page.case
    acts = []
    if may_freeze(standing(), case):
        acts.append("resume" if case.state == "frozen" else "freeze")
    if may_stop(standing(), case):
        acts.append("stop")
    return tuple(acts)


def _grouped(page: CasePage) -> tuple[tuple[str, tuple[PaperRow, ...]], ...]:
    """Papers by what they are for; a kind the rules do not know counts as a record of the procedure."""
    by_group: dict[str, list[PaperRow]] = {}
    for paper in page.papers:
        stage = "drawn" if paper.document else page.names.paper_stages.get(paper.kind, "process")
        by_group.setdefault(stage, []).append(paper)
    return tuple((str(name), tuple(by_group[group])) for group, name in GROUPS.items() if group in by_group)


def _way(page: CasePage) -> str:
    """The route of a nomination in plain words."""
    given = opening_data(page.history)
    levels = _joined([LEVELS[level] for level in given.get("levels", ()) if level in LEVELS])
    match given.get("route"):
        case "commune":
            return _("Assessed in the unit first, then appraised at %(levels)s.", levels=levels)
        case "organiser":
            return _("Found by the organiser itself, appraised at %(levels)s.", levels=levels)
    return _("Submitted directly, appraised at %(levels)s.", levels=levels)


LEVELS: dict[str, LazyString] = {"district": _l("district level"), "province": _l("province level")}


def _joined(names: Iterable[LazyString] | Sequence[LazyString]) -> str:
    return _(" and ").join(str(name) for name in names)
