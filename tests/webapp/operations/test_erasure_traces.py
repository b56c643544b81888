"""What an erasure must not leave: names in its ground, digests that a guess confirms, traces in the files."""

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import select, text

from tests.erased import asked, erase
from tests.offices import scene
from webapp import eventlog
from webapp.extensions import db
from webapp.jobs.run import daily
from webapp.models import Case, Erasure, FormEntry, ListExport, OutboxItem, Paper, SystemFact
from webapp.operations.erasing import ERASED_TABLES
from webapp.operations.erasures import Request, decide_erasure, propose_erasure, withdraw_erasure
from webapp.operations.interventions import stop_case
from webapp.operations.purging import WAITING, purge
from webapp.operations.refusals import AlreadyDone, Forbidden, InvalidForm, NotFound, NotNow
from workflows.record import digest

NAME = "Châu Thị Xóa Hết"


@scene
def withdrawn(office):
    """Code of a household's nomination that was withdrawn; its dossier calls it “Hộ bà …”."""
    office.open_campaign()
    code = office.nominate(nominee_name=NAME)
    office.do("officer", "prepare_on_behalf", code, name_on_paper=f"Hộ bà {NAME}")
    stop_case(code, "Xin rút", actor=office.actor("officer"), now=office.now)
    office.work()
    return code


@pytest.mark.parametrize("words", [f"Đơn của bà {NAME}.", "don cua CHAU THI XOA HET", f"Hộ bà {NAME}"])
def test_neither_the_ground_nor_a_refusal_names_the_nominee(office, withdrawn, words):
    propose = partial(propose_erasure, withdrawn, actor=office.actor("clerk"), now=office.now)
    for request in (Request("12", office.today, words), Request(words, office.today, "Theo đơn")):
        with pytest.raises(InvalidForm):
            propose(request)
    erasure = propose(asked(office))
    with pytest.raises(InvalidForm):
        decide_erasure(erasure, False, words, actor=office.actor("head"), now=office.now)


def test_the_name_of_the_nominee_counts_where_the_dossier_is_called_otherwise(office, withdrawn):
    db.session.execute(text('UPDATE "case" SET title = :title'), {"title": f"Hộ bà {NAME}"})
    db.session.commit()
    with pytest.raises(InvalidForm):
        propose_erasure(
            withdrawn,
            Request("12", office.today, f"Đơn của {NAME}"),
            actor=office.actor("clerk"),
            now=office.now,
        )


def test_a_part_of_another_word_is_no_name(office):
    office.open_campaign()
    code = office.nominate(nominee_name="An")
    stop_case(code, "Xin rút", actor=office.actor("officer"), now=office.now)
    office.work()
    assert propose_erasure(code, asked(office, "Ban hành"), actor=office.actor("clerk"), now=office.now)


def test_no_digest_is_left_by_which_a_guess_could_be_confirmed(office, withdrawn):
    [start] = office.read(select(FormEntry).where(FormEntry.form == "nomination/start"))
    guess = digest(start.data)
    assert guess == start.digest
    erase(office, withdrawn)
    case = office.case(withdrawn).id
    assert set(office.read(select(FormEntry.digest).where(FormEntry.case_id == case))) == {""}
    assert set(office.read(select(Paper.facts_digest).where(Paper.case_id == case))) == {None}


def test_what_a_fault_quoted_and_what_was_searched_for_goes(office, withdrawn):
    mine = select(Case.id).where(Case.code == withdrawn).scalar_subquery()
    promise = OutboxItem(case_id=mine, kind="notify", payload={}, due_at=office.at)
    promise.status, promise.fault = "failed", f"ValueError: {NAME}"
    wanted = ListExport(
        person_id=office.person("clerk").id, page="x", query=f"q={NAME}", language="vi", total=1
    )
    wanted.state, wanted.asked_at, wanted.file_name, wanted.public_id = "done", office.at, "x.xlsx", "1"
    db.session.add_all((promise, wanted))
    db.session.commit()
    erase(office, withdrawn)
    [fault] = office.read(select(OutboxItem.fault).where(OutboxItem.status == "failed"))
    assert (fault, office.read(select(ListExport.query))) == (None, [""])


def test_who_proposed_takes_it_back_and_may_propose_again(office, withdrawn):
    propose = partial(propose_erasure, withdrawn, asked(office), actor=office.actor("clerk"), now=office.now)
    first = propose()
    with pytest.raises(Forbidden):
        withdraw_erasure(first, actor=office.actor("specialist"), now=office.now)
    for _ in range(2):
        withdraw_erasure(first, actor=office.actor("clerk"), now=office.now)
    with pytest.raises(NotFound):
        withdraw_erasure(first, actor=office.actor("authority"), now=office.now)
    second = propose()
    decide_erasure(second, True, "", actor=office.actor("head"), now=office.now)
    with pytest.raises(AlreadyDone):
        withdraw_erasure(second, actor=office.actor("clerk"), now=office.now)
    assert office.read(select(Erasure.state).order_by(Erasure.id)) == ["withdrawn", "done"]
    types = [each.type for each in eventlog.read_stream(db.session(), eventlog.case_stream(withdrawn))]
    assert types.count("erasure_withdrawn") == 1


def test_a_withdrawn_proposal_is_not_decided(office, withdrawn):
    erasure = propose_erasure(withdrawn, asked(office), actor=office.actor("clerk"), now=office.now)
    withdraw_erasure(erasure, actor=office.actor("clerk"), now=office.now)
    with pytest.raises(NotNow, match="erasure_withdrawn"):
        decide_erasure(erasure, True, "", actor=office.actor("head"), now=office.now)
    assert office.case(withdrawn).erased_at is None


def test_the_night_comes_back_to_what_a_crash_left(office, withdrawn, monkeypatch):
    def die(*_tables):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("webapp.operations.erasures.purge", die)
        with pytest.raises(KeyboardInterrupt):
            erase(office, withdrawn)
    assert office.read(select(SystemFact.name).where(SystemFact.name == WAITING)) == [WAITING]
    daily(office.now)
    assert office.read(select(SystemFact.name).where(SystemFact.name == WAITING)) == []


def test_a_reader_does_not_hold_up_who_decides(office, withdrawn, database):
    began = dt.datetime.now(dt.UTC)
    with db.engine.connect() as reader:
        reader.execute(text('SELECT count(*) FROM "case"')).all()
        erase(office, withdrawn)
    assert dt.datetime.now(dt.UTC) - began < dt.timedelta(seconds=15)
    assert office.case(withdrawn).erased_at is not None


@pytest.mark.mostly_on("postgresql")
def test_the_planner_forgets_the_name(office, withdrawn, database):
    noted = text(
        "SELECT count(*) FROM pg_stats WHERE most_common_vals::text LIKE :name OR histogram_bounds::text LIKE :name"
    )
    office.nominate(nominee_name="Người Khác")

    def found():
        db.session.rollback()
        with db.engine.connect() as connection:
            return connection.execute(noted, {"name": f"%{NAME}%"}).scalar()

    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    assert found()
    erase(office, withdrawn)
    assert found() == 0


def test_the_tables_that_are_overwritten_are_there(office, withdrawn):
    purge(*ERASED_TABLES, thorough=True)
