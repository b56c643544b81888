"""Many dossiers go over to the successor of a unit by the worker: none is lost, doubled or out of reach meanwhile."""

from threading import Event

import pytest
from sqlalchemy import delete, select, update

from tests.deciding import registered
from tests.merging import NEW, PAPER, merge, roles_in
from tests.offices import scene
from tests.people import AN_CU, TINH_BIEN
from tests.proven import faults
from tests.statements import statements
from tests.together import together
from webapp import eventlog
from webapp.extensions import db
from webapp.jobs import run
from webapp.models import MovedCase, Nominee, Notice, Person, Unit, UnitChange
from webapp.operations import long_work, moving_cases, tasks
from webapp.operations.acting import SYSTEM
from webapp.operations.interventions import stop_case
from webapp.operations.owing import remind_of_owed
from webapp.operations.refusals import InvalidForm, NotFound, NotNow
from webapp.operations.transaction import write
from webapp.operations.unit_changes import close_unit
from webapp.queries.bulk_selection import colleagues
from webapp.queries.standing import may_see, standing_of

MANY = 4


@pytest.fixture(autouse=True)
def left_to_the_worker(monkeypatch):
    """Two dossiers are too many to be waited for."""
    monkeypatch.setattr(long_work, "PIECE", 1)


@scene
def many(office):
    """Registrations of An Cư wait for their check; returns their codes."""
    office.open_campaign()
    return registered(office, MANY)


def units(office, codes):
    return [office.case(code).unit.code for code in codes]


def carry(office):
    db.session.rollback()
    run.settle(lambda: office.now)


def told(office):
    """The events of units, by type, without those before the merger."""
    events = {event.type: event.fields for event in eventlog.read_stream(db.session(), "units")}
    return [
        events[name] for name in ("units_merged", "cases_move_begun", "cases_move_ended") if name in events
    ]


def moved_times(code):
    return [event.type for event in eventlog.read_stream(db.session(), f"case/{code}")].count("case_moved")


def test_the_merger_is_a_fact_before_its_dossiers_have_gone_over(office, many):
    assert merge(office) == NEW
    assert units(office, many) == [AN_CU] * MANY
    [unit] = office.read(select(Unit).where(Unit.code == AN_CU))
    assert unit.to_date is not None
    merged, begun = told(office)
    assert merged["cases"] == begun["cases"] == MANY
    carry(office)
    assert units(office, many) == [NEW] * MANY
    assert {office.task("check_registration", code).unit.code for code in many} == {NEW}
    assert {each.unit.code for each in office.read(select(Nominee))} == {NEW}
    assert told(office)[2] == {"change": begun["change"], "moved": MANY, "failed": 0}
    assert [moved_times(code) for code in many] == [1] * MANY
    assert faults() == []


def test_the_merger_itself_touches_and_locks_no_dossier(office, many):
    """Locks do not grow with the dossiers: they are noted by one statement."""
    sent = statements(lambda: merge(office))
    assert len([each for each in sent if each.startswith("INSERT INTO moved_case")]) == 1
    assert not [each for each in sent if each.startswith(('UPDATE "case"', "UPDATE task"))]
    assert not [each for each in sent if 'FROM "case"' in each and "FOR UPDATE" in each]
    logged = [event.type for event in eventlog.read_stream(db.session(), "units")]
    assert logged[-2:] == ["units_merged", "cases_move_begun"]


@pytest.mark.mostly_on("postgresql")
def test_a_merger_waits_for_nobody_who_works_on_a_dossier(app, office, many):
    """Who numbers a decision holds its dossier, then its unit; who merges holds the unit: they would wait for ever."""
    case_id, unit_id = office.case(many[0]).id, office.case(many[0]).unit_id
    held, merged = Event(), Event()

    def work_on_it():
        with write(SYSTEM, office.now) as transaction:
            transaction.lock_case(case_id)
            held.set()
            merged.wait(2)  # on SQLite who merges has to wait
            transaction.hold(Unit, unit_id)

    def merge_meanwhile():
        assert held.wait(20)
        merge(office)
        merged.set()

    assert together(app, [work_on_it, merge_meanwhile]) == [None, None]
    carry(office)
    assert units(office, many) == [NEW] * MANY


