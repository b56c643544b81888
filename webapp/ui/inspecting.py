"""What inspections say about a case, on its pages and beside the steps of its replay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask

from webapp.extensions import db
from webapp.models import Inspection
from webapp.queries import inspection_findings
from webapp.queries.inspection_findings import FindingRow
from webapp.queries.inspections import NoteRow, covering, notes_of
from webapp.queries.replay_page import Walk
from webapp.queries.replay_steps import WalkStep
from webapp.queries.standing import ANSWERING, INSPECTING
from webapp.ui.access import standing
from webapp.ui.inspection_words import FINDING_STATES, RESULTS, SEVERITIES, STATUS_KINDS


@dataclass(frozen=True)
class StepMarks:
    """Beside a step: what was found and noted there, elsewhere in the case, and where the reader may write."""

    inspections: tuple[Inspection, ...]
    findings: tuple[FindingRow, ...]
    notes: tuple[NoteRow, ...]
    elsewhere: tuple[FindingRow, ...]


def init_app(app: Flask) -> None:
    """Give templates `findings_about`, `step_marks` and the words for them."""
    app.jinja_env.globals.update(findings_about=findings_about, step_marks=step_marks, finding_words=WORDS)


WORDS: Mapping[str, Mapping[str, object]] = {
    "severities": SEVERITIES,
    "states": FINDING_STATES,
    "kinds": STATUS_KINDS,
    "results": RESULTS,
}


def findings_about(code: str) -> tuple[FindingRow, ...]:
    """Findings about a case, for those at its organiser who answer for it and for who inspects."""
    if not standing().holds(*ANSWERING, *INSPECTING):
        return ()
    return inspection_findings.findings_about(db.session(), standing(), code)


def step_marks(walk: Walk, step: WalkStep) -> StepMarks:
    """What inspections say about a step: about its event, or what was done beside the diagram after it."""
    following = walk.steps[step.number] if step.number < len(walk.steps) else None
    before = following.line.event.number if following else None

    def here(event: int) -> bool:
        return step.line.event.number <= event and (before is None or event < before)

    session, reader = db.session(), standing()
    own = covering(session, reader, walk.case)
    found = findings_about(walk.case.code)
    noted = notes_of(session, [row.id for row in own], walk.case.id) if own else ()
    return StepMarks(
        inspections=own,
        findings=tuple(row for row in found if here(row.event)),
        notes=tuple(row for row in noted if here(row.event)),
        elsewhere=tuple(row for row in found if not here(row.event)),
    )
