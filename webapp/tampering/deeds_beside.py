"""What somebody with full access does beside the log of a copy: to files, diagrams, the database as a whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sqlalchemy import func, select, update

from webapp import eventlog
from webapp.tampering.scenes import Deed, NothingToFalsify, Scene, table
from workflows.events import CaseStopped

CONDITION = re.compile(rb"<bpmn:conditionExpression[^>]*>([^<]* == [^<]*)</bpmn:conditionExpression>")
SHOWN = 6
"""Bytes on either side of the one that was changed."""


def swapped_document(scene: Scene) -> Deed:
    """Other bytes in the file of a paper, under the name it has."""
    papers = table("paper")
    named = [json.loads(each.body)["fields"]["paper"] for each in scene.events if each.type == "paper_added"]
    same = papers.alias()
    alike = select(func.count()).where(same.c.sha256 == papers.c.sha256).scalar_subquery()
    query = select(papers.c.public_id, papers.c.sha256).order_by(alike, papers.c.id.desc()).limit(1)
    paper = scene.session.execute(query.where(papers.c.public_id.in_(named)) if named else query).first()
    if paper is None:
        raise NothingToFalsify
    with scene.copy.files.open(paper.sha256) as file:
        content = file.read()
    middle = len(content) // 2
    false = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    path = scene.copy.files.own.path(paper.sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(false)
    return Deed(paper.public_id, _around(content, middle), _around(false, middle))


def _around(content: bytes, middle: int) -> str:
    return content[max(0, middle - SHOWN) : middle + SHOWN + 1].hex(" ")


def changed_diagram(scene: Scene) -> Deed:
    """A condition of the diagram that the case runs on, turned into its contrary."""
    files = table("deployed_file")
    for path, digest in _diagrams(scene):
        content = scene.session.scalar(select(files.c.content).where(files.c.digest == digest))
        found = CONDITION.search(content or b"")
        if content is not None and found:
            after = found[1].replace(b" == ", b" != ", 1)
            false = content[: found.start(1)] + after + content[found.end(1) :]
            scene.session.execute(update(files).where(files.c.digest == digest).values(content=false))
            return Deed(path, found[1].decode(), after.decode())
    raise NothingToFalsify


def _diagrams(scene: Scene) -> Iterator[tuple[str, str]]:
    """Diagrams with their digests: those of the deployment that the event ran on, then the others."""
    deployments = table("deployment")
    ran_on = json.loads(scene.event.body)["deployment"]
    others_last = (deployments.c.digest != ran_on, deployments.c.process)
    for manifest in scene.session.scalars(select(deployments.c.manifest).order_by(*others_last)):
        yield from sorted((path, digest) for path, digest in manifest.items() if path.endswith(".bpmn"))


def restored_backup(scene: Scene) -> Deed:
    """The database as it was: work goes on and a checkpoint is signed, and then the old one is put in its place.

    What was written since the backup is rolled back; the checkpoint lies in its folder.
    """
    with scene.session.begin_nested() as since:
        eventlog.append(
            scene.session,
            scene.stream,
            CaseStopped(message="withdraw"),
            actor=scene.event.actor,
            principal=None,
            at=scene.made_at,
            recorded_at=scene.made_at,
        )
        name = scene.copy.sign(scene.session, scene.made_at)
        since.rollback()
    return Deed(name)
