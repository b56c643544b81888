"""Take, give back, draft and complete user tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, select

from webapp.extensions import db
from webapp.models import Campaign, FormDraft, FormEntry, Person, Task
from webapp.operations import hooks, steps
from webapp.operations.acting import Actor, Now
from webapp.operations.form_papers import bind_papers
from webapp.operations.notices import settle_notices
from webapp.operations.refusals import AlreadyDone, InvalidForm, Refused
from webapp.operations.signatures import signature_faults
from webapp.operations.stand_ins import act_in_name, hold_task, let_go
from webapp.operations.transaction import Transaction, write
from webapp.queries.choices import Context, choices_for
from webapp.queries.task_forms import task_schema
from workflows import forms
from workflows.bulk import IN_BULK
from workflows.events import TaskCompleted, TaskGivenBack, TaskTaken
from workflows.record import digest

SHARED = {"ready_nominations", "council_nominations", "passed_nominations", "unlisted_registrations"}
"""Sources of choices of which one case only may have each: they are judged by one transaction at a time."""

_KIND = select(Task.process, Task.element).where(Task.public_id == bindparam("task"))
_DROP_DRAFTS = delete(FormDraft).where(FormDraft.task_id == bindparam("task"))


@dataclass(frozen=True)
class Completed:
    """What completing did: the case goes on, or has ended with an outcome. ``told`` is for the actor's eyes only.

    ``undo_until``: the case waits that long for the decision to be undone.
    """

    task: str
    case: str
    outcome: str | None
    told: Mapping[str, str] = field(default_factory=dict)
    undo_until: dt.datetime | None = None


def take_task(task_id: str, *, actor: Actor, now: Now) -> None:
    """Take an open task from the common list; taking what one holds already does nothing."""
    with write(actor, now) as transaction:
        task = actable_task(transaction, task_id)
        if task.holder_id == actor.person_id:
            return
        hold_task(transaction, task)
        transaction.log_case(task.case, TaskTaken(task=task.public_id, element=task.element))


def give_back_task(task_id: str, *, actor: Actor, now: Now) -> None:
    """Put a taken task back on the common list; what was typed stays as the person's draft."""
    with write(actor, now) as transaction:
        task = actable_task(transaction, task_id, judged=False)
        if task.holder_id is None:
            return
        let_go(task)
        transaction.log_case(task.case, TaskGivenBack(task=task.public_id, element=task.element))


def save_draft(task_id: str, data: Mapping[str, Any], *, actor: Actor, now: Now) -> None:
    """Keep what was typed so far; nothing is judged. Secrets are never kept."""
    with write(actor, now) as transaction:
        task = actable_task(transaction, task_id)
        schema = task_schema(transaction.session, task)
        draft = transaction.session.scalar(
            select(FormDraft).where(FormDraft.task_id == task.id, FormDraft.person_id == actor.person_id)
        )
        nothing = schema.get("x-confidential") in ("ballot", True)  # ``true`` on older deployments
        kept = {} if nothing else forms.without_secrets(schema, data)
        if draft is None:
            transaction.session.add(
                FormDraft(task_id=task.id, person_id=actor.person_id, data=kept, saved_at=now.wall)
            )
        else:
            draft.data, draft.saved_at = kept, now.wall


def complete_task(task_id: str, data: Mapping[str, Any], *, actor: Actor, now: Now) -> Completed:
    """Complete an open task with a form.

    One transaction: the entry, the engine's step, new and lapsed tasks, effects, the event. Raises InvalidForm with
    the faults; AlreadyDone when somebody or something was faster; Forbidden, HeldByOther, CaseFrozen, CaseEnded.
    """
    ready = readied(task_id, data, actor=actor, now=now)
    with write(actor, now) as transaction:
        return complete_in(transaction, actable_task(transaction, task_id), data, ready=ready)


def readied(task_id: str, data: Mapping[str, Any], *, actor: Actor, now: Now) -> Any:
    """The slow work that completing a task asks for, done before its transaction; None for most.

    None as well where the task or the form will be refused: completing says why. Raises InvalidForm.
    """
    session = db.session()
    found = session.execute(_KIND, {"task": task_id}).one_or_none()
    if found is None or not hooks.readying_hook(*found, data):
        return None
    try:
        with write(actor, now) as transaction:
            task = actable_task(transaction, task_id)  # nobody else tries a key
            schema, checked = _checked(transaction, task, data)
    except Refused:
        return None
    try:
        hook = hooks.readying_hook(task.process, task.element, checked)
        return hook and hook(hooks.Readying(session, task, checked, actor, now))
    except InvalidForm as refusal:
        raise InvalidForm(refusal.faults, schema) from refusal


