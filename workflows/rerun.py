"""Runs recorded cases again as a process of its own, so that another environment's engine can be asked.

`python -m workflows.rerun` reads JSON lines: a deployment before the first case that runs on it, and cases. It answers
with the version of its engine, and with a line for each case: the first step whose state is another, and that state.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workflows.engine import ENGINE_VERSION
from workflows.replay import RecordedStep, replay, state_after
from workflows.values import Deployment

Line = Mapping[str, Any]


def deployment_line(deployment: Deployment) -> Line:
    """A deployment as it is sent: its diagrams, tables and forms are texts."""
    files = {path: content.decode() for path, content in deployment.files.items()}
    return {"deployment": deployment.process, "files": files}


def case_line(code: str, steps: Iterable[RecordedStep]) -> Line:
    """A case as it is sent."""
    return {
        "case": code,
        "steps": [
            {
                "number": step.number,
                "at": step.at.isoformat(),
                "input": step.input,
                "deployment": step.deployment,
                "state_hash": step.state_hash,
            }
            for step in steps
        ],
    }


def answers(lines: Iterable[str]) -> Iterator[Line]:
    """What is answered to some lines: first of all the engine's version."""
    yield {"engine": ENGINE_VERSION}
    known: dict[str, Deployment] = {}
    for line in map(json.loads, lines):
        if "deployment" in line:
            files = {path: text.encode() for path, text in line["files"].items()}
            sent = Deployment(line["deployment"], files)
            known[sent.digest] = sent
        else:
            yield _judged(known, line)


def _judged(known: Mapping[str, Deployment], line: Line) -> Line:
    steps = [
        RecordedStep(case=line["case"], **(step | {"at": dt.datetime.fromisoformat(step["at"])}))
        for step in line["steps"]
    ]
    report = replay(known.__getitem__, steps)
    found = report.difference
    return {
        "case": line["case"],
        "reproduced": report.reproduced,
        "total": report.total,
        "number": found.number if found else None,
        "got": found.got if found else None,
        "state": state_after(known.__getitem__, steps, found.number) if found else None,
    }


if __name__ == "__main__":
    for answer in answers(sys.stdin):
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
