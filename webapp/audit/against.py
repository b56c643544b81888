"""Recorded cases run again by the engine of another environment: the gate before an upgrade."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import case_stream
from webapp.models import Case
from webapp.queries.deployments import load_deployment
from webapp.queries.replays import UnknownCase, recorded_steps
from workflows.differences import differing
from workflows.replay import RecordedStep, state_after
from workflows.rerun import Line, case_line, deployment_line

SOURCE = Path(__file__).parents[2]


class OtherEngineFailed(Exception):
    """The other environment did not answer; the text is what it said last."""


@dataclass(frozen=True)
class OtherVerdict:
    """What the other engine made of a case. ``step`` is the first that gave another state than recorded.

    ``keys``: what of that state differs from the one this engine gives, or why the input was refused; ``here``: this
    engine does not give the recorded state, either.
    """

    reproduced: int
    total: int
    step: int | None
    keys: tuple[str, ...]
    here: bool


class OtherEngine:
    """Processes of another environment's Python, each running one case at a time."""

    def __init__(self, python: Path, jobs: int) -> None:
        """Start the processes. Raises OtherEngineFailed."""
        self._processes = [_Rerunning(python) for _each in range(jobs)]
        versions = [str(each.answer()["engine"]) for each in self._processes]
        self.version = versions[0]

    def verdicts(self, session: Session, codes: Sequence[str]) -> Iterator[tuple[str, OtherVerdict]]:
        """The verdict on each case in the order of the codes. Raises UnknownCase, OtherEngineFailed."""
        jobs = len(self._processes)
        for start in range(0, len(codes), jobs):
            given = [(code, _steps(session, code)) for code in codes[start : start + jobs]]
            for process, (code, steps) in zip(self._processes, given, strict=False):
                process.begin(session, code, steps)
            for process, (code, steps) in zip(self._processes, given, strict=False):
                yield code, _verdict(session, steps, process.answer())

    def close(self) -> None:
        """Let the processes end."""
        for process in self._processes:
            process.end()


class _Rerunning:
    """One process; it knows the deployments it has been sent, and which case it was given last."""

    def __init__(self, python: Path) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 -- read when it has ended; a pipe might fill
        self._sent: set[str] = set()
        self._case = ""
        try:
            self._process = subprocess.Popen(  # noqa: S603 -- the program is what the administrator names
                [python, "-m", "workflows.rerun"],
                env=os.environ | {"PYTHONPATH": str(SOURCE)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                text=True,
                encoding="utf-8",
            )
        except OSError as fault:
            raise OtherEngineFailed(str(fault)) from fault

    def begin(self, session: Session, code: str, steps: Sequence[RecordedStep]) -> None:
        """Send a case, and before it the deployments that are new to the process."""
        new = {step.deployment for step in steps} - self._sent
        self._sent |= new
        self._case = code
        self._write(*(deployment_line(load_deployment(session, digest)) for digest in sorted(new)))
        self._write(case_line(code, steps))

    def _write(self, *lines: Line) -> None:
        assert self._process.stdin is not None  # it is a pipe
        try:
            self._process.stdin.writelines(json.dumps(line) + "\n" for line in lines)
            self._process.stdin.flush()
        except BrokenPipeError as fault:
            raise OtherEngineFailed(self._last_words()) from fault

    def answer(self) -> dict[str, Any]:
        """The next line it answers."""
        assert self._process.stdout is not None  # it is a pipe
        text = self._process.stdout.readline()
        if not text:
            raise OtherEngineFailed(self._last_words())
        answer: dict[str, Any] = json.loads(text)
        return answer

    def _last_words(self) -> str:
        self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").strip()
        return f"{self._case} {said.splitlines()[-1] if said else 'no answer'}".strip()

    def end(self) -> None:
        """Let it end, and wait for it."""
        self._process.communicate()
        self._errors.close()


def _steps(session: Session, code: str) -> list[RecordedStep]:
    if session.scalar(select(Case.id).where(Case.code == code)) is None:
        raise UnknownCase(code)
    return recorded_steps(code, eventlog.read_stream(session, case_stream(code)))


def _verdict(session: Session, steps: Sequence[RecordedStep], answer: dict[str, Any]) -> OtherVerdict:
    number: int | None = answer["number"]
    keys: tuple[str, ...] = ()
    here = False
    if number is not None:
        ours = state_after(lambda digest: load_deployment(session, digest), steps, number)
        theirs = answer["state"]
        if ours is None or theirs is None:
            keys, here = (str(answer["got"]),), ours is None
        else:
            keys = tuple(map(str, differing(ours, theirs)))
            here = not keys
    return OtherVerdict(answer["reproduced"], answer["total"], number, keys, here)