def complete_in(
    transaction: Transaction,
    task: Task,
    data: Mapping[str, Any],
    *,
    in_bulk: bool = False,
    ready: Any = None,
) -> Completed:
    """Complete a locked task within a transaction that is already open; ``in_bulk``: as one of many.

    ``ready``: what was made before it, see `readied`.
    """
    schema, data = _checked(transaction, task, data)
    kept = _kept(schema, data)
    entry = _enter(transaction, task, kept)
    told: dict[str, str] = {}
    facts = _facts(schema, hooks.Completing(transaction, task.case, task, data, entry, told, ready))
    outcome = {**forms.outcome_of(schema, data), **facts, **({IN_BULK: True} if in_bulk else {})}
    given, step = steps.advance(transaction, task.case, "complete", target=task.public_id, data=outcome)
    decision = outcome.get("decision")
    steps.close(task, "done", transaction.now.at, transaction.actor.person_id, decision)
    task.principal_id = transaction.principal_id
    settle_notices(transaction, task)
    papers = bind_papers(transaction, entry, schema, kept)
    happening = TaskCompleted(
        task=task.public_id,
        process=task.process,
        element=task.element,
        round=task.round,
        decision=decision,
        papers=sorted(paper.sha256 for paper in papers),
        moves=steps.moves_of(step),
    )
    steps.log_step(transaction, task.case, happening, given, step, private=kept)
    return Completed(task.public_id, task.case.code, step.outcome, told, steps.undo_until(step))


def _checked(
    transaction: Transaction, task: Task, data: Mapping[str, Any]
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The form of a locked task and what of the data belongs to it. Raises InvalidForm."""
    session = transaction.session
    schema = task_schema(session, task)
    if SHARED & forms.sources_of(schema):
        transaction.hold(Campaign, task.case.campaign_id)
    person = session.get_one(Person, transaction.actor.person_id)
    context = Context(case=task.case, task=task, person_id=person.id)
    offered = forms.with_choices(schema, choices_for(session, schema, context))
    data = forms.relevant(offered, data)
    if faults := forms.validate(offered, data, transaction.day) or signature_faults(person, schema, data):
        raise InvalidForm(faults, schema)
    return schema, data


def actable_task(transaction: Transaction, task_id: str, *, judged: bool = True) -> Task:
    """The task, locked, when the actor may act on it now; what follows is logged in the name of whom they act for.

    Raises NotFound, AlreadyDone, HeldByOther, CaseFrozen, and where it is ``judged`` NotNow for a conflict of interest.
    """
    task = transaction.lock_task(task_id)
    act_in_name(transaction, task, judged=judged)
    if task.status != "open":
        by = task.closed_by
        own = by is not None and by.id == transaction.actor.person_id
        raise AlreadyDone(by.name if by else None, task.closed_at, own=own)
    steps.refuse_unless_active(task.case)
    return task


def _enter(transaction: Transaction, task: Task, kept: Mapping[str, Any]) -> FormEntry:
    assert transaction.actor.person_id is not None
    entry = FormEntry(
        case_id=task.case_id,
        task_id=task.id,
        form=f"{task.process}/{task.element}",
        data=kept,
        digest=digest(kept),
        person_id=transaction.actor.person_id,
        submitted_at=transaction.now.at,
    )
    transaction.session.add(entry)
    transaction.session.execute(_DROP_DRAFTS, {"task": task.id})
    transaction.session.flush()
    return entry


def _kept(schema: Mapping[str, Any], data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What of a form is stored: no secrets, and nothing at all of a confidential one."""
    return {} if schema.get("x-confidential") else forms.without_secrets(schema, data)


def _facts(schema: Mapping[str, Any], completing: hooks.Completing) -> hooks.Facts:
    at = completing.task.process, completing.task.element
    completes, keeps = hooks.completing_hook(*at), hooks.keeping_hook(*at)
    try:
        facts = (completes(completing) if completes else None) or {}
        if keeps:
            keeps(completing)
        return facts
    except InvalidForm as refusal:  # the hook knows the fault, not how the form calls the field
        raise InvalidForm(refusal.faults, schema) from refusal
