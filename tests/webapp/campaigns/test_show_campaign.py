"""The page of one campaign, part by part, as different people see it."""

import datetime as dt

from tests.factories import CAMPAIGN
from tests.people import AN_PHU
from tests.statements import statements
from webapp.operations.interventions import stop_case
from webapp.ui.timelines import timeline
from workflows.plan import SHIPPED_PLANS, parse_plan

PAGE = f"/campaigns/{CAMPAIGN}"


def buttons(page):
    return [link.get_text(strip=True) for link in page.all(".act-bar a")]


def test_a_plan_without_procedure_is_known_to_its_organiser_alone(signed_in, office):
    page = signed_in("secretary").get(PAGE)
    assert "Chưa mở" in page.one(".case-state").get_text()
    assert buttons(page) == ["Mở quy trình phong trào"]
    assert page.one(".act-bar a")["href"] == f"{PAGE}/start/campaign"
    assert buttons(signed_in("specialist").get(PAGE)) == []
    for username in ("officer", "registrant"):
        signed_in(username).get(PAGE, status=404)
    signed_in("stranger").get(PAGE, status=403)


def test_published_plan_is_known_to_the_units_below(signed_in, campaign):
    for username in ("officer", "registrant", "police", "member1", "auditor", "admin"):
        page = signed_in(username).get(PAGE)
        assert "Chung tay vì người nghèo" in page.heading


def test_buttons_follow_the_rights(signed_in, campaign):
    offered = {
        "registrant": ["Lập hồ sơ đề nghị", "Đăng ký thi đua", "Đề xuất điển hình"],
        "officer": [
            "Lập hồ sơ đề nghị",
            "Lập đợt trình",
            "Đăng ký thi đua",
            "Lập bản tổng hợp đăng ký",
            "Phát động hưởng ứng",
            "Đề xuất điển hình",
            "Đăng ký từ danh sách",
            "Đề nghị từ danh sách",
        ],
        "specialist": [
            "Lập hồ sơ đề nghị",
            "Lập quyết định khen thưởng",
            "Đề xuất điển hình",
            "Khen thưởng đột xuất",
            "Đề nghị từ danh sách",
        ],
        "secretary": ["Mở phiên họp Hội đồng", "Đề xuất điển hình", "Khen thưởng đột xuất"],
        "authority": ["Đề xuất điển hình", "Khen thưởng đột xuất", "Kết thúc sớm"],
        "auditor": [],
    }
    assert {username: buttons(signed_in(username).get(PAGE)) for username in offered} == offered


def test_each_button_leads_to_a_page(signed_in, campaign):
    for username in ("officer", "specialist", "secretary", "authority"):
        for link in signed_in(username).get(PAGE).all(".act-bar a"):
            signed_in(username).get(link["href"])


def test_after_the_window_registration_is_late(signed_in, office, campaign):
    office.move(days=40)
    assert "Đăng ký muộn" in buttons(signed_in("officer").get(PAGE))


def test_ended_campaign_offers_nothing(signed_in, office, campaign):
    stop_case(campaign, "Theo chỉ đạo của huyện", actor=office.actor("authority"), now=office.now)
    page = signed_in("officer").get(PAGE)
    assert "Kết thúc sớm" in page.one(".case-state").get_text()
    assert buttons(page) == []


def test_what_an_ended_campaign_led_to_stands_first(signed_in, office, campaign):
    assert not signed_in("secretary").get(PAGE).all("[aria-labelledby=results-title]")
    stop_case(campaign, "Theo chỉ đạo của huyện", actor=office.actor("authority"), now=office.now)
    page = signed_in("secretary").get(PAGE)
    told = page.one("[aria-labelledby=results-title]").get_text(" ", strip=True)
    assert f"Kết thúc ngày {office.at:%d/%m/%Y}" in told
    assert page.one("[aria-labelledby=results-title] a")["href"].endswith("/reviews?review=tong-ket")


def test_ceilings_count_and_lead_to_their_rows(signed_in, office, campaign):
    office.nominate(nominee_name="Nguyễn Văn Ất")
    office.nominate("other_officer", nominee_name="Trần Văn Đinh", submitting_unit=AN_PHU)
    page = signed_in("secretary").get(PAGE)
    rounds = {each.select_one(".round-name").get_text(strip=True): each for each in page.all("details.round")}
    assert len(rounds) == 3
    cell = rounds["Khen thưởng năm 2019"].select_one(".ceiling:has(a)")
    assert cell.get_text(" ", strip=True) == "0 / 6 còn 6 · đang xét 2"
    table = signed_in("secretary").get(cell.a["href"])
    assert len(table.all(".tracking-table tbody tr")) == 2
    own = signed_in("officer").get(PAGE)
    assert "đang xét 2" in own.text
    assert not own.all(".ceiling a")


def test_strand_without_such_nominees_says_so(signed_in, campaign):
    page = signed_in("secretary").get(PAGE)
    row = next(
        row for row in page.all(".round tbody tr") if "Cán bộ làm công tác giảm nghèo" in row.get_text()
    )
    assert "không có đối tượng" in row.select_one("td").get_text()


