"""The worker is killed all through the issue of many certificates: the same file, each once, the case told once."""

import pytest
from sqlalchemy import select

from tests.proven import faults, open_elements
from tests.seated import council, database
from tests.sittings import OURS_CODES
from tests.webapp.documents.certificates import EXAMPLES
from tests.webapp.jobs.test_kills import dying, types, unkept
from webapp import eventlog
from webapp.documents import render
from webapp.extensions import db
from webapp.models import Certificate, Decision, Paper, PrintRun
from webapp.operations.outbox import lease_due, run_item
from webapp.operations.papers import file_store

__all__ = ["council", "database"]

COUNCIL = "concluded"
CODE = "QD-2019-0001"


@pytest.mark.mostly_on("sqlite")
@pytest.mark.parametrize("many", [80, pytest.param(500, marks=pytest.mark.soak)])
def test_killed_all_through_the_issue_of_many(app, council, settings, many):
    council.draft(OURS_CODES[:2])
    council.sign(CODE)
    form = {"number": 8, "symbol": "QĐ-UBND", "dated_on": council.today.isoformat()}
    council.do("clerk", "number_decision", CODE, **form)
    decision = db.session.scalars(select(Decision)).one()
    db.session.add_all(
        Certificate(
            decision=decision,
            type="merit_district",
            size="A4",
            printed=EXAMPLES["merit_district"] | {"bearer": f"Bà Nguyễn Thị Ượng {number}"},
            made_at=council.at,
        )
        for number in range(3, many + 1)
    )
    db.session.commit()
    while items := lease_due(council.now):
        for item in items:
            run_item(item, council.now)
    db.session.remove()
    assert dying(settings, "settle", "merit_district") > 1
    db.session.rollback()
    [run] = db.session.scalars(select(PrintRun))
    [paper] = db.session.scalars(select(Paper).where(Paper.kind == "certificate"))
    bearers = [each["printed"]["bearer"] for each in paper.facts["certificates"]]
    assert bearers[2:] == [f"Bà Nguyễn Thị Ượng {number}" for number in range(3, many + 1)]
    unkilled = render("certificate", paper.facts).pdf
    assert file_store().open(paper.sha256).read() == unkilled
    assert (run.state, run.sha256, run.total) == ("done", paper.sha256, many)
    told = [event.type for event in eventlog.read_stream(db.session(), "prints")]
    assert told == ["print_run_begun", "print_run_ended"]
    assert types(CODE).count("message_delivered") == 1
    assert open_elements(CODE) == ["hand_over", "send_copies"]
    assert unkept() == []
    assert faults() == []
