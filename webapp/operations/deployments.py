"""Deploys diagrams with their forms."""

from __future__ import annotations

from sqlalchemy import select

from webapp.models import CurrentDeployment, DeployedFile, Deployment
from webapp.operations.transaction import Transaction
from workflows import values
from workflows.events import DeploymentMade


def deploy(transaction: Transaction, deployment: values.Deployment) -> bool:
    """Make a deployment the one new cases of its process get. True when that is a change.

    The files are stored once by digest; running cases keep the deployment they were opened on.
    """
    current = transaction.session.get(CurrentDeployment, deployment.process)
    if current is not None and current.digest == deployment.digest:
        return False
    if transaction.session.get(Deployment, deployment.digest) is None:
        _store(transaction, deployment)
    before = current.digest if current is not None else ""
    if current is None:
        transaction.session.add(CurrentDeployment(process=deployment.process, digest=deployment.digest))
    else:
        current.digest = deployment.digest
    transaction.log(
        f"deployment/{deployment.process}",
        DeploymentMade(process=deployment.process, digest=deployment.digest, before=before),
    )
    return True


def _store(transaction: Transaction, deployment: values.Deployment) -> None:
    manifest = deployment.manifest
    known = set(
        transaction.session.scalars(
            select(DeployedFile.digest).where(DeployedFile.digest.in_(set(manifest.values())))
        )
    )
    for path, digest in manifest.items():
        if digest not in known:
            transaction.session.add(DeployedFile(digest=digest, content=deployment.files[path]))
            known.add(digest)
    transaction.session.add(
        Deployment(
            digest=deployment.digest,
            process=deployment.process,
            manifest=manifest,
            deployed_at=transaction.now.wall,
        )
    )
    transaction.session.flush()
