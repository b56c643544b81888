"""The deadline of an open task is moved with a reason; what reminds of it goes along, and the record replays."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.factories import LONG_AGO
from tests.offices import scene
from tests.people import TINH_BIEN
from tests.proven import faults
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Notice, Unit
from webapp.operations import people, rule_sets
from webapp.operations.acting import SYSTEM
from webapp.operations.deadlines import move_deadline
from webapp.operations.interventions import freeze_case, resume_case
from webapp.operations.refusals import CaseFrozen, Forbidden, InvalidForm, NotFound, NotNow
from webapp.queries.rule_sets import version_in_force
from workflows.law_amendments import Amendment
from workflows.typed_yaml import read
from workflows.values import local_day


@scene
def checked(office):
    """The commune checks a dossier until 16/12/2019."""
    office.open_campaign()
    code = office.nominate(nominee_name="Nguyễn Văn Ất")
    office.do("officer", "prepare_on_behalf", code, name_on_paper="Nguyễn Văn Ất")
    return code


DAYS = (("20/12/2019", "16/12/2019"), ("06/12/2019", "20/12/2019"))


def move(office, code, day, username="secretary", element="check_dossier", reason="Đơn vị xin gia hạn vì lũ"):
    task = office.task(element, code)
    move_deadline(task.public_id, day, reason, actor=office.actor(username), now=office.now)


def notices(office, template):
    return office.read(select(Notice).where(Notice.template == template))


def test_the_escalation_comes_on_the_new_day_and_the_record_replays(office, checked):
    move(office, checked, dt.date(2019, 12, 20))
    assert local_day(office.task("check_dossier", checked).due) == dt.date(2019, 12, 20)
    office.move(days=16)
    assert not notices(office, "commune_check_due"), "18/12: the old day has passed"
    office.move(days=4)
    assert notices(office, "commune_check_due")
    assert faults() == []


def test_earlier_is_possible_and_a_second_time_is_told_with_the_first(signed_in, office, checked):
    move(office, checked, dt.date(2019, 12, 20))
    move(office, checked, dt.date(2019, 12, 6), username="head", reason="Hội đồng họp sớm")
    task = office.task("check_dossier", checked)
    page = signed_in("head").get(f"/tasks/{task.public_id}/deadline")
    told = [each.get_text(" ", strip=True) for each in page.all(".plain-list li")]
    assert [f"từ {before} sang {after}" in said for said, before, after in zip(told, *DAYS, strict=True)] == [
        True,
        True,
    ]
    assert ("Hội đồng họp sớm" in told[0], "Đơn vị xin gia hạn vì lũ" in told[1]) == (True, True)
    assert "sang 20/12/2019" in signed_in("officer").get(f"/nominations/{checked}").text


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (dt.date(2019, 11, 29), "in_the_past"),
        (dt.date(2019, 12, 16), "same_deadline"),
        (dt.date(2019, 12, 21), "not_worked"),  # a Saturday
        (dt.date(2020, 1, 24), "not_worked"),  # the last day of the old year of the moon
    ],
)
def test_the_day_is_a_working_day_to_come(office, checked, day, code):
    with pytest.raises(InvalidForm) as refused:
        move(office, checked, day)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_never_without_a_reason(office, checked):
    with pytest.raises(InvalidForm) as refused:
        move(office, checked, dt.date(2019, 12, 20), reason="  ")
    assert [fault.pointer for fault in refused.value.faults] == ["/reason"]


@pytest.mark.parametrize(
    ("username", "refusal"),
    [
        ("officer", Forbidden),
        ("specialist", Forbidden),
        ("province_head", Forbidden),
        ("other_officer", NotFound),
        ("member1", Forbidden),
    ],
)
def test_only_the_head_and_the_secretary_of_the_unit_that_decides(office, checked, username, refusal):
    with pytest.raises(refusal):
        move(office, checked, dt.date(2019, 12, 20), username=username)
    assert local_day(office.task("check_dossier", checked).due) == dt.date(2019, 12, 16)


def test_not_while_the_dossier_is_suspended_and_then_by_the_days_that_were_left(office, checked):
    move(office, checked, dt.date(2019, 12, 20))
    freeze_case(checked, "Có đơn", actor=office.actor("head"), now=office.now)
    with pytest.raises(CaseFrozen):
        move(office, checked, dt.date(2019, 12, 23))
    office.move(days=7)
    resume_case(checked, "Đơn đã rút", actor=office.actor("head"), now=office.now)
    assert local_day(office.task("check_dossier", checked).due) == dt.date(2019, 12, 27)
    assert faults() == []


def test_what_is_over_stays_over_through_a_suspension_and_can_be_moved(office, checked):
    office.move(days=20)
    over = office.task("check_dossier", checked).due
    freeze_case(checked, "Có đơn", actor=office.actor("head"), now=office.now)
    office.move(days=7)
    resume_case(checked, "Đơn đã rút", actor=office.actor("head"), now=office.now)
    assert office.task("check_dossier", checked).due == over
    move(office, checked, dt.date(2020, 1, 3))
    assert local_day(office.task("check_dossier", checked).due) == dt.date(2020, 1, 3)
    told = [each.person_id for each in notices(office, "commune_check_due")]
    assert len(told) == len(set(told)), "nobody is told twice"
    assert faults() == []


def test_one_unit_is_given_more_time_for_its_report_and_no_other(office, campaign):
    mine, other = (office.person(each).holdings[0].unit_id for each in ("officer", "other_officer"))
    review = {"element": "report_indicators", "code": campaign}
    before = office.task(**review, unit_id=other).due
    later = local_day(before) + dt.timedelta(days=7 - local_day(before).weekday())
    task = office.task(**review, unit_id=mine)
    move_deadline(task.public_id, later, "Xã bị lũ", actor=office.actor("secretary"), now=office.now)
    assert local_day(office.task(**review, unit_id=mine).due) == later
    assert office.task(**review, unit_id=other).due == before
    assert faults() == []


def test_the_end_of_registration_is_a_day_of_the_plan(office, campaign):
    code = office.register()
    with pytest.raises(NotNow) as refused:
        move(office, code, dt.date(2019, 12, 20), element="fill_on_behalf")
    assert refused.value.code == "deadline_of_plan"


def test_the_page_moves_it_from_the_task_and_the_case(signed_in, office, checked):
    browser = signed_in("secretary")
    task = office.task("check_dossier", checked)
    address = f"/tasks/{task.public_id}/deadline"
    for page in (browser.get(f"/nominations/{checked}"), browser.get(f"/tasks/{task.public_id}")):
        assert page.all(f"main a[href='{address}']")
    browser.get(address)
    page = browser.submit("main form", 422, day="2019-12-21", reason="Lũ")
    assert "không phải ngày làm việc" in page.text
    page = browser.submit("main form", day="2019-12-20", reason="Lũ")
    assert "Đã dời thời hạn" in page.one("#flashes").get_text()
    db.session.rollback()
    [event] = [
        each
        for each in eventlog.read_stream(db.session(), f"case/{checked}")
        if each.type == "deadline_moved"
    ]
    assert event.private == {"reason": "Lũ"}
    signed_in("specialist").get(address, status=403)
    signed_in("other_officer").get(address, status=404)
    assert not signed_in("officer").get(f"/tasks/{task.public_id}").all(f"main a[href='{address}']")


def test_a_unit_gets_more_time_to_answer_with_its_reminder(office):
    """Two communes are to answer until 12/12; one is given until 20/12, and is reminded so much later."""
    code = office.publish_plan()
    mine, other = (office.person(each).holdings[0].unit_id for each in ("officer", "other_officer"))
    task = office.task("acknowledge_plan", code, unit_id=mine)
    before = task.due
    move_deadline(
        task.public_id, dt.date(2019, 12, 20), "Xã họp muộn", actor=office.actor("secretary"), now=office.now
    )
    assert office.task("acknowledge_plan", code, unit_id=other).due == before
    assert local_day(office.task("acknowledge_plan", code, unit_id=mine).due) == dt.date(2019, 12, 20)
    office.move(days=12)
    late = [each.values.get("unit") for each in notices(office, "acknowledgement_overdue")]
    assert late
    assert "xã An Cư" not in late, "14/12: its own day is still to come"
    office.move(days=8)
    assert "xã An Cư" in [each.values.get("unit") for each in notices(office, "acknowledgement_overdue")]
    assert faults() == []


@pytest.fixture
def fixed(office, checked):
    """The district's rules say that the text cited fixes the term of the check: ten working days, until 16/12/2019."""
    session = db.session()
    version = version_in_force(
        session, "law-2014", session.scalar(select(Unit).where(Unit.code == TINH_BIEN))
    )
    index = next(
        n for n, each in enumerate(read(version.content).data["clocks"]) if each["code"] == "commune_check"
    )
    change = Amendment(
        "amend", ("clocks", index), {"fixed": True, "citation": "Điều 5 Quy chế 15"}, office.today
    )
    admin = office.actor("clerk")
    people.give_role(admin.public_id, "admin", TINH_BIEN, LONG_AGO, actor=SYSTEM, now=office.now)
    draft = rule_sets.amend_rules(version.public_id, TINH_BIEN, change, actor=admin, now=office.now)
    rule_sets.submit_rules(draft, actor=admin, now=office.now)
    rule_sets.decide_rules(draft, approve=True, actor=office.actor("authority"), now=office.now)
    db.session.remove()
    return checked


