"""Random walks through every diagram: whatever happened is reproduced, step by step, here and in another process."""

import dataclasses
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.scenarios import deployment_of, recorded
from tests.workflows.walks import PROCESSES, Known, known, walk, walks
from workflows.engine import read_drawing, state_of
from workflows.record import digest
from workflows.replay import replay
from workflows.rerun import case_line, deployment_line
from workflows.shipped import shipped_deployments

ROOT = Path(__file__).parents[2]
FEW = max(2, settings.default.max_examples // 10)


@pytest.fixture(scope="module")
def facts() -> Known:
    return known()


@pytest.mark.parametrize("process", PROCESSES)
@settings(max_examples=FEW)
@given(chance=st.randoms(use_true_random=False))
def test_a_walk_replays_exactly(process: str, facts: Known, chance: Random) -> None:
    done = walk(process, chance, facts)
    deployment = deployment_of(process)
    report = replay({deployment.digest: deployment}.__getitem__, recorded(done, deployment))
    assert (report.reproduced, report.difference) == (len(done), None)
    for again, first in zip(report.steps, done, strict=True):
        assert (again.moves, again.open_tasks, again.places) == (
            first.step.moves,
            first.step.open_tasks,
            first.step.places,
        )
        assert digest(state_of(deployment, first.step.snapshot)) == first.step.state_hash


def test_walks_replay_in_another_process(facts: Known) -> None:
    """With another hash seed and another time zone, from the JSON that the log would hold."""
    lines, lengths = [], {}
    for number, (process, done) in enumerate(walks(range(2), facts)):
        deployment = deployment_of(process)
        steps = [dataclasses.replace(step, case=done[0].given.case) for step in recorded(done, deployment)]
        if number % 2 == 0:
            lines.append(deployment_line(deployment))
        lines.append(case_line(done[0].given.case, steps))
        lengths[len(lengths)] = len(done)
    asked = subprocess.run(
        [sys.executable, "-m", "workflows.rerun"],
        input="".join(json.dumps(line) + "\n" for line in lines),
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "41", "TZ": "Asia/Kathmandu"},
        capture_output=True,
        text=True,
        check=True,
    )
    _engine, *answered = map(json.loads, asked.stdout.splitlines())
    assert [(each["reproduced"], each["number"]) for each in answered] == [
        (length, None) for length in lengths.values()
    ]


def test_walks_go_through_every_diagram(facts: Known) -> None:
    """They do all that can be done to a case, come through most of each diagram, and by nearly every timer and message.

    Called procedures are gone through as those of a case, too, not only as cases of their own.
    """
    kinds: Counter[str] = Counter()
    passed: set[tuple[str, str]] = set()
    called: set[str] = set()
    for process, done in walks(range(30), facts):
        kinds.update(each.given.kind for each in done)
        moves = {(move.process, move.element) for each in done for move in each.step.moves}
        passed |= moves
        called |= {of for of, _element in moves if of != process}
    assert set(kinds) == {"open", "complete", "fire", "deliver", "shift"}
    drawn = {
        process.id: process
        for deployment in shipped_deployments().values()
        for process in read_drawing(deployment).processes.values()
    }
    assert called == drawn.keys() - shipped_deployments().keys()
    share = {
        process.id: len([each for each in process.elements if (process.id, each) in passed])
        / len(process.elements)
        for process in drawn.values()
    }
    assert {process for process, passed_by in share.items() if passed_by < 0.75} == set()
    events = {
        (process.id, element.id)
        for process in drawn.values()
        for element in process.elements.values()
        if element.type in ("boundaryEvent", "intermediateCatchEvent")
    }
    assert len(events - passed) <= 2, sorted(events - passed)
