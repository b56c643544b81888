"""What follows the publication of a plan: units answer, registration opens, who is late is named."""

import datetime as dt
from contextlib import suppress

import pytest

from tests.factories import CAMPAIGN
from tests.offices import scene
from tests.people import AN_CU, AN_PHU
from webapp.extensions import db
from webapp.models import Campaign, FormEntry
from webapp.operations import imports
from webapp.operations.acting import SYSTEM
from webapp.operations.refusals import NotNow
from webapp.operations.reminders import remind_units
from workflows.plan import SHIPPED_PLANS

PAGE = f"/campaigns/{CAMPAIGN}"
HISTORY = "[aria-labelledby=history-title]"


@scene
def published(office):
    """The plan has gone out to An Cư and An Phú on 02/12; they are to answer by 12/12."""
    return office.publish_plan()


@scene
def silent(office):
    """An Cư has answered, An Phú has let the deadline pass."""
    code = office.publish_plan()
    office.do("officer", "acknowledge_plan", task=asked(office, "officer"), unit_plan_number="21/KH-UBND")
    office.move(days=11)
    return code


def asked(office, username, element="acknowledge_plan"):
    return office.task(element, unit_id=office.person(username).holdings[0].unit_id)


def text(page, selector):
    return page.one(selector).get_text(" ", strip=True)


def registration(office):
    return office.read(db.select(Campaign).where(Campaign.code == CAMPAIGN))[0].registration


def test_registration_opens_on_its_day_whoever_is_silent(signed_in, office, published):
    office.move(hours=1)
    assert registration(office) == "open"
    assert "Đăng ký thi đua" in text(signed_in("officer").get(PAGE), ".act-bar")
    assert asked(office, "officer"), "the unit has not answered yet"


def test_it_is_said_why_registration_is_not_open(signed_in, office):
    office.start("secretary", "campaign", **opening(registration_opens="2019-12-05"))
    assert "Đăng ký chưa mở: văn bản phát động chưa được ban hành." in text(
        signed_in("secretary").get(PAGE), ".case-state"
    )
    office.do("secretary", "draft_plan")
    office.do("authority", "approve_plan", decision="approve")
    office.do("secretary", "publish_plan")
    assert "Đăng ký mở ngày 05/12/2019" in text(signed_in("officer").get(PAGE), ".case-state")
    office.move(days=4)
    assert "Nhận đăng ký đến 30/12/2019" in text(signed_in("officer").get(PAGE), ".case-state")


def opening(**given):
    form = {"registration_closes": "2019-12-30", "addressed_units": [AN_CU], "acknowledge_by": "2019-12-12"}
    return form | given


def test_the_tab_of_the_plan_shows_what_was_published(signed_in, office, published):
    for username in ("secretary", "officer"):
        page = signed_in(username).get(f"{PAGE}/plan")
        facts = text(page, "[aria-labelledby=document-title]")
        published = office.task("publish_plan", status="done")
        [number] = office.read(db.select(FormEntry.data).where(FormEntry.task_id == published.id))
        assert f"Số {number['document_number']}" in facts
        assert "Ngày ban hành 02/12/2019" in facts
        paper = page.one("[aria-labelledby=document-title] a[href^='/papers/']")["href"]
        assert signed_in(username).client.get(paper).status_code == 200
    assert (
        not signed_in("police")
        .get(f"{PAGE}/plan")
        .all("[aria-labelledby=document-title] a[href^='/papers/']")
    )


def test_a_campaign_founded_by_an_instruction_does_not_speak_of_a_plan(signed_in, office):
    plan = (SHIPPED_PLANS / f"{CAMPAIGN}.yaml").read_text("utf-8")
    imports.import_plan(plan.replace("kind: plan", "kind: instruction", 1), actor=SYSTEM, now=office.now)
    page = signed_in("secretary").get(PAGE)
    assert "Văn bản chỉ đạo" in text(page, "nav[aria-label='Các phần của trang']")
    assert signed_in("secretary").get(f"{PAGE}/start/campaign").heading == "Mở phong trào"
    office.start("secretary", "campaign", **opening(registration_opens="2019-12-02"))
    task = office.task("draft_plan")
    assert task.name == "Soạn thảo văn bản phát động"


def test_units_are_reminded_as_long_before_the_deadline_as_the_plan_says(signed_in, office, published):
    office.move(days=2)
    assert "chưa xác nhận" not in signed_in("officer").get("/notices").text
    office.move(days=1)
    page = signed_in("officer").get("/notices")
    assert "chưa xác nhận văn bản phát động “Phong trào thi đua ‘Chung tay" in page.text
    assert "Hạn: 12/12/2019." in page.text


