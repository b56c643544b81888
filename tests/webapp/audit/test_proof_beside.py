"""What is changed beside the log, or with the database as a whole, is found as well."""

import json

import pytest
from sqlalchemy import select

from tests.webapp.audit.test_proof import proof, sealed, unguarded
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Deployment, Paper
from webapp.operations.acting import SYSTEM
from webapp.operations.audit import make_checkpoint
from webapp.operations.papers import file_store
from webapp.queries.diagram_proof import changed_diagrams

__all__ = ["proof", "sealed"]


def test_diagrams_that_are_changed_or_gone_are_found(proof, sealed, forge):
    path = "diagrams/nomination/nomination.bpmn"
    file = db.session.scalar(select(Deployment.manifest).where(Deployment.process == "nomination").limit(1))[
        path
    ]
    forge(
        "UPDATE deployed_file SET content = content || :more WHERE digest = :digest", digest=file, more=b" "
    )
    assert unguarded(proof()) == [("diagram", path)]
    forge("DELETE FROM deployed_file WHERE digest = :digest", digest=file)
    assert unguarded(proof()) == [("diagram", path)]


def test_a_deployment_that_is_not_the_one_in_the_log_is_found(proof, sealed, forge):
    digest = db.session.scalar(select(Deployment.digest).where(Deployment.process == "nomination"))
    forge("UPDATE deployment SET process = 'another' WHERE digest = :digest", digest=digest)
    assert unguarded(proof()) == [("diagram", "another")]
    forge("UPDATE deployment SET process = 'nomination' WHERE digest = :digest", digest=digest)
    assert unguarded(proof()) == []


def test_a_deployment_that_the_log_names_in_vain_is_found(app, walked):
    """Foreign keys do not let anybody delete one that a case runs on; a copy of some rows has none."""
    found = changed_diagrams(db.session(), {"0" * 64})
    assert [(each.kind, each.place) for each in found] == [("diagram", "0" * 64)]


def test_bytes_where_there_should_be_text_are_unreadable(database, proof, sealed, forge):
    if database.kind == "postgresql":
        pytest.skip("PostgreSQL keeps no bytes in a column for text")
    forge("UPDATE event SET body = CAST(body AS BLOB) WHERE stream = :stream AND number = 5", stream=sealed)
    assert unguarded(proof())[0] == ("unreadable", f"{sealed} #5")


def test_numbers_that_were_shifted_are_one_fault(proof, sealed, forge):
    """Whoever takes an event out and numbers those behind it anew is found where the chain does not fit."""
    forge(
        "DELETE FROM event_private",
        "DELETE FROM event WHERE stream = :stream AND number = 4",
        "UPDATE event SET number = 1 - number WHERE stream = :stream AND number > 4",
        "UPDATE event SET number = -number WHERE stream = :stream AND number < 0",
        stream=sealed,
    )
    assert unguarded(proof())[0] == ("chain", f"{sealed} #4")
    assert [kind for kind, _place in unguarded(proof())].count("number") == 0


def test_a_checkpoint_that_only_the_folder_knows_shows_an_old_backup(office, proof, settings, sealed, forge):
    """The database of the last checkpoint is put back; the folder has the one that was signed since."""
    office.do("officer", "record_meeting", sealed.removeprefix("case/"), decision="agree")
    make_checkpoint(actor=SYSTEM, now=office.now)
    newest = max((settings.data_dir / "checkpoints").iterdir()).name
    named = {
        stream: number
        for stream, number, _head in json.loads(eventlog.checkpoints(db.session())[0].body)["heads"]
    }
    forge("DELETE FROM event_private", "DELETE FROM checkpoint WHERE id = 2")
    for stream, number in named.items():
        forge("DELETE FROM event WHERE stream = :stream AND number > :number", stream=stream, number=number)
    assert ("restored", newest) in unguarded(proof())


def test_papers_that_are_changed_swapped_or_gone_are_found(proof, sealed, forge):
    paper = db.session.query(Paper).first()
    path, known = file_store().path(paper.sha256), paper.public_id
    content = path.read_bytes()
    path.write_bytes(content + b" ")
    assert proof() == [("paper", each.public_id) for each in same_file(paper)]
    path.unlink()
    assert proof() == [("paper", each.public_id) for each in same_file(paper)]
    path.write_bytes(content)
    assert proof() == []
    forge("UPDATE paper SET sha256 = :other WHERE public_id = :known", other="0" * 64, known=known)
    assert unguarded(proof()) == [("paper", known), ("paper", known)]


def same_file(paper):
    query = db.session.query(Paper).filter(Paper.sha256 == paper.sha256)
    return query.order_by(Paper.id).all()
