"""A unit launches a campaign of its own in response: contents taken over, linked both ways, no places from above."""

import datetime as dt

from sqlalchemy import select

from tests.factories import CAMPAIGN, STRAND
from tests.offices import scene
from webapp.models import AwardRound, Campaign, PlanVersion
from webapp.operations.starts import start_case
from webapp.queries.plans import read_plan

PAGE = f"/campaigns/{CAMPAIGN}"
OURS = f"{CAMPAIGN}-an-giang-tinh-bien-an-cu"


@scene
def opened(office, campaign):
    """The response of An Cư, its plan not yet filed; returns the code of its case."""
    closes = (office.at + dt.timedelta(days=20)).date().isoformat()
    form = {
        "strands": [STRAND],
        "own_contents": "- Mỗi ấp một mô hình sinh kế\n- Mỗi chi hội giúp một hộ",
        "registration_closes": closes,
    }
    return office.start("officer", "response", **form)


@scene
def launched(office, opened):
    office.do("officer", "file_response", opened, plan_number="15/KH-UBND", plan_date="2019-12-02")
    office.do("commune_chair", "approve_response", opened, decision="approve")
    office.work()
    return opened


def buttons(page):
    return [link.get_text(strip=True) for link in page.all(".act-bar a")]


def test_the_button_opens_it_once(signed_in, office, campaign):
    browser = signed_in("officer")
    assert "Phát động hưởng ứng" in buttons(browser.get(PAGE))
    browser.get(f"{PAGE}/start/response")
    closes = (office.at + dt.timedelta(days=20)).date()
    page = browser.submit(strands=STRAND, registration_closes=f"{closes:%d/%m/%Y}")
    assert page.heading == "Nộp kế hoạch hưởng ứng"
    assert "Phát động hưởng ứng" not in buttons(browser.get(PAGE))
    assert "Phát động hưởng ứng" not in buttons(signed_in("specialist").get(PAGE))
    browser.get(f"/campaigns/{OURS}")  # its own people know of it while it is prepared
    signed_in("registrant").get(f"/campaigns/{OURS}", status=404)


def test_the_plan_is_its_own_and_takes_no_places_over(office, launched):
    [child] = office.read(select(Campaign).where(Campaign.code == OURS))
    plan = read_plan(child.plan_version.content)
    assert (plan.document.number, plan.document.issued) == ("15/KH-UBND", dt.date(2019, 12, 2))
    assert plan.strands[0].code == STRAND
    assert [each.name for each in plan.strands[1:]] == [
        "Mỗi ấp một mô hình sinh kế",
        "Mỗi chi hội giúp một hộ",
    ]
    assert [each.title for each in child.strands] == [each.name for each in plan.strands]
    assert (plan.rounds, plan.pools, plan.awards) == ((), (), ())
    assert office.read(select(AwardRound).where(AwardRound.campaign_id == child.id)) == []
    drafted, issued = office.read(
        select(PlanVersion).where(PlanVersion.code == OURS).order_by(PlanVersion.id)
    )
    assert read_plan(drafted.content).document.state == "draft"
    assert issued.id == child.plan_version_id


def test_both_pages_show_the_link_and_the_counts(signed_in, office, launched):
    office.do("officer", "fill_on_behalf", _registered(office))
    office.do("officer", "check_registration", decision="accept")
    office.work()
    page = signed_in("secretary").get(f"{PAGE}/units")
    row = page.one("section[aria-labelledby=responses-title] ~ * tbody tr").get_text(" ", strip=True)
    assert row == "xã An Cư Số 15/KH-UBND ngày 02/12/2019 Đang mở đăng ký 1"
    child = signed_in("officer").get(f"/campaigns/{OURS}")
    assert child.one(f".case-facts a[href='{PAGE}']")
    other = signed_in("other_officer").get(f"{PAGE}/units")
    assert not other.all(f"a[href='/campaigns/{OURS}']")
    signed_in("other_officer").get(f"/campaigns/{OURS}", status=404)


def test_its_registrations_need_nobody_above(signed_in, office, launched):
    browser = signed_in("officer")
    assert buttons(browser.get(f"/campaigns/{OURS}"))[:1] == ["Đăng ký thi đua"]
    assert "Lập bản tổng hợp đăng ký" not in buttons(browser.page)
    browser.get(f"/campaigns/{OURS}/start/registration_list")
    assert "không có cấp trên xác nhận" in browser.submit(status=409).text


def test_registration_closes_by_itself_without_leave(signed_in, office, launched):
    office.move(days=21)
    assert "Đăng ký muộn" not in buttons(signed_in("officer").get(f"/campaigns/{OURS}"))
    page = signed_in("officer").get(f"/campaigns/{OURS}/progress")
    assert "Tổng kết hưởng ứng" in page.text


def test_the_last_day_lies_within_the_campaign_above(signed_in, office, campaign):
    office.move(days=200)
    browser = signed_in("officer")
    browser.get(f"{PAGE}/start/response")
    closes = (office.at + dt.timedelta(days=300)).date()
    page = browser.submit(status=422, strands=STRAND, registration_closes=f"{closes:%d/%m/%Y}")
    assert "không được sau ngày kết thúc phong trào cấp trên, 31/12/2020" in page.text


def test_the_plan_that_was_sent_in_the_answer_is_filled_in(signed_in, office):
    office.publish_plan()
    task = office.task("acknowledge_plan", unit_id=office.person("officer").holdings[0].unit_id)
    sent = {"unit_plan_number": "14/KH-UBND", "unit_plan_date": "2019-12-01", "launched_on": "2019-12-02"}
    office.do("officer", "acknowledge_plan", task=task, **sent)
    office.move(hours=1)
    browser = signed_in("officer")
    browser.get(f"{PAGE}/start/response")
    closes = (office.at + dt.timedelta(days=20)).date()
    page = browser.submit(strands=STRAND, registration_closes=f"{closes:%d/%m/%Y}")
    form = page.form("form.task-form")
    assert (form["plan_number"], form["plan_date"]) == ("14/KH-UBND", "01/12/2019")
    assert "bao-cao.pdf" in page.one(".field-files").get_text()
    later = (closes + dt.timedelta(days=1)).strftime("%d/%m/%Y")
    page = browser.submit("form.task-form", 422, act="complete", launched_on=later)
    assert f"không được sau ngày hết hạn đăng ký, {closes:%d/%m/%Y}" in page.text
    tomorrow = (office.at + dt.timedelta(days=1)).strftime("%d/%m/%Y")
    browser.submit("form.task-form", act="complete", launched_on=tomorrow)
    assert office.task("approve_response")


def _registered(office):
    form = {
        "strand": STRAND,
        "nominee_kind": "individual",
        "nominee_name": "Nguyễn Văn Nông",
        "submitting_unit": "an-giang/tinh-bien/an-cu",
        "filled_by": "officer",
    }
    return start_case("registration", OURS, form, actor=office.actor("officer"), now=office.now)