def test_the_unit_that_is_late_is_named(signed_in, office, silent):
    browser = signed_in("secretary")
    assert "Xã An Phú quá hạn chưa xác nhận văn bản phát động" in browser.get("/notices").text
    rows = [row.get_text(" ", strip=True) for row in browser.get("/inbox/common").all("tbody tr")]
    [late] = [row for row in rows if "Ghi nhận đơn vị quá hạn" in row]
    assert "xã An Phú" in late
    task = office.task("record_late_response")
    page = browser.get(f"/tasks/{task.public_id}")
    assert page.heading == "Ghi nhận đơn vị quá hạn: xã An Phú"
    assert "xã An Phú" in text(page, ".task-facts:not(.task-campaign)")
    office.do("secretary", "record_late_response", decision="no_plan")
    history = text(browser.get(f"{PAGE}/progress"), HISTORY)
    assert "hoàn thành “Ghi nhận đơn vị quá hạn – xã An Phú”" in history
    assert "hoàn thành “Xác nhận và gửi kế hoạch của đơn vị – xã An Cư”" in history
    page = browser.get(f"{PAGE}/units")
    assert "1/2 đơn vị đã phản hồi" in page.text
    assert "1 đơn vị không có kế hoạch" in page.text


def test_papers_and_answers_of_many_units_name_the_unit(signed_in, office, silent):
    page = signed_in("secretary").get(f"/tasks/{office.task('record_late_response').public_id}")
    assert "Kế hoạch của đơn vị – xã An Cư" in text(page, ".file-list")
    assert "Xác nhận và gửi kế hoạch của đơn vị – xã An Cư" in page.text


def test_a_unit_reads_the_published_plan_and_its_own_answer_alone(signed_in, office, published):
    office.do("officer", "acknowledge_plan", task=asked(office, "officer"), unit_plan_number="21/KH-UBND")
    task = asked(office, "other_officer")
    page = signed_in("other_officer").get(f"/tasks/{task.public_id}")
    assert [line.get_text(strip=True) for line in page.all(".entry summary > span")] == [
        "Ban hành và công bố văn bản phát động"
    ]
    assert "xã An Cư" not in page.text
    assert "21/KH-UBND" not in page.text
    own = signed_in("officer").get(f"/tasks/{office.task('acknowledge_plan', status='done').public_id}")
    assert "21/KH-UBND" in own.text
    paper = own.all(".file-list a")[-1]["href"].removesuffix("?save")
    assert signed_in("officer").client.get(paper).status_code == 200
    assert signed_in("other_officer").client.get(paper).status_code == 404
    assert signed_in("secretary").client.get(paper).status_code == 200


def test_notices_of_one_minute_are_one_line_of_the_history(signed_in, office, published):
    office.move(days=3)
    history = [
        line.get_text(" ", strip=True)
        for line in signed_in("secretary").get(f"{PAGE}/progress").all(".history li")
    ]
    assert any(line.endswith("Hệ thống gửi 5 thông báo đến 2 đơn vị.") for line in history)


def test_older_events_are_folded(signed_in, office, campaign):
    for _day in range(8):
        with suppress(NotNow):  # on the day on which the system reminds
            remind_units(CAMPAIGN, actor=office.actor("secretary"), now=office.now)
        office.move(days=1)
    page = signed_in("secretary").get(f"{PAGE}/progress")
    shown = page.all(f"{HISTORY} > .history li")
    folded = page.all(f"{HISTORY} details .history li")
    assert len(shown) == 20
    assert len(folded) > 0
    assert f"{len(folded)} sự việc trước đó" in text(page, f"{HISTORY} summary")


@pytest.fixture
def receipt_only(office):
    """The plan asks An Cư for a word of receipt only."""
    plan = (SHIPPED_PLANS / f"{CAMPAIGN}.yaml").read_text("utf-8")
    unit = f"  - unit: {AN_CU}\n"
    assert unit in plan
    imports.import_plan(plan.replace(unit, f"{unit}    own_plan: false\n"), actor=SYSTEM, now=office.now)
    return office.publish_plan()


def test_a_unit_without_a_plan_of_its_own_confirms_that_it_has_the_paper(signed_in, office, receipt_only):
    browser = signed_in("officer")
    page = browser.get(f"/tasks/{asked(office, 'officer', 'confirm_receipt').public_id}")
    assert page.heading == "Xác nhận đã nhận văn bản"
    assert "unit_plan" not in page.form("form.task-form")
    office.do("officer", "confirm_receipt")
    assert asked(office, "other_officer").name == "Xác nhận và gửi kế hoạch của đơn vị"
    [row] = [
        row.get_text(" ", strip=True)
        for row in browser.get(f"{PAGE}/units").all("tbody tr")
        if "An Cư" in row.text
    ]
    assert "Đã xác nhận" in row
    assert "không phải gửi kế hoạch" in row


def test_a_late_receipt_is_noted_without_a_plan(signed_in, office, receipt_only):
    office.do("other_officer", "acknowledge_plan", task=asked(office, "other_officer"))
    office.move(days=11)
    assert office.at > dt.datetime(2019, 12, 12, 17, tzinfo=dt.UTC)
    office.do("secretary", "record_late_response", decision="acknowledged")
    page = signed_in("secretary").get(f"{PAGE}/units")
    assert "2/2 đơn vị đã phản hồi" in page.text
    assert AN_PHU in {
        each.unit.code
        for each in office.read(db.select(Campaign).where(Campaign.code == CAMPAIGN))[0].addressed
    }
