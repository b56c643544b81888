"""A case step by step, as an auditor walks through it: who did what when, on which form, with which papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import Recorded, case_stream
from webapp.models import Case, FormEntry, Paper, Task
from webapp.queries.deployments import drawing, form_schema, load_deployment
from webapp.queries.form_texts import texts_for
from webapp.queries.history import Line, described
from webapp.queries.replay_clocks import Clocks, clocks_at
from webapp.queries.replay_steps import WalkStep, number_turns, steps_of
from webapp.queries.replay_versions import VersionsThen, versions_of
from webapp.queries.replays import Rerun, Verdict, verdict_of
from webapp.queries.roles_then import Held, roles_then
from webapp.queries.rules_then import RulesOfCase
from webapp.queries.standing import Standing, visible
from workflows.engine import Process
from workflows.forms import FormError, Schema
from workflows.values import local_day


@dataclass(frozen=True)
class PaperSeen:
    """A paper of a step. ``sha256`` is that of the log; ``erased``: the file is gone by law."""

    public_id: str
    name: str
    kind: str
    size: int
    sha256: str
    erased: bool = False


@dataclass(frozen=True)
class Walk:
    """A whole case, ready to be walked through.

    ``later`` is what was done after the last step, ``papers`` are all of the case by their public id, ``versions``
    those of diagram and rules by the number of the step, ``names`` the Vietnamese names of its processes.
    """

    case: Case
    steps: tuple[WalkStep, ...]
    later: tuple[Line, ...]
    papers: Mapping[str, PaperSeen]
    verdict: Verdict
    rerun: Rerun
    rules: RulesOfCase
    versions: Mapping[int, VersionsThen]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Seen:
    """The form of a step as it was seen: the schema as deployed, the texts of its choices, the values.

    ``earlier`` are the values of the same task a round before. ``erased``: the values are gone by law, their hash
    stays in the chain.
    """

    schema: Schema
    texts: Mapping[str, list[tuple[str, str]]]
    values: Mapping[str, Any]
    earlier: Mapping[str, Any] | None
    erased: bool


def case_for(session: Session, standing: Standing, code: str) -> Case | None:
    """The case of a code, when the person may know of it."""
    return session.scalar(select(Case).where(Case.code == code, visible(standing)))


def walk_of(session: Session, case: Case) -> Walk:
    """The whole walk through a case; a fixed number of statements, however many steps."""
    events = eventlog.read_stream(session, case_stream(case.code))
    verdict, rerun = verdict_of(session, case, events)
    steps, later = steps_of(session, described(session, events))
    number_turns(steps, rerun.trail)
    rules = RulesOfCase(session, case)
    return Walk(
        case=case,
        steps=tuple(steps),
        later=tuple(later),
        papers=_papers(session, case),
        verdict=verdict,
        rerun=rerun,
        rules=rules,
        versions=versions_of(session, case, rules, steps),
        names={process.id: process.name for process in drawn_processes(session, case)},
    )


def _papers(session: Session, case: Case) -> dict[str, PaperSeen]:
    rows = session.scalars(select(Paper).where(Paper.case_id == case.id).order_by(Paper.id))
    return {
        row.public_id: PaperSeen(
            row.public_id, row.filename, row.kind, row.size, row.sha256, row.erased_at is not None
        )
        for row in rows
    }


def since(walk: Walk, step: WalkStep) -> dt.timedelta | None:
    """How long after the step before."""
    if step.number == 1:
        return None
    return step.line.event.at - walk.steps[step.number - 2].line.event.at


def deadlines_at(session: Session, walk: Walk, step: WalkStep) -> Clocks:
    """The deadlines as of a step, from running the log again."""
    given = (step.input and step.input.input) or {}
    target = given.get("target") if given.get("kind") == "complete" else None
    return clocks_at(session, walk.case, walk.rules, walk.rerun.dues, step.inputs, target)


def roles_at(session: Session, step: WalkStep) -> dict[str, list[Held]]:
    """The roles that who acted in a step, and whom they acted for, held on that day; by public id."""
    event = step.line.event
    people = [person for person in (event.actor, event.principal) if person]
    return roles_then(session, people, local_day(event.at))


def seen_at(session: Session, walk: Walk, step: WalkStep) -> Seen | None:
    """The form of a step; None for one that nobody filled in."""
    event = step.line.event
    if event.type not in ("case_opened", "task_completed") or event.deployment is None:
        return None
    element = event.fields.get("element", "start")
    deployment = load_deployment(session, event.deployment)
    try:
        schema = form_schema(deployment, event.fields["process"], element)
    except FormError:  # a process that no person starts has no start form
        return None
    values = _values(session, walk.case, event)
    earlier = _round_before(session, walk, step)
    known = [(schema, each or {}) for each in (values, earlier)]
    return Seen(schema, texts_for(session, walk.case, known), values or {}, earlier, event.erased)


def _values(session: Session, case: Case, event: Recorded) -> Mapping[str, Any] | None:
    if isinstance(event.private, Mapping):
        return event.private
    if event.erased or event.type != "case_opened":
        return None
    query = select(FormEntry.data).where(FormEntry.case_id == case.id, FormEntry.task_id.is_(None))
    entered: Mapping[str, Any] | None = session.scalar(query)
    return entered


def _round_before(session: Session, walk: Walk, step: WalkStep) -> Mapping[str, Any] | None:
    """What was entered on the same task, for the same unit or member, the last time before."""
    event = step.line.event
    if event.type != "task_completed":
        return None
    tasks = select(Task.public_id, Task.items).where(
        Task.case_id == walk.case.id,
        Task.process == event.fields["process"],
        Task.element == event.fields["element"],
    )
    items: dict[str, Any] = dict(session.execute(tasks).all())
    same = {task for task, each in items.items() if each == items.get(event.fields["task"])}
    for earlier in reversed(walk.steps[: step.number - 1]):
        if earlier.line.event.fields.get("task") in same:
            private = earlier.line.event.private
            return private if isinstance(private, Mapping) else None
    return None


def papers_at(walk: Walk, step: WalkStep) -> tuple[PaperSeen, ...]:
    """The papers that were handed in with a step, by the digests of the log."""
    digests = step.line.event.fields.get("papers", [])
    found = {paper.sha256: paper for paper in walk.papers.values() if paper.sha256 in digests}
    lost = (PaperSeen("", "", "", 0, sha256) for sha256 in digests if sha256 not in found)
    return (*found.values(), *lost)


def drawn_processes(session: Session, case: Case) -> list[Process]:
    """The processes of a case: the root first, then those it calls in the order of the diagram."""
    processes = drawing(load_deployment(session, case.deployment_digest)).processes
    ordered: dict[str, Process] = {}
    waiting = [case.process]
    while waiting:
        process = processes[waiting.pop(0)]
        if process.id not in ordered:
            ordered[process.id] = process
            waiting += process.called
    return list(ordered.values())


def diagram_of(session: Session, case: Case, process: str) -> bytes | None:
    """The diagram of one process of a case, as deployed; None when the case has no such process."""
    deployment = load_deployment(session, case.deployment_digest)
    drawn = drawing(deployment).processes.get(process)
    return deployment.files[drawn.path] if drawn else None
