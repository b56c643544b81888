"""Whether the diagrams, tables and forms that cases run on are still those that were deployed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

from sqlalchemy import select
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
    deployments = session.execute(
        select(Deployment.digest, Deployment.process, Deployment.manifest).order_by(
            Deployment.process, Deployment.digest
        )
    ).all()
    told = set()
    for _named, process, manifest in deployments:
        for path, file in sorted(manifest.items()):
            if not whole.get(file) and file not in told:
                told.add(file)
                yield Finding(KIND, path, f"{'was changed' if file in whole else 'is missing'} ({process})")
    for named, process, manifest in deployments:
        if digest({"process": process, "files": manifest}) != named:
            yield Finding(KIND, process, f"the list of its files is not that of deployment {named}")
    for missing in sorted(set(logged) - {named for named, _process, _manifest in deployments}):
        yield Finding(KIND, missing, "the log names this deployment, and it is not there")
