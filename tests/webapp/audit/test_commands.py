"""The commands of proof, as somebody at the machine runs them."""

import json

import pytest

from webapp import eventlog
from webapp.audit import cli
from webapp.extensions import db


@pytest.fixture
def run(app):
    return lambda *arguments: app.test_cli_runner().invoke(args=["audit", *map(str, arguments)])


def test_verify_says_what_it_looked_at(run, walked):
    done = run("verify")
    assert done.exit_code == 0, done.output
    assert "everything holds" in done.output
    assert "0 checkpoints" in done.output


def test_verify_names_the_fault_and_fails(run, walked, forge):
    forge(f"UPDATE event SET actor = 'x' WHERE stream = 'case/{walked}' AND number = 2")
    done = run("verify")
    assert done.exit_code == 1
    assert f"columns: case/{walked} #2" in done.output
    assert "guard: event_no_update the trigger is missing" in done.output


def test_replay_counts_the_steps(run, walked):
    done = run("replay")
    steps = sum(
        event.input is not None
        for stream, _number, _hash in eventlog.streams(db.session())
        for event in eventlog.read_stream(db.session(), stream)
    )
    assert done.output == f"{steps} of {steps} steps reproduced\n"
    assert done.exit_code == 0


def test_replay_of_one_case_names_what_differs(run, walked, forge):
    forge('UPDATE "case" SET inputs = 99')
    done = run("replay", "--case", walked)
    assert f"{walked}: rows differ from the log: inputs" in done.output
    assert done.exit_code == 1


def test_replay_in_two_processes_finds_the_same(run, walked, forge):
    forge('UPDATE "case" SET inputs = 99 WHERE code = :code', code=walked)
    alone, together = run("replay"), run("replay", "--all", "--jobs", "2")
    assert together.output == alone.output
    assert together.exit_code == alone.exit_code == 1
    assert run("replay", "--jobs", "2", "--case", "HS-1999-0001").output == "no case HS-1999-0001\n"


def test_replay_says_how_far_it_has_come(run, walked, monkeypatch):
    monkeypatch.setattr(cli, "PROGRESS", 1)
    said = run("replay", "--case", walked).stderr
    assert said == "1 of 1 cases\n"


def test_replay_of_all_and_of_one_is_not_understood(run, walked):
    assert run("replay", "--all", "--case", walked).exit_code == 2


def test_replay_of_a_case_that_is_not_there(run, walked):
    done = run("replay", "--case", "HS-1999-0001")
    assert done.exit_code == 1
    assert done.output == "no case HS-1999-0001\n"


def test_checkpoint_lies_in_the_database_and_in_the_folder(run, walked, settings):
    done = run("checkpoint")
    (kept,) = eventlog.checkpoints(db.session())
    body = json.loads(kept.body)
    assert done.output == f"{body['events']} events in {body['streams']} streams, root {body['root']}\n"
    (file,) = (settings.data_dir / "checkpoints").iterdir()
    assert json.loads(file.read_text("utf-8")) == {"body": kept.body, "signature": kept.signature}
    assert eventlog.read_stream(db.session(), "system")[-1].fields["root"] == body["root"]


def test_export_holds_everything_the_verifier_needs(run, walked, tmp_path):
    done = run("export", tmp_path / "out")
    assert done.exit_code == 0, done.output
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"checkpoints", "diagrams", "events.jsonl", "keys.txt", "verify.py"}
    access = [
        stream for stream, _number, _hash in eventlog.streams(db.session()) if stream.startswith("access/")
    ]
    assert eventlog.read_stream(db.session(), access[-1])[-1].type == "log_exported"
