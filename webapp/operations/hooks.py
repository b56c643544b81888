"""What procedures add to the generic engine: at completing a task, at carrying out an effect, at a case's end.

Most steps need nothing here: draw the task, add its form. A hook exists where our tables take part.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Case, FormEntry, OutboxItem, Task
from webapp.operations.acting import Actor, Now
from webapp.operations.transaction import Transaction

Facts = Mapping[str, Any]
"""Small values that enter the engine with the form's outcome and are recorded with it."""


@dataclass(frozen=True)
class Completing:
    """A task about to be completed, with the form as validated.

    ``told`` is what only the person who acts is told, once: it is neither stored nor logged. ``ready`` is what was made
    before the transaction, by a hook for it.
    """

    transaction: Transaction
    case: Case
    task: Task
    form: Mapping[str, Any]
    entry: FormEntry
    told: dict[str, str] = field(default_factory=dict)
    ready: Any = None


@dataclass(frozen=True)
class Readying:
    """A form that is valid, before the transaction that completes its task."""

    session: Session
    task: Task
    form: Mapping[str, Any]
    actor: Actor
    now: Now


@dataclass(frozen=True)
class Carrying:
    """An effect about to be carried out, in a transaction of its own; ``prepared`` is what was made before it."""

    transaction: Transaction
    case: Case
    item: OutboxItem
    prepared: Any = None

    @property
    def params(self) -> Mapping[str, Any]:
        params: Mapping[str, Any] = self.item.payload["params"]
        return params

    @property
    def data(self) -> Mapping[str, Any]:
        data: Mapping[str, Any] = self.item.payload["data"]
        return data


OpeningHook = Callable[[Any], Case]
CompletingHook = Callable[[Completing], Facts | None]
ReadyingHook = Callable[[Readying], Any]
KeepingHook = Callable[[Completing], None]
Wanted = Callable[[Mapping[str, Any]], bool]
CarryingHook = Callable[[Carrying], Mapping[str, Any] | None]
PreparingHook = Callable[[Session, Case, Mapping[str, Any]], Any]
EndedHook = Callable[[Transaction, Case], None]
StoppedHook = Callable[[Transaction, Case, str], None]
ResumedHook = Callable[[Transaction, Case, dt.timedelta], None]

_opening: dict[str, OpeningHook] = {}
_completing: dict[tuple[str, str], CompletingHook] = {}
_readying: dict[tuple[str, str], tuple[Wanted, ReadyingHook]] = {}
_keeping: dict[tuple[str, str], KeepingHook] = {}
_carrying: dict[str, CarryingHook] = {}
_quiet: set[str] = set()
_preparing: dict[str, PreparingHook] = {}
_ended: dict[str, EndedHook] = {}
_stopped: dict[str, StoppedHook] = {}
_resumed: dict[str, ResumedHook] = {}


def opening(process: str) -> Callable[[OpeningHook], OpeningHook]:
    """Register what opens a case of a process from its start form (a ``starts.Start``)."""

    def register(hook: OpeningHook) -> OpeningHook:
        _opening[process] = hook
        return hook

    return register


def completing(process: str, element: str) -> Callable[[CompletingHook], CompletingHook]:
    """Register the hook of a user task; it may raise a refusal, and returns facts for the engine."""

    def register(hook: CompletingHook) -> CompletingHook:
        _completing[(process, element)] = hook
        return hook

    return register


def readying(process: str, element: str, wanted: Wanted) -> Callable[[ReadyingHook], ReadyingHook]:
    """Register slow work of a user task (a paper is signed), done before the transaction takes its lock.

    It only reads, may raise InvalidForm, and is done for the forms that are ``wanted``.
    """

    def register(hook: ReadyingHook) -> ReadyingHook:
        _readying[(process, element)] = wanted, hook
        return hook

    return register


def keeping(process: str, element: str) -> Callable[[KeepingHook], KeepingHook]:
    """Register what keeps what was made ready, behind the completing hook: it refuses what does not fit any more."""

    def register(hook: KeepingHook) -> KeepingHook:
        _keeping[(process, element)] = hook
        return hook

    return register


def carrying(effect: str, *, quiet: bool = False) -> Callable[[CarryingHook], CarryingHook]:
    """Register what an effect does; it returns what the log keeps of the result.

    A quiet one is asked for by operations, never by a diagram, and the log keeps only that it failed.
    """

    def register(hook: CarryingHook) -> CarryingHook:
        _carrying[effect] = hook
        if quiet:
            _quiet.add(effect)
        return hook

    return register


def preparing(effect: str) -> Callable[[PreparingHook], PreparingHook]:
    """Register slow work that only reads (a paper is drawn); it is done before the transaction takes its lock."""

    def register(hook: PreparingHook) -> PreparingHook:
        _preparing[effect] = hook
        return hook

    return register


def ended(process: str) -> Callable[[EndedHook], EndedHook]:
    """Register what happens to our tables when a case of a process has ended."""

    def register(hook: EndedHook) -> EndedHook:
        _ended[process] = hook
        return hook

    return register


def stopped(process: str) -> Callable[[StoppedHook], StoppedHook]:
    """Register what happens when somebody has withdrawn or ended a case of a process, for the reason given."""

    def register(hook: StoppedHook) -> StoppedHook:
        _stopped[process] = hook
        return hook

    return register


def resumed(process: str) -> Callable[[ResumedHook], ResumedHook]:
    """Register what happens to dates in our tables when a case of a process goes on after a pause."""

    def register(hook: ResumedHook) -> ResumedHook:
        _resumed[process] = hook
        return hook

    return register


def opening_hook(process: str) -> OpeningHook:
    """The hook that opens a case of a process."""
    return _opening[process]


def completing_hook(process: str, element: str) -> CompletingHook | None:
    """The hook of a user task, if it has one."""
    return _completing.get((process, element))


def readying_hook(process: str, element: str, form: Mapping[str, Any]) -> ReadyingHook | None:
    """The slow work that a user task asks for with this form, if it does."""
    wanted, hook = _readying.get((process, element), (lambda _form: False, None))
    return hook if wanted(form) else None


def keeping_hook(process: str, element: str) -> KeepingHook | None:
    """What keeps what was made ready for a user task, if it has that."""
    return _keeping.get((process, element))


def carrying_hook(effect: str) -> CarryingHook:
    """The hook of an effect. Raises KeyError for an effect nobody carries out (refused at deployment)."""
    return _carrying[effect]


def preparing_hook(effect: str) -> PreparingHook | None:
    """The slow part of an effect, if it has one."""
    return _preparing.get(effect)


def ended_hook(process: str) -> EndedHook | None:
    """The hook for the end of a process, if it has one."""
    return _ended.get(process)


def stopped_hook(process: str) -> StoppedHook | None:
    """The hook for withdrawing or ending a case of a process, if it has one."""
    return _stopped.get(process)


def resumed_hook(process: str) -> ResumedHook | None:
    """The hook for going on after a pause, if the process has one."""
    return _resumed.get(process)


def is_quiet(effect: str) -> bool:
    """Whether the log keeps nothing of an effect that was carried out."""
    return effect in _quiet


def known_effects() -> frozenset[str]:
    """Effects a diagram may ask for."""
    return frozenset(_carrying) - _quiet
