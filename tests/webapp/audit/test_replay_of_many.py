"""Ten thousand cases, copied with chains and ids of their own, are run again; the one that was changed is found."""

import pytest
from sqlalchemy import text

from bench.copies import Copier
from bench.places import SQLITE, founded
from bench.templates import act_templates
from webapp import eventlog
from webapp.extensions import db

CASES = 10_000


def copied(here, nominations):
    """So many nominations; returns how many steps of all cases there are to reproduce."""
    Copier(here, act_templates(here.office)).grow_to(nominations)
    db.session.rollback()
    return sum(
        event.input is not None
        for stream, _number, _hash in eventlog.streams(db.session())
        for event in eventlog.read_stream(db.session(), stream)
    )


def replayed(here, *arguments):
    return here.app.test_cli_runner().invoke(args=["audit", "replay", *arguments])


def test_copies_replay_as_their_templates_do(tmp_path):
    with founded(SQLITE, tmp_path) as here:
        steps = copied(here, 20)
        assert replayed(here).output == f"{steps} of {steps} steps reproduced\n"


@pytest.mark.soak
def test_ten_thousand_cases_replay_with_progress(tmp_path):
    with founded(SQLITE, tmp_path) as here:
        steps = copied(here, CASES)
        db.session.execute(text("""UPDATE "case" SET inputs = 99 WHERE code = 'HS-2019-7001'"""))
        db.session.commit()
        done = replayed(here, "--all", "--jobs", "2")
        assert done.stdout.splitlines() == [
            "HS-2019-7001: rows differ from the log: inputs",
            f"{steps} of {steps} steps reproduced",
        ]
        told = done.stderr.splitlines()
        assert [line.split()[0] for line in told] == [str(each) for each in range(500, CASES + 1, 500)]
        assert done.exit_code == 1
