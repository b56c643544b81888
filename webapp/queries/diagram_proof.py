"""Whether the diagrams, tables and forms that cases run on are still those that were deployed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator

from sqlalchemy import Text, select, type_coerce
from sqlalchemy.orm import Session

from webapp.models import DeployedFile, Deployment
from webapp.queries.chains import Finding
from workflows.record import digest

KIND = "diagram"


def changed_diagrams(session: Session, logged: Collection[str]) -> Iterator[Finding]:
    """Files that are gone or are not what their digest says; deployments that are not, or that the log names in vain.

    A digest is what the log says a case ran on: whoever changes a diagram cannot change it along.
    """
    whole = {}
    files = select(DeployedFile.digest, DeployedFile.content).execution_options(yield_per=50)
    for named, content in session.execute(files):
        is_bytes = isinstance(content, bytes)  # SQLite keeps a text in a column for bytes, too
        whole[named] = is_bytes and hashlib.sha256(content).hexdigest() == named
    deployments = {
        named: (process, _listed(manifest))
        for named, process, manifest in session.execute(
            select(Deployment.digest, Deployment.process, type_coerce(Deployment.manifest, Text)).order_by(
                Deployment.process, Deployment.digest
            )
        )
    }
    told = set()
    for process, manifest in deployments.values():
        for path, file in sorted(manifest.items()):
            if not whole.get(file) and file not in told:
                told.add(file)
                yield Finding(KIND, path, f"{'was changed' if file in whole else 'is missing'} ({process})")
    for named, (process, manifest) in deployments.items():
        if digest({"process": str(process), "files": manifest}) != named:
            yield Finding(KIND, str(process), f"the list of its files is not that of deployment {named}")
    for missing in sorted(set(logged) - deployments.keys()):
        yield Finding(KIND, missing, "the log names this deployment, and it is not there")


def _listed(manifest: object) -> dict[str, str]:
    """The files of a deployment; none where the list is none, which its digest tells."""
    try:
        listed = json.loads(manifest) if isinstance(manifest, str) else None
    except (ValueError, RecursionError):
        listed = None
    if not isinstance(listed, dict) or not all(isinstance(file, str) for file in listed.values()):
        return {}
    return listed
