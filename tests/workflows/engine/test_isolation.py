"""Cases side by side: threads share parsed diagrams and nothing else, and a state travels between processes."""

import base64
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from tests.workflows.engine.acting import DAY, NOW, Case, nomination
from workflows.engine.spec import spec_of

ROOT = Path(__file__).parents[3]


def acted(number: int, barrier: Barrier | None = None) -> list[tuple[str, bytes, list[tuple[str, str]]]]:
    """A nomination through the opinions of three bodies; ``number`` gives it its code and its own time."""
    case = nomination(opinion_bodies=["u1", "u2", "u3"])
    case.code, case.now = f"HS-2019-{number:04d}", NOW + number * DAY
    steps = []
    moves = [
        lambda: case.complete("prepare_dossier"),
        lambda: case.decide("appraise", "ask_opinions"),
        lambda: case.complete("give_opinion", unit="u2"),
        lambda: case.fire(number + 8),
        lambda: case.decide("appraise", "eligible"),
        lambda: case.decide("review_appraisal", "approve"),
        lambda: case.deliver("council_result", result="passed"),
        lambda: case.deliver("decision_result", issued=True),
    ]
    for move in moves:
        if barrier is not None:
            barrier.wait(timeout=30)
        step = move()
        dues = [(task.id, str(task.due)) for task in step.open_tasks]
        steps.append((step.state_hash, step.snapshot, dues))
    assert case.step.outcome == "awarded"
    return steps


def test_threads_do_not_mix_clocks_or_ids() -> None:
    alone = [acted(number) for number in range(4)]
    spec_of.cache_clear()
    barrier = Barrier(4)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda number: acted(number, barrier), range(4)))
    assert together == alone


def test_ids_of_cases_and_of_steps_are_all_different() -> None:
    seen = [identity for number in range(3) for step in acted(number) for identity, _due in step[2]]
    again = [identity for step in acted(0) for identity, _due in step[2]]
    assert len(set(again)) < len(again), "an id stays while its task is open"
    assert len(set(seen)) == 3 * len(set(again))


CONTINUE = """
import base64, json, sys
from tests.workflows.engine.acting import Case, nomination
told = json.load(sys.stdin)
case = nomination()
case.snapshot, case.inputs = base64.b64decode(told["snapshot"]), told["inputs"]
case.advance("shift", None, {"seconds": 0})
for unit in told["units"]:
    case.complete("give_opinion", unit=unit)
sys.stdout.write(json.dumps([case.open(), case.step.state_hash]))
"""


def elsewhere(case: Case, units: list[str]) -> list[object]:
    told = {
        "snapshot": base64.b64encode(case.snapshot or b"").decode(),
        "inputs": case.inputs,
        "units": units,
    }
    run = subprocess.run(
        [sys.executable, "-c", CONTINUE],
        cwd=ROOT,
        env=dict(os.environ),
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(run.stdout))


def test_a_multi_instance_ends_in_a_process_that_has_just_started() -> None:
    """The library connects instances to their loop when it creates them; a fresh process has created none."""
    case = nomination()
    case.complete("prepare_dossier")
    case.decide("appraise", "ask_opinions")
    opened, state = elsewhere(case, ["u2", "u1"])
    case.shift(0)
    case.complete("give_opinion", unit="u2")
    case.complete("give_opinion", unit="u1")
    assert (opened, state) == (["appraise"], case.step.state_hash)
