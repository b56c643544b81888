"""What has been deployed: processes with their diagrams, which is current, how many cases run on each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import Case, CurrentDeployment, Deployment
from webapp.queries.deployments import drawing, load_deployment


@dataclass(frozen=True)
class DeploymentRow:
    """One deployment. ``running`` and ``ended`` count the cases that were opened on it."""

    digest: str
    process: str
    name: str
    deployed_at: dt.datetime
    current: bool
    running: int
    ended: int


@dataclass(frozen=True)
class DeploymentPage:
    """A deployment with the names of its processes by id, root first, and its files with their digests."""

    row: DeploymentRow
    processes: dict[str, str]
    files: tuple[tuple[str, str], ...]


def deployment_rows(session: Session) -> list[DeploymentRow]:
    """All deployments by process, the newest first."""
    rows = session.execute(
        select(Deployment.digest, Deployment.process, Deployment.deployed_at, CurrentDeployment.digest)
        .outerjoin(CurrentDeployment, CurrentDeployment.digest == Deployment.digest)
        .order_by(Deployment.process, Deployment.deployed_at.desc())
    ).all()
    counts = _counts(session)
    return [
        DeploymentRow(
            digest=digest,
            process=process,
            name=drawing(load_deployment(session, digest)).processes[process].name,
            deployed_at=at,
            current=current is not None,
            running=counts.get((digest, False), 0),
            ended=counts.get((digest, True), 0),
        )
        for digest, process, at, current in rows
    ]


def deployment_page(session: Session, digest: str) -> DeploymentPage | None:
    """One deployment; None when there is none of this digest."""
    row = next((row for row in deployment_rows(session) if row.digest == digest), None)
    if row is None:
        return None
    deployment = load_deployment(session, digest)
    processes = drawing(deployment).processes
    ordered = {row.process: row.name, **{process.id: process.name for process in processes.values()}}
    return DeploymentPage(row, ordered, tuple(deployment.manifest.items()))


def deployed_diagram(session: Session, digest: str, process: str) -> bytes | None:
    """The diagram of a process as deployed; None when there is none."""
    if session.get(Deployment, digest) is None:
        return None
    deployment = load_deployment(session, digest)
    drawn = drawing(deployment).processes.get(process)
    return deployment.files[drawn.path] if drawn else None


def _counts(session: Session) -> dict[tuple[str, bool], int]:
    ended = (Case.state == "ended").label("bucket")
    rows = session.execute(
        select(Case.deployment_digest, ended, func.count()).group_by(Case.deployment_digest, "bucket")
    )
    return {(digest, bool(is_ended)): number for digest, is_ended, number in rows}
