"""Replication: who applies an exemplar, what is refused, what is counted and when."""

import pytest
from sqlalchemy import select

from tests.introducing import day, introduced
from tests.offices import scene
from tests.people import AN_CU, AN_PHU
from tests.proven import open_elements
from webapp.extensions import db
from webapp.models import Introduction, Notice, Replication
from webapp.operations.interventions import stop_case
from webapp.operations.refusals import Forbidden, InvalidForm
from webapp.queries.replications import Applied, applied_counts

__all__ = ["introduced"]

RESULTS = [{"effect": "Hộ tham gia", "before": 0, "after": 12, "measure": "hộ"}]


def apply(office, exemplar, username="other_officer", unit=AN_PHU, **form):
    usual = {
        "taken_over": "Góp vốn xoay vòng mua bò giống.",
        "begun_date": day(office, -3),
        "report_date": day(office, 40),
    }
    return office.start(username, "replication", exemplar=exemplar, submitting_unit=unit, **(usual | form))


def counts():
    db.session.rollback()
    introduction = db.session.scalars(select(Introduction)).one()
    return applied_counts(db.session(), [introduction.id]).get(introduction.id, Applied())


@scene
def applied(office, introduced):
    """An Phú applies the exemplar of An Cư, and this is confirmed."""
    code = apply(office, introduced)
    office.do("specialist", "confirm_application", code, decision="confirm")
    return code


def test_it_counts_once_the_organiser_has_confirmed_it(office, introduced):
    code = apply(office, introduced)
    assert code.startswith(("NR-2019-", "NR-2020-"))
    assert counts() == Applied(0, 0)
    office.do("specialist", "confirm_application", code, decision="confirm")
    assert counts() == Applied(1, 0)


def test_a_chairman_speaks_for_the_own_commune_only(office, introduced):
    with pytest.raises(InvalidForm) as refused:
        apply(office, introduced, "commune_chair", AN_PHU)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/submitting_unit", "not_a_choice")
    ]


def test_it_is_sent_back_with_a_reason_and_mended(office, introduced):
    code = apply(office, introduced)
    office.do("specialist", "confirm_application", code, decision="return", return_note="Ghi rõ số hộ")
    office.work()
    query = (
        select(Notice.template)
        .where(Notice.person_id == office.person("other_officer").id)
        .order_by(Notice.id)
    )
    assert office.read(query)[-1:] == ["replication_returned"]
    office.do(
        "other_officer", "mend_application", code, begun_date=day(office, -1), report_date=day(office, 9)
    )
    assert open_elements(code) == ["confirm_application"]
    assert office.read(select(Replication.begun_on))[0].isoformat() == day(office, -1)


def test_the_report_is_due_on_the_day_named(office, applied):
    assert open_elements(applied) == []
    office.move(days=39)
    assert open_elements(applied) == []
    office.move(days=2)
    assert open_elements(applied) == ["report_results"]


def test_confirmed_numbers_stand_and_more_may_come(office, applied):
    office.move(days=41)
    office.do("other_officer", "report_results", applied, results=RESULTS)
    assert counts() == Applied(1, 0)
    office.do("specialist", "confirm_results", applied, decision="follow", report_date=day(office, 30))
    assert counts() == Applied(1, 1)
    assert office.read(select(Replication.results)) == [RESULTS]
    office.move(days=31)
    more = [{**RESULTS[0], "after": 20}]
    office.do("other_officer", "report_results", applied, results=more)
    office.do("specialist", "confirm_results", applied, decision="confirm")
    assert office.case(applied).outcome == "applied"
    assert office.read(select(Replication.results)) == [more]
    assert counts() == Applied(1, 1)


def test_a_report_without_a_number_is_refused(office, applied):
    office.move(days=41)
    with pytest.raises(InvalidForm) as refused:
        office.do("other_officer", "report_results", applied, results=[])
    assert [fault.pointer for fault in refused.value.faults] == ["/results"]


def test_who_gives_it_up_counts_no_more_and_may_begin_again(office, introduced, applied):
    stop_case(applied, "Không đủ vốn", actor=office.actor("other_officer"), now=office.now)
    assert counts() == Applied(0, 0)
    assert open_elements(apply(office, introduced)) == ["confirm_application"]


@pytest.mark.parametrize(
    ("username", "unit", "code"),
    [("other_officer", AN_PHU, "applies_already"), ("officer", AN_CU, "own_exemplar")],
)
def test_neither_twice_nor_the_own_one(office, introduced, applied, username, unit, code):
    with pytest.raises(InvalidForm) as refused:
        apply(office, introduced, username, unit)
    assert [fault.code for fault in refused.value.faults] == [code]


@pytest.mark.parametrize("username", ["registrant", "specialist", "stranger"])
def test_only_a_unit_says_so(office, introduced, username):
    with pytest.raises(Forbidden):
        apply(office, introduced, username)


def test_what_is_not_introduced_is_not_applied(office, introduced):
    stop_case(introduced, "Gia đình rút đồng ý", actor=office.actor("specialist"), now=office.now)
    with pytest.raises(InvalidForm):
        apply(office, introduced)
