"""A nomination is suspended by an order on paper, looked at again on its day, and goes on where it stood."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.factories import PDF
from tests.proven import faults
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Notice, Suspension
from webapp.operations.acting import SYSTEM
from webapp.operations.interventions import freeze_case, resume_case
from webapp.operations.papers import Upload
from webapp.operations.refusals import CaseFrozen, Forbidden, InvalidForm, NotNow
from webapp.operations.suspensions import Order, add_order, move_review, remind_of_reviews, suspend
from workflows.values import local_day

ORDER = Order(
    kind="complaint",
    ordered_by="Thanh tra huyện",
    paper_number="214/TTH",
    paper_date=dt.date(2019, 12, 1),
    review_by=dt.date(2019, 12, 16),
    reason="Chờ kết luận",
)


@pytest.fixture
def code(office, campaign):
    return office.nominate()


def told(office):
    return [
        each.person_id for each in office.read(select(Notice).where(Notice.template == "suspension_review"))
    ]


def test_it_stops_by_its_order_and_goes_on(office, code):
    before = office.task("prepare_on_behalf", code).due
    suspend(code, ORDER, actor=office.actor("specialist"), now=office.now)
    [row] = office.read(select(Suspension))
    assert (row.ordered_by, row.paper_number, row.review_by) == (
        "Thanh tra huyện",
        "214/TTH",
        ORDER.review_by,
    )
    with pytest.raises(CaseFrozen):
        office.do("officer", "prepare_on_behalf", code)
    office.move(days=3)
    resume_case(code, "Đơn không có cơ sở", actor=office.actor("head"), now=office.now)
    assert office.task("prepare_on_behalf", code).due == (before and before + dt.timedelta(days=3))
    assert office.read(select(Suspension))[0].resumed_at is not None
    kinds = [each.type for each in eventlog.read_stream(db.session(), f"case/{code}")]
    assert kinds[-4:] == ["case_frozen", "suspension_ordered", "case_resumed", "timers_shifted"]
    assert faults() == []


def test_on_the_day_of_review_somebody_is_told_once(office, code):
    suspend(code, ORDER, actor=office.actor("specialist"), now=office.now)
    assert remind_of_reviews(actor=SYSTEM, now=office.now) == 0
    office.move(days=14)
    assert remind_of_reviews(actor=SYSTEM, now=office.now) == 1
    assert remind_of_reviews(actor=SYSTEM, now=office.now) == 0
    assert sorted(told(office)) == sorted(office.person(name).id for name in ("specialist", "secretary"))


def test_what_has_gone_on_is_not_reminded_of(office, code):
    suspend(code, ORDER, actor=office.actor("specialist"), now=office.now)
    resume_case(code, "Xong", actor=office.actor("specialist"), now=office.now)
    office.move(days=20)
    assert remind_of_reviews(actor=SYSTEM, now=office.now) == 0


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"paper_date": dt.date(2019, 12, 3)}, "/paper_date"),
        ({"review_by": dt.date(2019, 12, 2)}, "/review_by"),
        ({"reason": " "}, "/reason"),
    ],
)
def test_days_that_cannot_be(office, code, change, pointer):
    with pytest.raises(InvalidForm) as refused:
        suspend(code, replace(ORDER, **change), actor=office.actor("specialist"), now=office.now)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]
    assert office.read(select(Suspension)) == []


def test_who_may(office, code):
    for username in ("officer", "member1", "clerk"):
        with pytest.raises((Forbidden, LookupError)):
            suspend(code, ORDER, actor=office.actor(username), now=office.now)
    suspend(code, ORDER, actor=office.actor("authority"), now=office.now)
    with pytest.raises(CaseFrozen):
        suspend(code, ORDER, actor=office.actor("head"), now=office.now)


def test_a_deadline_in_working_days_keeps_the_days_it_had_left(office, code):
    """Ten working days from Monday 2/12; suspended on Wednesday with eight left, resumed on a Saturday."""
    office.do("officer", "prepare_on_behalf", code)
    task = office.task("check_dossier", code)
    assert local_day(task.due) == dt.date(2019, 12, 16)
    office.move(days=2)
    suspend(code, ORDER, actor=office.actor("specialist"), now=office.now)
    office.move(days=3, hours=5)
    resume_case(code, "Xong", actor=office.actor("specialist"), now=office.now)
    task = office.task("check_dossier", code)
    assert local_day(task.due) == dt.date(2019, 12, 18)
    assert office.case(code).next_due == task.due
    assert faults() == []


def test_the_order_is_kept_as_a_file(office, code):
    actor = office.actor("specialist")
    paper = add_order(
        code, Upload("lenh.pdf", io.BytesIO(PDF), "suspension_order"), actor=actor, now=office.now
    )
    with pytest.raises(InvalidForm) as refused:
        suspend(code, replace(ORDER, paper=paper), actor=office.actor("head"), now=office.now)
    assert [fault.code for fault in refused.value.faults] == ["paper_unknown"]
    suspend(code, replace(ORDER, paper=paper), actor=actor, now=office.now)
    resume_case(code, "Đơn không có cơ sở", actor=actor, now=office.now)
    with pytest.raises(InvalidForm):  # it belongs to the suspension it ordered
        suspend(code, replace(ORDER, paper=paper), actor=actor, now=office.now)
    [row] = office.read(select(Suspension))
    ordered = eventlog.read_stream(db.session(), f"case/{code}")
    [ordered] = [each for each in ordered if each.type == "suspension_ordered"]
    assert ordered.fields["sha256"] == row.paper.sha256
    with pytest.raises(Forbidden):
        add_order(
            code,
            Upload("x.pdf", io.BytesIO(PDF), "suspension_order"),
            actor=office.actor("officer"),
            now=office.now,
        )
    assert faults() == []


def test_the_day_of_review_moves_and_is_reminded_of_again(office, code):
    actor = office.actor("specialist")
    suspend(code, ORDER, actor=actor, now=office.now)
    office.move(days=14)
    assert remind_of_reviews(actor=SYSTEM, now=office.now) == 1
    move_review(code, dt.date(2020, 1, 6), "Thanh tra gia hạn", actor=office.actor("head"), now=office.now)
    moved = eventlog.read_stream(db.session(), f"case/{code}")[-1]
    assert (moved.type, moved.fields) == (
        "suspension_review_moved",
        {"before_date": "2019-12-16", "review_date": "2020-01-06"},
    )
    assert remind_of_reviews(actor=SYSTEM, now=office.now) == 0
    office.move(days=21)
    assert remind_of_reviews(actor=SYSTEM, now=office.now) == 1
    assert faults() == []


@pytest.mark.parametrize(
    ("day", "reason", "found"),
    [
        (dt.date(2019, 12, 2), "Gia hạn", ("/review_by", "in_the_past")),
        (ORDER.review_by, "Gia hạn", ("/review_by", "same_day")),
        (dt.date(2020, 1, 6), " ", ("/reason", "required")),
    ],
)
def test_a_day_of_review_that_cannot_be(office, code, day, reason, found):
    suspend(code, ORDER, actor=office.actor("specialist"), now=office.now)
    with pytest.raises(InvalidForm) as refused:
        move_review(code, day, reason, actor=office.actor("specialist"), now=office.now)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [found]
    assert office.read(select(Suspension))[0].review_by == ORDER.review_by


def test_who_may_move_it_and_when(office, code):
    later = dt.date(2020, 1, 6)
    with pytest.raises(NotNow):
        move_review(code, later, "Gia hạn", actor=office.actor("head"), now=office.now)
    freeze_case(code, "Không có lệnh", actor=office.actor("head"), now=office.now)
    with pytest.raises(NotNow):
        move_review(code, later, "Gia hạn", actor=office.actor("head"), now=office.now)
    with pytest.raises(Forbidden):
        move_review(code, later, "Gia hạn", actor=office.actor("officer"), now=office.now)


def test_the_submitting_unit_is_told_that_it_rests_and_that_it_goes_on(office, code):
    suspend(code, ORDER, actor=office.actor("head"), now=office.now)
    resume_case(code, "Đơn không có cơ sở", actor=office.actor("specialist"), now=office.now)
    told = [
        (each.template, each.person_id)
        for each in office.read(
            select(Notice).where(Notice.template.like("nomination_%")).order_by(Notice.id)
        )
    ]
    officer, specialist = office.person("officer").id, office.person("specialist").id
    assert {("nomination_suspended", officer), ("nomination_suspended", specialist)} <= set(told)
    assert ("nomination_resumed", officer) in told
    assert ("nomination_resumed", specialist) not in told  # who did it knows
