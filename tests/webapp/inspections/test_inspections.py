"""Inspections begin by a decision, change on record, and end; who may not is refused."""

import pytest
from sqlalchemy import select

from tests.inspecting import DAY, begin, mandate, raised
from tests.people import AN_CU, AN_PHU, PROVINCE, TINH_BIEN
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Inspection, InspectionNote
from webapp.operations.inspections import (
    begin_inspection,
    change_inspection,
    end_inspection,
    write_note,
)
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow


def told(code):
    db.session.rollback()
    return eventlog.read_stream(db.session(), f"inspection/{code}")


def faults(refused):
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


def test_the_log_keeps_what_it_covers_and_who_inspects_but_no_name(office, cases):
    code = begin(office)
    [event] = told(code)
    assert event.type == "inspection_begun"
    assert event.fields["units"] == [AN_CU]
    assert event.fields["head"] == office.person("stranger").public_id
    assert "Chánh Thanh tra" not in str(event.fields)
    assert event.private["issued_by"] == "Chánh Thanh tra huyện Tịnh Biên"


@pytest.mark.parametrize("username", ["head", "secretary", "authority", "specialist", "officer", "stranger"])
def test_only_auditors_and_administrators_begin_one(office, username):
    with pytest.raises(Forbidden):
        begin(office, by=username)
    assert office.read(select(Inspection)) == []


def test_an_auditor_begins_none_above_the_own_unit_and_the_administrator_of_the_province_does(office):
    with pytest.raises(NotFound):
        begin(office, units=[PROVINCE])
    assert begin(office, by="admin", units=[PROVINCE]) == "KT-2019-0001"


def test_nobody_inspects_the_unit_they_work_in(office):
    with pytest.raises(InvalidForm) as refused:
        begin(office, members=("officer",))
    assert faults(refused) == [("/members", "works_there")]
    assert begin(office, members=("other_officer",)), "somebody of another commune may"


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"period_to": -40}, "/period_to"),
        ({"ends_on": -1}, "/ends_on"),
        ({"begins_on": -1}, "/begins_on"),
    ],
)
def test_days_that_cannot_be_are_refused(office, said, place):
    with pytest.raises(InvalidForm) as refused:
        begin(office, **{name: office.today + days * DAY for name, days in said.items()})
    assert (place, "before_beginning") in faults(refused)


def test_a_decision_is_entered_once(office):
    begin(office)
    with pytest.raises(InvalidForm) as refused:
        begin(office)
    assert faults(refused) == [("/decision_number", "inspection_entered")]
    assert len(office.read(select(Inspection))) == 1


def test_a_change_stands_in_the_log_with_what_was_before(office, inspection):
    wider = mandate(office, units=[AN_CU, AN_PHU], ends_on=office.today + 40 * DAY)
    change_inspection(inspection, wider, actor=office.actor("auditor"), now=office.now)
    change_inspection(inspection, wider, actor=office.actor("auditor"), now=office.now)
    [_begun, changed] = told(inspection)
    assert changed.fields["before"]["units"] == [AN_CU]
    assert changed.fields["after"]["units"] == [AN_CU, AN_PHU]


def test_what_has_ended_is_not_changed(office, inspection):
    end_inspection(inspection, "Không có vi phạm", actor=office.actor("stranger"), now=office.now)
    for again in (
        lambda: change_inspection(inspection, mandate(office), actor=office.actor("auditor"), now=office.now),
        lambda: end_inspection(inspection, "Lần nữa", actor=office.actor("stranger"), now=office.now),
    ):
        with pytest.raises(NotNow):
            again()


def test_its_head_ends_it_and_nobody_else(office, cases):
    code = begin(office, members=("other_officer",))
    raised(office, code, cases[0])
    for username, refusal in (("other_officer", Forbidden), ("auditor", Forbidden), ("head", NotFound)):
        with pytest.raises(refusal):
            end_inspection(code, "Xong", actor=office.actor(username), now=office.now)
    with pytest.raises(InvalidForm):
        end_inspection(code, "  ", actor=office.actor("stranger"), now=office.now)
    end_inspection(code, "Còn một phát hiện", actor=office.actor("stranger"), now=office.now)
    assert told(code)[-1].fields == {"inspection": code, "findings": 1, "open": 1}


def test_notes_are_kept_once_and_their_text_is_private(office, cases, inspection):
    for _twice in range(2):
        write_note(inspection, cases[0], 1, "Hỏi lại xã", actor=office.actor("stranger"), now=office.now)
    [note] = office.read(select(InspectionNote))
    assert note.text == "Hỏi lại xã"
    [_begun, written] = told(inspection)
    assert written.fields == {"inspection": inspection, "case": cases[0], "event": 1}
    assert written.private == {"text": "Hỏi lại xã"}


@pytest.mark.parametrize(("case", "event"), [(1, 1), (0, 99), (0, 0)])
def test_nothing_is_noted_about_what_it_does_not_cover(office, cases, inspection, case, event):
    with pytest.raises(NotFound):
        write_note(
            inspection, cases[case], event, "Ngoài phạm vi", actor=office.actor("stranger"), now=office.now
        )
    assert office.read(select(InspectionNote)) == []


def test_an_auditor_who_is_no_member_writes_nothing(office, cases, inspection):
    with pytest.raises(NotFound):
        write_note(inspection, cases[0], 1, "Ghi chú", actor=office.actor("auditor"), now=office.now)
    with pytest.raises(NotFound):
        raised(office, inspection, cases[0], by="auditor")
    assert begin_inspection(
        mandate(office, head="auditor", decision_number="16/QĐ-TTr", units=[TINH_BIEN]),
        actor=office.actor("admin"),
        now=office.now,
    )
