"""The secretary reminds units of what they owe the campaign."""

import pytest
from sqlalchemy import delete, select

from tests.factories import CAMPAIGN
from tests.offices import scene
from tests.people import AN_CU, AN_PHU
from webapp.extensions import db
from webapp.models import Notice, RoleHolding, Unit
from webapp.operations.interventions import freeze_case
from webapp.operations.reviews import close_reports

PAGE = f"/campaigns/{CAMPAIGN}/units"


@scene
def silent(office):
    """The plan has gone out to two communes, neither of which has answered; reviews of the past are closed."""
    code = office.publish_plan()
    for review in ("so-ket-2018", "so-ket-2019"):
        close_reports(CAMPAIGN, review, "Đã qua", actor=office.actor("secretary"), now=office.now)
    office.move(days=1)
    return code


def told(username, office):
    db.session.rollback()
    query = select(Notice.template).where(Notice.person_id == office.person(username).id)
    return [template for template in db.session.scalars(query) if template == "acknowledgement_reminder"]


def rows(page):
    return {
        row.select_one("th span").find(string=True).strip(): row.get_text(" ", strip=True)
        for row in page.all("tbody tr")
    }


def test_all_or_one_are_reminded_once_a_day(signed_in, office, silent):
    browser = signed_in("secretary")
    page = browser.get(PAGE)
    assert "Nhắc 2 đơn vị còn nợ" in page.text
    browser.post(f"/campaigns/{CAMPAIGN}/remind", {"unit": AN_CU})
    assert (told("officer", office), told("other_officer", office)) == (["acknowledgement_reminder"], [])
    assert "đã nhắc hôm nay" in rows(browser.get(PAGE))["xã An Cư"]
    page = browser.submit(f"form[action='/campaigns/{CAMPAIGN}/remind']:not(td form)")
    assert (
        "Đã nhắc 1 đơn vị. 1 đơn vị đã được nhắc hôm nay nên không nhắc lại."
        in page.one("#flashes").get_text()
    )
    assert (len(told("officer", office)), len(told("other_officer", office))) == (1, 1)
    assert office.at.strftime("%d/%m/%Y") in rows(page)["xã An Cư"]
    assert not page.all(f"form[action='/campaigns/{CAMPAIGN}/remind']"), "nobody is left to be reminded today"
    page = browser.post(f"/campaigns/{CAMPAIGN}/remind", {"unit": AN_PHU})
    assert "đã được nhắc hôm nay" in page.one("#flashes").get_text()
    office.move(days=1)
    browser.post(f"/campaigns/{CAMPAIGN}/remind")
    assert len(told("officer", office)) == 2
    assert "nhắc 2 đơn vị" in browser.get(f"/campaigns/{CAMPAIGN}/progress").text


def test_a_unit_without_an_officer_is_named_and_not_counted_as_reminded(signed_in, office, silent):
    """Nobody receives the plan there: the administrator has to give somebody the role."""
    place = select(Unit.id).where(Unit.code == AN_PHU)
    db.session.execute(delete(RoleHolding).where(RoleHolding.unit_id.in_(place)))
    db.session.commit()
    browser = signed_in("secretary")
    assert "chưa có công chức phụ trách" in rows(browser.get(PAGE))["xã An Phú"]
    page = browser.submit(f"form[action='/campaigns/{CAMPAIGN}/remind']:not(td form)")
    said = page.one("#flashes").get_text()
    assert "Đã nhắc 1 đơn vị. 1 đơn vị chưa có công chức phụ trách nên không nhắc được." in said


def test_who_has_answered_is_left_in_peace(signed_in, office, silent):
    mine = office.person("officer").holdings[0].unit_id
    office.do("officer", "acknowledge_plan", task=office.task("acknowledge_plan", silent, unit_id=mine))
    browser = signed_in("secretary")
    page = browser.get(PAGE)
    assert "Nhắc 1 đơn vị còn nợ" in page.text
    assert len(page.all("td form")) == 1
    page = browser.post(f"/campaigns/{CAMPAIGN}/remind", {"unit": AN_CU})
    assert "Không có đơn vị nào cần nhắc" in page.one("#flashes").get_text()


@pytest.mark.parametrize(("username", "status"), [("officer", 403), ("authority", 403), ("specialist", 403)])
def test_others_cannot(signed_in, office, silent, username, status):
    browser = signed_in(username)
    assert browser.get(PAGE).all("td form") == []
    browser.post(f"/campaigns/{CAMPAIGN}/remind", status=status)


def test_in_a_suspended_campaign_nobody_is_reminded(signed_in, office, silent):
    freeze_case(silent, "Chờ chỉ đạo", actor=office.actor("secretary"), now=office.now)
    browser = signed_in("secretary")
    assert browser.get(PAGE).all("td form") == []
    browser.post(f"/campaigns/{CAMPAIGN}/remind", status=409)
    assert told("officer", office) == []


def test_the_plan_a_unit_has_filed_opens_for_the_organiser(signed_in, office, silent):
    mine = office.person("officer").holdings[0].unit_id
    task = office.task("acknowledge_plan", silent, unit_id=mine)
    filed = {"unit_plan_number": "12/KH-UBND", "unit_plan_date": "2019-12-01", "launched_on": "2019-12-02"}
    office.do("officer", "acknowledge_plan", task=task, **filed)
    page = signed_in("secretary").get(PAGE)
    assert (
        "Số 12/KH-UBND ngày 01/12/2019 (mở trong thẻ mới) phát động ngày 02/12/2019" in rows(page)["xã An Cư"]
    )
    paper = str(page.one("tbody td a")["href"])
    assert signed_in("secretary").client.get(paper).mimetype == "application/pdf"
    assert signed_in("other_officer").get(PAGE).all("tbody td a") == []
