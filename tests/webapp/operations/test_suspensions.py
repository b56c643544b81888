"""A nomination is suspended by an order on paper, looked at again on its day, and goes on where it stood."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.proven import faults
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Notice, Suspension
from webapp.operations.acting import SYSTEM
from webapp.operations.interventions import resume_case
from webapp.operations.refusals import CaseFrozen, Forbidden, InvalidForm
from webapp.operations.suspensions import Order, remind_of_reviews, suspend

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
