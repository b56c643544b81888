"""The deployments the product ships: its own diagrams with all they call, their tables and their forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from workflows.engine import read_drawing
from workflows.values import Deployment

ROOTS: Final = (
    "campaign",
    "response",
    "registration",
    "registration_change",
    "registration_list",
    "exemplar",
    "replication",
    "nomination",
    "extraordinary",
    "submission",
    "council_vote",
    "award_issuance",
    "award_correction",
    "award_revocation",
    "cluster_scoring",
    "finding",
)
WORKFLOWS = Path(__file__).parent
FORMS = WORKFLOWS.parent / "forms"


@cache
def shipped_deployments() -> Mapping[str, Deployment]:
    """Root process → deployment; paths: ``diagrams/<process>/<file>``, ``forms/<process>/<task>.json``."""
    diagrams = _files(WORKFLOWS, "diagrams", (".bpmn", ".dmn"))
    forms = _files(FORMS.parent, "forms", (".json",))
    calls = {
        process.id: process.called for process in read_drawing(Deployment("", diagrams)).processes.values()
    }
    return {root: _deployment(root, set(_called(root, calls)), diagrams | forms) for root in ROOTS}


def _files(base: Path, folder: str, suffixes: tuple[str, ...]) -> dict[str, bytes]:
    return {
        path.relative_to(base).as_posix(): path.read_bytes()
        for path in sorted((base / folder).glob("*/*"))
        if path.suffix in suffixes
    }


def _called(process: str, calls: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """A process and all it calls, directly or not."""
    yield process
    for called in calls[process]:
        yield from _called(called, calls)


def _deployment(root: str, processes: set[str], files: Mapping[str, bytes]) -> Deployment:
    folders = processes | {"common"}
    return Deployment(root, {path: files[path] for path in files if path.split("/")[1] in folders})