def test_a_term_the_rules_fix_is_moved_only_within_it(signed_in, office, fixed):
    browser = signed_in("secretary")
    task = office.task("check_dossier", fixed)
    page = browser.get(f"/tasks/{task.public_id}/deadline")
    notice = page.one("main .notice").get_text(" ", strip=True)
    assert "10 ngày làm việc, đến hết ngày 16/12/2019. Căn cứ: Điều 5 Quy chế 15." in notice
    assert "Văn bản viện dẫn ấn định thời hạn này" in notice
    page = browser.submit("main form", 422, day="2019-12-17", reason="Lũ")
    assert "Thời hạn này đã được ấn định: Điều 5 Quy chế 15." in page.text
    browser.submit("main form", day="2019-12-06", reason="Hội đồng họp sớm")
    move(office, fixed, dt.date(2019, 12, 16))
    with pytest.raises(InvalidForm) as refused:
        move(office, fixed, dt.date(2019, 12, 18))
    assert [fault.code for fault in refused.value.faults] == ["beyond_term"]
    assert local_day(office.task("check_dossier", fixed).due) == dt.date(2019, 12, 16)
    assert faults() == []


def test_a_suspension_takes_a_fixed_term_along(office, fixed):
    move(office, fixed, dt.date(2019, 12, 6))
    freeze_case(fixed, "Có đơn", actor=office.actor("head"), now=office.now)
    office.move(days=7)
    resume_case(fixed, "Đơn đã rút", actor=office.actor("head"), now=office.now)
    move(office, fixed, dt.date(2019, 12, 23))
    with pytest.raises(InvalidForm):
        move(office, fixed, dt.date(2019, 12, 24))


def test_a_term_that_is_over_is_not_made_longer_where_the_rules_fix_it(office, fixed):
    office.move(days=20)
    with pytest.raises(InvalidForm) as refused:
        move(office, fixed, dt.date(2020, 1, 3))
    assert [fault.code for fault in refused.value.faults] == ["beyond_term"]


def test_the_page_says_what_is_still_to_be_verified(signed_in, office, checked):
    page = signed_in("secretary").get(f"/tasks/{office.task('check_dossier', checked).public_id}/deadline")
    notice = page.one("main .notice").get_text(" ", strip=True)
    assert (
        "10 ngày làm việc, đến hết ngày 16/12/2019. Căn cứ: Quy định địa phương đã gặp (chưa kiểm chứng)."
        in notice
    )
    assert "Chưa kiểm chứng thời hạn này có do luật ấn định hay không" in notice
