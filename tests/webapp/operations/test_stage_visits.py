"""Which stages a case went through: kept as it goes, and read out of the log where an older version did not keep it."""

from sqlalchemy import delete, select, update

from tests.offices import scene
from webapp.extensions import db
from webapp.models import StageVisit
from webapp.models.stage_visit import NOT_READ
from webapp.operations import stage_visits
from webapp.operations.stage_visits import read_visits


@scene
def code(office, campaign):
    """Prepared on day 1, found complete by the commune on day 2."""
    code = office.nominate(nominee_name="Nguyễn Thị Đức")
    office.move(days=1)
    office.do("officer", "prepare_on_behalf", code)
    office.move(days=1)
    return code


def visits(office, code) -> list[tuple[str, int, int, int | None]]:
    """Stage, round, and the days from the opening on which it was entered and left."""
    db.session.rollback()
    case = office.case(code)
    rows = db.session.scalars(select(StageVisit).where(StageVisit.case_id == case.id).order_by(StageVisit.id))

    def day(at):
        return at and (at - case.opened_at).days

    return [(row.stage, row.round, day(row.entered_at), day(row.left_at)) for row in rows]


def test_each_stage_is_kept_with_its_days(office, code):
    assert visits(office, code) == [("draft", 1, 0, 1), ("commune", 1, 1, None)]


def test_the_end_leaves_the_last_stage(office, code):
    office.do("officer", "check_dossier", code, decision="refuse")
    assert visits(office, code) == [("draft", 1, 0, 1), ("commune", 1, 1, 2)]


def forget(office, code):
    """As a case of an older version stands after the migration."""
    case_id = office.case(code).id
    db.session.execute(
        delete(StageVisit).where(StageVisit.case_id == case_id, StageVisit.left_at.is_not(None))
    )
    db.session.execute(update(StageVisit).where(StageVisit.case_id == case_id).values(round=NOT_READ))
    db.session.commit()


def test_what_was_not_kept_is_read_out_of_the_log(office, code):
    kept = visits(office, code)
    forget(office, code)
    assert read_visits(office.now) == (1, 0)
    assert visits(office, code) == kept
    assert read_visits(office.now) == (0, 0)


def test_a_case_that_goes_on_before_it_is_read(office, code):
    forget(office, code)
    office.do("officer", "check_dossier", code, decision="refuse")
    assert visits(office, code) == [("commune", NOT_READ, 1, 2)]
    read_visits(office.now)
    assert visits(office, code) == [("draft", 1, 0, 1), ("commune", 1, 1, 2)]


def test_a_case_whose_log_gives_other_states_holds_up_no_other(office, code, monkeypatch):
    later = office.nominate(nominee_name="Nguyễn Văn Ất")
    for each in (code, later):
        forget(office, each)
    of_log = stage_visits.visits_of_log

    def found(session, case, events):
        return None if case.code == code else of_log(session, case, events)

    monkeypatch.setattr(stage_visits, "visits_of_log", found)
    assert read_visits(office.now, 1) == (1, 1)
    assert visits(office, code) == [("commune", NOT_READ, 1, None)]
    assert visits(office, later) == [("draft", 1, 0, None)]


def test_a_case_goes_on_while_it_is_read(office, code, monkeypatch):
    forget(office, code)
    of_log, met = stage_visits.visits_of_log, []

    def found(session, case, events):
        shown = of_log(session, case, events)
        if not met:
            met.append(office.do("officer", "check_dossier", code, decision="refuse"))
        return shown

    monkeypatch.setattr(stage_visits, "visits_of_log", found)
    assert read_visits(office.now) == (1, 0)
    assert visits(office, code) == [("draft", 1, 0, 1), ("commune", 1, 1, 2)]


def test_the_command_says_what_it_read(app, office, code):
    forget(office, code)
    run = app.test_cli_runner().invoke
    assert run(args=["stages", "read"]).output == "1 read\n"
    assert run(args=["stages", "read"]).output == "0 read\n"