def test_a_dossier_on_its_way_is_seen_and_decided_by_who_has_the_role_now(office, many):
    merge(office)
    first, second, *_others = many
    standing = standing_of(db.session(), office.person("other_officer"), office.today)
    assert may_see(db.session(), standing, office.case(first).id)
    tasks.take_task(
        office.task("check_registration", first).public_id,
        actor=office.actor("other_officer"),
        now=office.now,
    )
    office.do("officer", "check_registration", second, decision="accept")
    carry(office)
    assert units(office, [first, second]) == [NEW, AN_CU], "what was decided has ended, and stays"
    assert office.task("check_registration", first).holder_id == office.person("other_officer").id
    assert faults() == []


def test_of_a_dossier_on_its_way_colleagues_in_the_new_unit_are_given_it_and_reminded(office, many):
    merge(office)
    lying = [office.task("check_registration", code) for code in many]
    officer = office.person("officer").id
    found = colleagues(db.session(), lying, officer, office.today)
    assert [person.username for person in found] == ["colleague", "other_officer"]
    secretary = office.actor("secretary")
    assert remind_of_owed(TINH_BIEN, AN_CU, actor=secretary, now=office.now) == [AN_CU]
    told = office.read(select(Notice.person_id).where(Notice.template == "work_owed"))
    assert officer in told


def test_what_ends_on_its_way_stays_with_the_unit_that_was(office, many):
    merge(office)
    stop_case(many[0], "rút", actor=office.actor("officer"), now=office.now)
    carry(office)
    assert units(office, many) == [AN_CU, *[NEW] * (MANY - 1)]


def test_a_dossier_opened_meanwhile_goes_along(office, many):
    merge(office)
    db.session.execute(delete(MovedCase).where(MovedCase.case_id == office.case(many[0]).id))
    db.session.commit()
    carry(office)
    assert units(office, many) == [NEW] * MANY
    assert told(office)[2]["moved"] == MANY


def test_it_goes_on_when_the_account_of_who_merged_is_closed(office, many):
    merge(office)
    db.session.execute(update(Person).where(Person.username == "admin").values(active=False))
    db.session.commit()
    carry(office)
    assert units(office, many) == [NEW] * MANY


def test_nothing_is_merged_or_closed_while_dossiers_come_over(office, many):
    merge(office)
    office.move(days=1)
    with pytest.raises(NotNow) as refused:
        merge(
            office,
            units=[NEW, f"{NEW.rpartition('/')[0]}/an-hao"],
            name="xã Thất Sơn",
            roles=roles_in(office, NEW),
        )
    assert refused.value.code == "cases_coming"
    with pytest.raises(InvalidForm):
        close_unit(NEW, office.today, PAPER, actor=office.actor("admin"), now=office.now)
    carry(office)
    merge(
        office,
        units=[NEW, f"{NEW.rpartition('/')[0]}/an-hao"],
        name="xã Thất Sơn",
        roles=roles_in(office, NEW),
    )


def test_what_could_not_go_over_is_tried_again(office, many, monkeypatch):
    merge(office)
    [change] = office.read(select(UnitChange.public_id))

    def full(**_fields):
        raise OSError("no space left")

    monkeypatch.setattr(moving_cases, "CaseMoved", full)
    carry(office)
    assert units(office, many) == [AN_CU] * MANY
    assert told(office)[2]["failed"] == MANY
    monkeypatch.undo()
    with pytest.raises(NotFound):
        moving_cases.retry_moves(change, actor=office.actor("officer"), now=office.now)
    moving_cases.retry_moves(change, actor=office.actor("admin"), now=office.now)
    carry(office)
    assert units(office, many) == [NEW] * MANY
    assert [moved_times(code) for code in many] == [1] * MANY
    with pytest.raises(NotNow):
        moving_cases.retry_moves(change, actor=office.actor("admin"), now=office.now)
