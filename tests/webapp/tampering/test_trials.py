"""Whichever of the twelve ways a record is falsified in, the verification names it: what was done, and where."""

import hashlib
import shutil
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from webapp import eventlog
from webapp.extensions import db
from webapp.files import Folder
from webapp.operations.acting import SYSTEM
from webapp.operations.audit import make_checkpoint
from webapp.operations.papers import file_store
from webapp.queries.proof import Proof
from webapp.tampering.copies import READ, Copy, Overlay, copied, sample
from webapp.tampering.scenes import aims
from webapp.tampering.trials import LiveRecord, falsify, tried, verified
from webapp.tampering.ways import WAYS


@pytest.fixture
def sealed(office, walked):
    make_checkpoint(actor=SYSTEM, now=office.now)
    return f"case/{walked}"


@pytest.fixture
def original(settings, office, sealed):
    """A copy of the record; the database of the test stays what it was."""
    with copied(db.engine, settings.data_dir, file_store(), office.now.wall) as original:
        yield original


@pytest.fixture
def aim(sealed):
    (aim,) = aims(db.session(), 1, sealed)
    return aim


def test_an_untouched_copy_holds(original):
    with original.again() as copy:
        assert verified(copy) == ()


@pytest.mark.parametrize("name", WAYS)
def test_each_way_is_named_with_its_kind_and_its_place(name, office, original, aim):
    trial = tried(original, WAYS[name], aim, office.now.wall)
    assert trial.found is not None, trial.findings
    assert trial.findings[0].kind == WAYS[name].kind


@pytest.mark.parametrize("name", WAYS)
def test_each_way_is_named_in_a_database_of_its_kind(name, database, settings, office, sealed, aim, request):
    """Not only in what a trial copies, which is SQLite always: here all of a second database is falsified."""
    with database_copied(database, settings, request) as copy:
        assert verified(copy) == ()
        copy.seal(office.now.wall)
        deed = falsify(copy, WAYS[name], aim, office.now.wall)
        findings = [(found.kind, found.place) for found in verified(copy)]
        assert (WAYS[name].kind, deed.place) in findings
        assert "guard" not in {kind for kind, _place in findings}


@contextmanager
def database_copied(database, settings, request):
    """A second database with all that is in the one of the test, and what lies beside it."""
    db.session.remove()
    db.engine.dispose()
    folder = settings.data_dir.parent / "falsified"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(settings.data_dir, folder)
    if database.kind == "postgresql":
        server = request.getfixturevalue("postgresql_templates").server
        server.create(folder.name, settings.data_dir.name)
        url = server.url(folder.name)
    else:
        url = f"sqlite:///{folder / 'thidua.sqlite3'}"
    engine = create_engine(url, poolclass=NullPool)
    try:
        yield Copy(engine, folder, Overlay(file_store(), Folder(folder / "false")), whole=True)
    finally:
        engine.dispose()
        if database.kind == "postgresql":
            server.drop(folder.name)


def test_the_record_itself_is_never_touched(settings, office, sealed, original, aim):
    before = everything(settings.data_dir)
    for way in WAYS.values():
        tried(original, way, aim, office.now.wall)
    assert everything(settings.data_dir) == before


def everything(folder):
    """The rows of the log and the bytes of all that lies beside the database."""
    db.session.rollback()
    files = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and "copy-" not in str(path) and "sqlite3-" not in path.name
    }
    return list(eventlog.stored(db.session())), eventlog.checkpoints(db.session()), files


def test_the_database_of_the_installation_is_refused(settings, office, sealed, aim):
    live = Copy(
        db.engine, settings.data_dir, Overlay(file_store(), Folder(settings.data_dir / "false")), whole=True
    )
    with pytest.raises(LiveRecord):
        falsify(live, WAYS["deleted_stream"], aim, office.now.wall)
    assert list(Proof(db.session(), settings.data_dir, file_store()).findings()) == []


def test_a_copy_is_gone_afterwards(settings, office, sealed):
    with copied(db.engine, settings.data_dir, file_store(), office.now.wall) as original:
        assert original.folder.is_dir()
    assert list(settings.data_dir.glob("copy-*")) == []


def test_a_copy_holds_the_record_and_nothing_else(original):
    """Neither passwords nor ballots come along."""
    with original.again() as copy:
        names = set(inspect(copy.engine).get_table_names())
    assert names == set(READ)


def test_some_streams_are_enough_to_find_all_ways_in(settings, office, sealed, aim):
    streams = sample(db.session(), 60, sealed)
    assert streams is not None
    assert sealed in streams
    with copied(db.engine, settings.data_dir, file_store(), office.now.wall, streams) as original:
        with original.again() as copy, Session(copy.engine) as session:
            proof = copy.proof(session)
            assert list(proof.findings()) == []
            assert set(proof.streams) == set(streams)
        for way in WAYS.values():
            assert tried(original, way, aim, office.now.wall).found


def test_a_record_without_decisions_has_nothing_to_aim_at(app):
    assert aims(db.session(), 5) == []


def test_what_was_wrong_before_a_deed_is_seen_in_the_copy(settings, office, sealed, aim, forge):
    forge(
        "UPDATE event SET actor = 'x' WHERE stream = :stream AND number = :number",
        stream=sealed,
        number=aim[1],
    )
    with (
        copied(db.engine, settings.data_dir, file_store(), office.now.wall) as original,
        original.again() as copy,
    ):
        assert [(each.kind, each.place) for each in verified(copy)] == [("columns", f"{sealed} #{aim[1]}")]
