"""Random walks through the diagrams: from any point of a scenario on, what the scenario files know to be possible, in
any order and at any time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from tests.workflows.scenarios import SCENARIOS, Done, acted, deployment_of
from workflows.bulk import IN_BULK
from workflows.engine import advance, task_timers
from workflows.values import Input, InputKind, Step, WorkflowFault

PROCESSES = sorted({scenario.process for scenario in SCENARIOS})
CLOCKS = sorted({clock for scenario in SCENARIOS for clock in scenario.clocks})
ON = 25
"""So many inputs a walk goes on from where it began."""

Said = tuple[InputKind, str | None, Mapping[str, Any]]
"""Kind, target and data of an input."""


@dataclass(frozen=True)
class Known:
    """What the scenarios bring: how each process was ``acted``, to complete each (process, element), with each message.

    They take every decision that a form offers, and nothing else of a form reaches the engine.
    """

    acted: Mapping[str, list[list[Done]]]
    answers: Mapping[tuple[str, str], list[Mapping[str, Any]]]
    messages: Mapping[str, list[Mapping[str, Any]]]


def known() -> Known:
    """Gathered from all scenarios by acting them."""
    passed, answers, messages = defaultdict(list), defaultdict(list), defaultdict(list)
    for scenario in SCENARIOS:
        passed[scenario.process].append(acted(scenario))
        for done in passed[scenario.process][-1]:
            given = done.given
            if given.kind == "complete":
                first = done.step.moves[0]
                answers[first.process, first.element].append(given.data)
            elif given.kind == "deliver":
                messages[given.target].append(given.data)
    return Known(passed, answers, messages)


def walk(process: str, chance: Random, facts: Known) -> list[Done]:
    """Inputs that the engine took, one after the other, until the case ends or the walk is long enough.

    What the engine refuses has not happened; then something else is tried.
    """
    deployment, refused = deployment_of(process), 0
    passed = chance.choice(facts.acted[process])
    done = passed[: chance.randint(1, len(passed))]
    longest = len(done) + ON
    while len(done) < longest and refused < ON and not done[-1].step.ended:
        before, at = done[-1].step, done[-1].given.at
        kind, target, data = _next(chance, facts, before, deployment)
        later = at + dt.timedelta(hours=chance.choice((0, 1, 30, 200)))
        if kind == "fire" and before.next_due:
            later = max(at, before.next_due + dt.timedelta(hours=chance.choice((-1, 0, 5))))
        case, clocks = done[0].given.case, _clocks(chance, later)
        given = Input(kind, case, len(done) + 1, later, target, data, clocks)
        try:
            step = advance(deployment, before.snapshot, given)
        except WorkflowFault:
            refused += 1
            continue
        done.append(Done({}, replace(given, clocks=step.clocks), step))
    return done


def _clocks(chance: Random, at: dt.datetime) -> dict[str, str]:
    return {clock: (at + dt.timedelta(days=chance.choice((0, 1, 7, 20)))).isoformat() for clock in CLOCKS}


def _next(chance: Random, facts: Known, before: Step, deployment: Any) -> Said:
    """Something that may happen to a case as it stands; most often a task is completed.

    A message seldom comes where there is something to do, for many of them end the case.
    """
    ways: list[Callable[[], Said]] = [lambda: ("shift", None, {"seconds": 86_400})]
    ways += [lambda: ("fire", None, {})] * (4 if before.next_due else 1)
    if before.open_tasks:
        ways += [lambda: _complete(chance, facts, before)] * 10
        ways += [lambda: _move(chance, before, deployment)]
    if before.waiting_for:
        ways += [lambda: _deliver(chance, facts, before)] * (1 if before.open_tasks else 10)
    return chance.choice(ways)()


def _complete(chance: Random, facts: Known, before: Step) -> Said:
    task = chance.choice(before.open_tasks)
    data = dict(chance.choice(facts.answers[task.process, task.element]))
    return "complete", task.id, data | ({IN_BULK: True} if chance.randrange(3) == 0 else {})


def _deliver(chance: Random, facts: Known, before: Step) -> Said:
    message = chance.choice(before.waiting_for)
    return "deliver", message, chance.choice(facts.messages[message] or [{}])


def _move(chance: Random, before: Step, deployment: Any) -> Said:
    """The deadline of one task goes to another day."""
    task = chance.choice(before.open_tasks).id
    instants = task_timers(deployment, before.snapshot, task).instants
    days = dt.timedelta(days=chance.choice((1, 10)))
    moved = {each: (dt.datetime.fromisoformat(each) + days).isoformat() for each in instants}
    return "shift", task, {"instants": moved}


def walks(seeds: range, facts: Known) -> Iterator[tuple[str, list[Done]]]:
    """A walk through every process for each seed."""
    for process in PROCESSES:
        for seed in seeds:
            yield process, walk(process, Random(f"{process}{seed}"), facts)
