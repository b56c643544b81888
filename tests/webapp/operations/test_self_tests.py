"""The proof tests itself on a copy: what is found, what is missed, what was wrong before."""

import datetime as dt
import shutil

import pytest

from tests.webapp.audit.conftest import forge, walked
from webapp import eventlog
from webapp.extensions import db
from webapp.operations import self_tests
from webapp.operations.acting import SYSTEM
from webapp.operations.self_tests import run_self_test
from webapp.operations.sweeps import sweep_copies
from webapp.queries.history import described
from webapp.queries.self_tests import last_self_test, passed
from webapp.tampering import trials
from webapp.tampering.ways import WAYS
from webapp.ui.sentences import sentence

__all__ = ["forge", "walked"]


def test_every_way_is_found_and_it_is_in_the_log(office, walked):
    run_self_test(actor=SYSTEM, now=office.now)
    test = last_self_test(db.session())
    assert test.stream == "system"
    assert test.fields["ways"] == dict.fromkeys(WAYS, "found")
    assert test.fields["faults"] == 0
    assert test.fields["events"] > 20
    assert passed(test)


def test_nothing_is_left_of_the_copies(office, walked, settings):
    run_self_test(actor=SYSTEM, now=office.now)
    assert list(settings.data_dir.glob("copy-*")) == []


def test_a_sample_is_enough(office, walked, monkeypatch):
    monkeypatch.setattr(self_tests, "MOST", 60)
    run = run_self_test(actor=SYSTEM, now=office.now)
    assert run.events <= 60
    assert set(run.ways.values()) <= {"found", "nothing"}


def test_a_verification_that_misses_is_told(office, walked, monkeypatch):
    """As if somebody had changed the verification: it looks at no papers any more."""
    monkeypatch.setattr(trials.Copy, "proof", blind(trials.Copy.proof))
    run = run_self_test(actor=SYSTEM, now=office.now)
    assert run.ways["swapped_document"] == "missed"
    assert not passed(last_self_test(db.session()))


def blind(proof_of):
    def proof(copy, session):
        proof = proof_of(copy, session)
        proof._papers = lambda: ()
        return proof

    return proof


def test_what_is_wrong_in_the_record_is_counted(office, walked, forge):
    forge("UPDATE event SET actor = 'x' WHERE stream = :stream AND number = 1", stream=f"case/{walked}")
    assert run_self_test(actor=SYSTEM, now=office.now).faults == 1
    assert not passed(last_self_test(db.session()))


def test_a_record_that_somebody_has_made_unreadable_stops_nothing(office, walked, forge):
    """What is wrong is counted, and the ways are tried where nothing is."""
    forge("UPDATE event SET body = 'x' WHERE stream = :stream AND number > 3", stream=f"case/{walked}")
    run = run_self_test(actor=SYSTEM, now=office.now)
    assert run.faults > 3
    assert "missed" not in run.ways.values()


def test_an_empty_record_has_nothing_to_falsify(office):
    run = run_self_test(actor=SYSTEM, now=office.now)
    assert set(run.ways.values()) == {"nothing"}
    assert passed(last_self_test(db.session()))


@pytest.mark.parametrize(("days", "left"), [(0, True), (2, False)])
def test_copies_of_who_died_are_swept(office, settings, days, left):
    folder = settings.data_dir / "copy-dead"
    folder.mkdir()
    sweep_copies(dt.datetime.now(dt.UTC) + dt.timedelta(days=days))
    assert folder.exists() is left
    shutil.rmtree(folder, ignore_errors=True)


def test_the_test_is_read_as_a_sentence(office, walked):
    run_self_test(actor=SYSTEM, now=office.now)
    [line] = described(db.session(), [last_self_test(db.session())])
    assert sentence(line) == "Hệ thống tự kiểm tra: phát hiện 12 trên 12 cách sửa bản sao nhật ký."
    assert eventlog.read_stream(db.session(), "system")[-1].type == "self_test_run"
