"""Cases run again in a process of their own: what is sent, and what is answered."""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.workflows.scenarios import SCENARIOS, deployment_of, recorded, run
from workflows.engine import ENGINE_VERSION, state_of
from workflows.record import digest
from workflows.rerun import answers, case_line, deployment_line

ROOT = Path(__file__).parents[2]
SCENARIO = next(scenario for scenario in SCENARIOS if scenario.name == "nomination/frozen_during_appraisal")
DEPLOYMENT = deployment_of(SCENARIO.process)
DONE = list(run(SCENARIO))
STEPS = recorded(DONE, DEPLOYMENT)


def lines(*cases):
    return [json.dumps(each) + "\n" for each in (deployment_line(DEPLOYMENT), *cases)]


def test_a_deployment_arrives_as_it_was():
    assert digest(json.loads(json.dumps(deployment_line(DEPLOYMENT)))) == digest(deployment_line(DEPLOYMENT))
    first, answer = answers(lines(case_line(STEPS[0].case, STEPS)))
    assert first == {"engine": ENGINE_VERSION}
    assert (answer["reproduced"], answer["total"], answer["number"]) == (len(STEPS), len(STEPS), None)


def test_the_first_step_that_differs_comes_with_its_state():
    forged = [dataclasses.replace(STEPS[3], state_hash="0" * 64)]
    _first, answer = answers(lines(case_line(STEPS[0].case, [*STEPS[:3], *forged, *STEPS[4:]])))
    assert (answer["number"], answer["got"]) == (4, STEPS[3].state_hash)
    assert digest(answer["state"]) == STEPS[3].state_hash
    assert answer["state"] == json.loads(json.dumps(state_of(DEPLOYMENT, DONE[3].step.snapshot)))


def test_another_process_with_another_hash_seed_and_zone_gives_the_same():
    asked = subprocess.run(
        [sys.executable, "-m", "workflows.rerun"],
        input="".join(lines(case_line(STEPS[0].case, STEPS))),
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "29", "TZ": "America/Lima"},
        capture_output=True,
        text=True,
        check=True,
    )
    _first, answer = map(json.loads, asked.stdout.splitlines())
    assert (answer["reproduced"], answer["number"]) == (len(STEPS), None)
