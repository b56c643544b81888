"""The commands of proof, as somebody at the machine runs them."""

import json
import re
import sys

import pytest

from webapp import eventlog
from webapp.audit import cli
from webapp.extensions import db
from workflows.engine import ENGINE_VERSION
from workflows.values import VIETNAM


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


DECIDED = """
    UPDATE event SET body = replace(body, '"decision":"complete"', '"decision":"supplement"')
    WHERE stream = :stream AND type = 'task_completed'
"""


def test_replay_names_the_step_and_the_keys_of_a_falsified_input(run, walked, forge):
    forge(DECIDED, stream=f"case/{walked}")
    [line, counted] = run("replay", "--case", walked).output.splitlines()
    assert f"hash at case/{walked} #" in line
    assert "; step 8 differs: state_hash" in line
    assert "commune_assessment/record_meeting open yes ≠ no" in line, "by the rows of the tasks"
    assert "cycle/commune_assessment/record_meeting state READY ≠ none" in line, "by the state that is kept"
    assert counted == "7 of 8 steps reproduced"


def test_replay_names_a_deadline_that_was_falsified(run, office, walked, forge):
    due = office.task("check_dossier", walked, status="done", round=1).due
    local = due.astimezone(VIETNAM)
    forge(
        "UPDATE event SET body = replace(body, :due, :later) WHERE stream = :stream",
        stream=f"case/{walked}",
        due=local.isoformat(),
        later=local.replace(year=2031).isoformat(),
    )
    said = run("replay", "--case", walked).output
    later = due.replace(year=2031).isoformat()
    assert f"commune_assessment/check_dossier due {due.isoformat()} ≠ {later}" in said


def test_replay_against_another_environment_says_which_engines_ran(run, walked):
    done = run("replay", "--against", sys.executable)
    first, last = done.output.splitlines()
    assert first == f"SpiffWorkflow {ENGINE_VERSION} here, {ENGINE_VERSION} in {sys.executable}"
    assert re.fullmatch(rf"(\d+) of \1 steps reproduced by SpiffWorkflow {ENGINE_VERSION}", last)
    assert done.exit_code == 0
    assert run("replay", "--all", "--jobs", "2", "--against", sys.prefix).output.splitlines()[1] == last


def test_replay_against_another_environment_tells_what_does_not_come_from_its_engine(run, walked, forge):
    forge(DECIDED, stream=f"case/{walked}")
    done = run("replay", "--case", walked, "--against", sys.executable)
    assert f"{walked}: step 8 differs: by the engine here, too; see audit replay" in done.output
    assert done.exit_code == 1


def test_replay_against_what_runs_no_engine(run, walked, tmp_path):
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho 'No module named SpiffWorkflow' >&2\nexit 1\n")
    program.chmod(0o755)
    done = run("replay", "--against", program)
    assert "the other environment failed: No module named SpiffWorkflow" in done.output
    assert done.exit_code == 1
    assert run("replay", "--against", tmp_path / "nowhere").exit_code == 2


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


def test_the_demonstration_names_every_way_and_where_it_is_found(run, walked):
    done = run("tamper-demo")
    assert done.exit_code == 0, done.output
    assert done.output.count("→ Đã phát hiện: ") == 12
    assert "Phát hiện 12 trên 12 cách." in done.output
    assert run("verify").exit_code == 0


def test_one_way_is_shown_in_english(run, walked):
    done = run("tamper-demo", "--way", "deleted_stream", "--lang", "en")
    assert done.output == (
        "Delete a whole case (deleted_stream)\n"
        "  Deletes the record of a case, from the first event to the last.\n"
        f"  → Found out: Case {walked}: the whole record was deleted: a signed checkpoint saw it.\n"
        "1 of 1 found.\n"
    )


def test_the_demonstration_fails_where_the_record_does_not_hold_before(run, walked, forge):
    forge(f"UPDATE event SET actor = 'x' WHERE stream = 'case/{walked}' AND number = 1")
    done = run("tamper-demo", "--way", "deleted_tail", "--lang", "en")
    assert f"! Case {walked}, event 1: the actor was changed beside the content" in done.output
    assert done.exit_code == 1


def test_an_empty_record_has_nothing_to_show(run):
    done = run("tamper-demo", "--lang", "en")
    assert done.output == "There is nothing in the record yet that could be falsified.\n0 of 0 found.\n"
    assert done.exit_code == 0
