"""A backup that is put back brings no erased data back for good: named by a command, erased again by another."""

import json

import pytest
from sqlalchemy import delete, select, text, update

from tests.erased import asked, columns_with, erase
from tests.proven import faults
from tests.webapp.operations.test_erasure_traces import NAME, withdrawn
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Erasure
from webapp.operations.erasure_records import keep_records
from webapp.operations.erasures import propose_erasure

__all__ = ["withdrawn"]


@pytest.fixture
def command(app):
    """Runs one and gives its exit code and what it said."""

    def run(name):
        done = app.test_cli_runner().invoke(args=["erasure", name])
        return done.exit_code, done.output

    return run


@pytest.fixture
def restored(office, withdrawn, settings, database):
    """The code of a case whose record of an erasure is there, and the database is older: nothing was erased in it."""
    erasure = propose_erasure(withdrawn, asked(office), actor=office.actor("clerk"), now=office.now)
    decided = {"state": "done", "decided_at": office.at, "decided_by_id": office.person("head").id}
    db.session.execute(update(Erasure).values(**decided))
    db.session.commit()
    keep_records()
    db.session.execute(delete(Erasure))
    db.session.commit()
    [path] = (settings.data_dir / "erased").glob("*.json")
    assert path.stem == erasure
    return withdrawn


def test_a_record_is_kept_with_each_erasure_and_names_nobody(office, withdrawn, settings):
    erasure = erase(office, withdrawn)
    [path] = (settings.data_dir / "erased").glob("*.json")
    record = json.loads(path.read_text("utf-8"))
    assert (record["case"], record["erasure"], record["number"]) == (withdrawn, erasure, "12/ĐN")
    assert record["decided_by"] == office.actor("head").public_id
    assert NAME not in path.read_text("utf-8")


def test_nothing_has_returned_after_an_honest_erasure(office, withdrawn, command):
    erase(office, withdrawn)
    assert command("returned") == (0, "0 cases\n")


def test_what_an_older_backup_brought_back_is_named_and_erased_again(office, restored, command):
    status, said = command("returned")
    assert (status, restored in said) == (1, True)
    assert command("repeat") == (0, f"{restored}: erased again\n")
    assert columns_with(NAME) == []
    [row] = office.read(select(Erasure))
    assert (row.state, row.proposed_by.username, row.decided_by.username) == ("done", "clerk", "head")
    last = eventlog.read_stream(db.session(), eventlog.case_stream(restored))[-1]
    assert (last.type, last.actor, last.fields["erasure"]) == ("case_erased", "system", row.public_id)
    assert faults() == []
    assert command("returned") == (0, "0 cases\n")


def test_a_proposal_of_the_older_state_gives_way(office, restored, command):
    propose_erasure(restored, asked(office), actor=office.actor("specialist"), now=office.now)
    assert command("repeat")[0] == 0
    assert sorted(office.read(select(Erasure.state))) == ["done", "withdrawn"]


def test_what_is_in_the_way_is_said(office, restored, command):
    db.session.execute(text("UPDATE \"case\" SET state = 'active' WHERE code = :code"), {"code": restored})
    db.session.commit()
    assert command("repeat") == (1, f"{restored}: NOT ERASED, in the way: open\n")
