"""Deployments as the engine needs them, read once in the life of a process: they never change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from threading import Lock
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import CurrentDeployment, DeployedFile, Deployment
from workflows import forms, values
from workflows.engine import Drawing, read_drawing

_loaded: dict[str, values.Deployment] = {}
_lock = Lock()


def current_deployment(session: Session, process: str) -> values.Deployment:
    """What a new case of ``process`` runs on. Raises LookupError when nothing is deployed."""
    current = session.get(CurrentDeployment, process)
    if current is None:
        raise LookupError(f"process {process!r} is not deployed")
    return load_deployment(session, current.digest)


def load_deployment(session: Session, digest: str) -> values.Deployment:
    """A deployment with its files, by digest."""
    if digest not in _loaded:
        row = session.get_one(Deployment, digest)
        wanted = set(row.manifest.values())
        contents = dict(
            session.execute(
                select(DeployedFile.digest, DeployedFile.content).where(DeployedFile.digest.in_(wanted))
            ).all()
        )
        files = {path: contents[file] for path, file in row.manifest.items()}
        with _lock:
            _loaded[digest] = values.Deployment(row.process, files)
    return _loaded[digest]


@lru_cache(maxsize=512)
def form_schema(deployment: values.Deployment, process: str, element: str) -> Mapping[str, Any]:
    """The self-contained JSON Schema of a user task (or of ``start``), as deployed."""
    return forms.resolve(_forms(deployment), f"{process}/{element}")


@lru_cache(maxsize=64)
def drawing(deployment: values.Deployment) -> Drawing:
    """The processes of a deployment as drawn."""
    return read_drawing(deployment)


@lru_cache(maxsize=64)
def _forms(deployment: values.Deployment) -> dict[str, Any]:
    return {
        path.removeprefix("forms/").removesuffix(".json"): json.loads(content)
        for path, content in deployment.files.items()
        if path.startswith("forms/") and path.endswith(".json")
    }
