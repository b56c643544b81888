"""What a hostile hand leaves in the database is named, whatever it is: never a traceback, never silence."""

import hashlib
import shutil
import sqlite3

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tests.webapp.audit.test_proof import proof, sealed, unguarded
from webapp import eventlog
from webapp.extensions import db
from webapp.models import RuleSetVersion
from webapp.operations.acting import SYSTEM
from webapp.operations.audit import make_checkpoint
from webapp.operations.papers import file_store
from webapp.queries.log_guards import OFF, broken_guards
from webapp.queries.proof import Proof

__all__ = ["proof", "sealed"]

EVENT = "WHERE stream = :stream AND number = 5"
DEEP = "[" * 100_000
ODD = {
    "an instant that is none": (f"UPDATE event SET at = 'abc' {EVENT}", "unreadable"),
    "a number in the place of an instant": (f"UPDATE event SET recorded_at = 5 {EVENT}", "unreadable"),
    "bytes that are no text": (f"UPDATE event SET body = CAST(x'ff00' AS TEXT) {EVENT}", "unreadable"),
    "a number that is none": (f"UPDATE event SET number = 'abc' {EVENT}", "number"),
    "a name that is no text": (f"UPDATE event SET stream = x'ff' {EVENT}", "number"),
    "a name that looks alike": (f"UPDATE event SET stream = replace(stream, 'HS', 'НS') {EVENT}", "number"),
    "a salt that is a text": ("UPDATE event_private SET salt = 'abc'", "unreadable"),
    "a personal part that is no text": (
        "UPDATE event_private SET content = CAST(x'ff' AS TEXT)",
        "unreadable",
    ),
    "a checkpoint that is no text": ("UPDATE checkpoint SET body = CAST(x'ff' AS TEXT)", "checkpoint"),
    "a checkpoint of bytes": ("UPDATE checkpoint SET signature = x'00'", "checkpoint"),
    "a checkpoint without end": (f"UPDATE checkpoint SET body = '{DEEP}'", "checkpoint"),
    "a checkpoint of no time": ("UPDATE checkpoint SET made_at = 'abc'", "checkpoint"),
    "a code that is none": ("UPDATE \"case\" SET code = 'x' WHERE 'case/' || code = :stream", "case"),
    "a list of files that is none": ("UPDATE deployment SET manifest = 'x'", "diagram"),
    "a list of lists": ("UPDATE deployment SET manifest = '{\"a\": []}'", "diagram"),
    "a file out of the folder": ("UPDATE paper SET sha256 = '../../..'", "paper"),
    "a file with half a name": ("UPDATE paper SET sha256 = char(0)", "paper"),
}


@pytest.mark.parametrize("name", ODD)
def test_what_sqlite_keeps_in_any_column_is_named(name, database, proof, sealed, forge):
    if database.kind == "postgresql":
        pytest.skip("PostgreSQL keeps in a column what belongs there")
    statement, kind = ODD[name]
    values = {"stream": sealed} if ":stream" in statement else {}
    forge(statement, **values)
    findings = unguarded(proof())
    assert kind in {found for found, _place in findings}
    assert all(place.isascii() for _kind, place in findings)


def test_a_row_of_checkpoints_that_is_none_does_not_stop_the_next(office, proof, sealed, forge):
    forge("UPDATE checkpoint SET body = 'x'")
    make_checkpoint(actor=SYSTEM, now=office.now)
    assert len(eventlog.checkpoints(db.session())) == 2
    assert "checkpoint" in {kind for kind, _place in proof()}


@pytest.mark.parametrize("content", [b"\xff\xfe", DEEP.encode(), b"[]", None])
def test_what_lies_among_the_checkpoints_and_is_none(proof, settings, sealed, content):
    path = settings.data_dir / "checkpoints" / "x.json"
    path.write_bytes(content) if content is not None else path.symlink_to(path)
    assert proof() == [("checkpoint", "x.json")]


def test_a_key_that_is_none_trusts_nobody(proof, settings, sealed):
    (settings.data_dir / "keys" / "x.pub").write_bytes(b"\xff")
    (settings.data_dir / "keys" / "y.pub").mkdir()
    assert proof() == []


def test_a_case_that_vanished_from_the_pages(office, proof, sealed, forge):
    forge("UPDATE \"case\" SET code = 'HS-2019-0009' WHERE 'case/' || code = :stream", stream=sealed)
    assert {("case", sealed.removeprefix("case/")), ("case", "HS-2019-0009")} <= set(proof())


def test_rules_that_were_changed_in_their_row(proof, sealed, forge):
    code = db.session.scalar(select(RuleSetVersion.code).order_by(RuleSetVersion.id).limit(1))
    version = "(SELECT min(id) FROM rule_set_version)"
    content = db.session.scalar(select(RuleSetVersion.content).order_by(RuleSetVersion.id).limit(1))
    forge(f"UPDATE rule_set_version SET content = replace(content, '1', '2') WHERE id = {version}")
    assert unguarded(proof()) == [("law", code)]
    false = content + "# more"
    digest = hashlib.sha256(false.encode()).hexdigest()
    forge(
        f"UPDATE rule_set_version SET content = :false, digest = :digest WHERE id = {version}",
        false=false,
        digest=digest,
    )
    assert unguarded(proof()) == [("law", code), ("law", code)], (
        "it is not in the log, and the other one is gone"
    )


@pytest.mark.mostly_on("postgresql")
def test_triggers_switched_off_for_whoever_connects(database, sealed):
    if database.kind == "sqlite":
        pytest.skip("SQLite has no such switch")
    db.session.rollback()
    with db.engine.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        with Session(connection) as session:
            assert broken_guards(session) == {"session_replication_role": OFF}


@pytest.fixture
def lying(database, settings, sealed, tmp_path):
    """A copy of the database file, and what the verification says of it."""
    if database.kind == "postgresql":
        pytest.skip("PostgreSQL keeps many files")
    db.session.rollback()
    path = tmp_path / "lying.sqlite3"
    with sqlite3.connect(settings.data_dir / "thidua.sqlite3") as source, sqlite3.connect(path) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")

    def findings() -> list[tuple[str, str]]:
        engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
        with Session(engine) as session:
            proof = Proof(session, settings.data_dir, file_store())
            return [(found.kind, found.place) for found in proof.findings()]

    return path, findings


def test_one_byte_of_the_file_of_the_database(lying, sealed):
    path, findings = lying
    assert findings() == []
    content = bytearray(path.read_bytes())
    content[content.index(b'"decision":"supplement","element":"check_dossier"') + 12] ^= 1
    path.write_bytes(bytes(content))
    (found,) = findings()
    assert found[0] == "hash"
    assert found[1].startswith(f"{sealed} #")


@pytest.mark.parametrize("at", [0.03, 0.2, 0.35, 0.5, 0.65, 0.8])
def test_a_page_of_zeros_in_the_file_is_no_traceback(lying, at):
    path, findings = lying
    content = bytearray(path.read_bytes())
    page = int(len(content) * at) // 4096 * 4096
    content[page : page + 100] = bytes(100)
    path.write_bytes(bytes(content))
    assert {kind for kind, _place in findings()} & {"damaged", "unreadable", "hash", "diagram", "private"}


def test_what_is_no_database_is_named(lying):
    path, findings = lying
    path.write_bytes(b"x" * 8192)
    assert findings() == [("damaged", "database")]
    path.unlink()
    shutil.copy(__file__, path)
    assert findings() == [("damaged", "database")]


def test_an_empty_database_is_named(lying):
    path, findings = lying
    path.write_bytes(b"")
    assert findings()[-1] == ("damaged", "database")