def test_registrations_are_counted_by_strand(signed_in, office, campaign):
    code = office.register()
    office.register(nominee_name="Nguyễn Văn Hai")
    office.do("officer", "fill_on_behalf", code)
    office.do("officer", "check_registration", code, decision="accept")
    office.work()
    counts = signed_in("secretary").get(PAGE).one(".strand-list li:has(a)")
    assert counts.select_one(".strand-count").get_text(" ", strip=True) == "1 đã đăng ký trong 2"
    listed = signed_in("secretary").get(counts.a["href"])
    assert len(listed.all(".data-table tbody tr")) == 1
    assert not signed_in("other_officer").get(PAGE).all(".strand-list a")


def facts_of(page):
    return {each.dt.get_text(strip=True): each.dd for each in page.all(".facts > div")}


def test_a_number_the_source_does_not_say_is_unknown_until_the_plan_is_published(signed_in, office):
    facts = facts_of(signed_in("secretary").get(f"{PAGE}/plan"))
    assert facts["Số"].get_text(strip=True) == "không rõ trong nguồn"


def test_plan_marks_what_was_assumed_and_what_is_unknown(signed_in, campaign):
    page = signed_in("officer").get(f"{PAGE}/plan")
    facts = facts_of(page)
    assert (
        "Thời gian thi đua bắt đầu từ ngày 01/01/2018."
        in facts["Thời gian"].select_one(".assumed").get_text()
    )
    assert facts["Các cấp xét"].get_text(" ", strip=True).startswith("Cấp xã → Cấp huyện")
    for text in (
        "Hộ gia đình vượt khó vươn lên thoát nghèo",
        "597/KH-UBND",
        "Giấy khen",
        "phát hiện → biểu dương",
    ):
        assert text in page.text


def test_indicators_keep_their_wording(signed_in, campaign):
    page = signed_in("officer").get(f"{PAGE}/indicators")
    row = next(row for row in page.all("tbody tr") if "dân tộc thiểu số" in row.get_text())
    assert "ít nhất 3–4 điểm phần trăm" in " ".join(row.get_text(" ").split())
    assert "hộ nghèo dân tộc thiểu số giảm từ 3%- 4%/năm" in row.q.get_text()
    assert "Cuối năm 2015: không rõ trong nguồn" in " ".join(page.text.split())


def test_units_show_who_has_not_answered(signed_in, office):
    assert "Quy trình chưa mở" in signed_in("secretary").get(f"{PAGE}/units").text
    office.open_campaign()
    page = signed_in("secretary").get(f"{PAGE}/units")
    assert "2/2 đơn vị đã phản hồi" in page.text
    assert [row.th.get_text(strip=True) for row in page.all("tbody tr")] == ["xã An Cư", "xã An Phú"]
    assert "Đã xác nhận" in page.one("tbody tr:first-child").get_text()


def test_progress_shows_what_the_campaign_waits_for(signed_in, office, campaign):
    page = signed_in("secretary").get(f"{PAGE}/progress")
    assert page.one("[data-diagram]")["data-diagram"] == f"/cases/{campaign}/path.json"
    assert all(link["href"].startswith("/tasks/") for link in page.all(".found-list a"))
    # Two rounds to be closed, and the reports of two communes at two reviews.
    assert len(page.all(".found-list li")) == 6
    assert "Hồ Thị Thư Ký" in page.one(".history").get_text()
    assert signed_in("secretary").get(f"/cases/{campaign}").answer.request.path == f"{PAGE}/progress"


def test_parts_that_are_not_there_are_not_found(signed_in, office):
    signed_in("secretary").get(f"{PAGE}/progress", status=404)
    signed_in("secretary").get(f"{PAGE}/nothing", status=404)
    signed_in("secretary").get("/campaigns/unknown", status=404)


def test_number_of_statements_does_not_grow_with_the_nominations(signed_in, office, campaign):
    browser = signed_in("secretary")
    browser.get(PAGE)
    before = statements(lambda: browser.get(PAGE))
    for number in range(10):
        office.nominate(nominee_name=f"Nguyễn Văn {number}")
    assert len(statements(lambda: browser.get(PAGE))) == len(before)


def test_timeline_puts_today_among_the_dates_of_the_plan(app):
    plan = parse_plan((SHIPPED_PLANS / f"{CAMPAIGN}.yaml").read_text("utf-8"))
    today = dt.date(2019, 12, 2)
    marks = timeline(plan, dt.date(2019, 6, 30), today)
    assert [mark.date for mark in marks] == sorted(mark.date for mark in marks)
    assert (marks[0].date, marks[0].share) == (plan.starts, 0)
    assert (marks[-1].date, marks[-1].share) == (plan.ends, 100)
    here = [mark.kind for mark in marks].index("today")
    assert all(mark.past for mark in marks[:here])
    assert not any(mark.past for mark in marks[here:])
    assert dt.date(2019, 6, 30) in [mark.date for mark in marks]
    assert not any(mark.kind == "today" for mark in timeline(plan, None, dt.date(2021, 5, 1)))
