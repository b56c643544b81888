"""The lists of tasks."""

import pytest

from tests.factories import CAMPAIGN, START
from tests.offices import scene
from tests.statements import statements
from webapp.extensions import db
from workflows.plan import SHIPPED_PLANS, parse_plan


def rows(page):
    return page.all("#inbox-list tbody tr")


def names(page):
    return [row.select_one(".cell-who").get_text(strip=True) for row in rows(page)]


@scene
def registrations(office):
    office.open_campaign()
    return [office.register(nominee_name=f"Nguyễn Văn {name}") for name in ("Ất", "Bính", "Đinh")]


def test_visitor_is_asked_to_sign_in(browser):
    assert browser.get("/").heading == "Đăng nhập"


def test_common_list_offers_what_nobody_has_taken(browser, office, registrations):
    browser.sign_in_as(office.person("officer"))
    page = browser.get("/inbox/common")
    assert page.heading == "Việc cần xử lý"
    assert names(page) == ["Nguyễn Văn Ất", "Nguyễn Văn Bính", "Nguyễn Văn Đinh"]
    assert "DK-2019-0001" in page.text
    assert "xã An Cư" in page.text
    assert page.one(".tab-bar [aria-current=page]").get_text(" ", strip=True) == "Việc chung 3"
    assert names(browser.get("/inbox/mine")) == []


def test_a_campaign_is_called_by_its_short_title(browser, office, registrations):
    browser.sign_in_as(office.person("officer"))
    campaign = browser.get("/inbox/common").all(".cell-campaign")[0]
    plan = parse_plan((SHIPPED_PLANS / f"{CAMPAIGN}.yaml").read_text("utf-8"))
    assert campaign.get_text(strip=True) == plan.short_title
    assert campaign["title"] == plan.title


def test_a_task_says_which_round_or_review_it_is_about(browser, office, campaign):
    office.move(days=400)
    browser.sign_in_as(office.person("secretary"))
    page = browser.get("/inbox/common")
    [task] = [row for row in rows(page) if "Khen thưởng năm 2019" in row.get_text()]
    assert "Kết thúc đợt xét khen thưởng" in task.get_text()
    heading = browser.get(f"/tasks/{task.select_one('.row-link')['id'].removeprefix('task-')}").heading
    assert heading == "Kết thúc đợt xét khen thưởng – Khen thưởng năm 2019"


def test_another_unit_sees_nothing_of_it(browser, office, registrations):
    browser.sign_in_as(office.person("other_officer"))
    assert names(browser.get("/inbox/common")) == []


def test_taking_moves_a_task_to_the_own_list(browser, office, registrations):
    browser.sign_in_as(office.person("officer"))
    browser.get("/inbox/common")
    task = browser.submit("#inbox-list tbody tr:first-child form")
    assert task.heading == "Lập thay phiếu đăng ký"
    assert names(browser.get("/")) == ["Nguyễn Văn Ất"]
    assert names(browser.get("/inbox/common")) == ["Nguyễn Văn Bính", "Nguyễn Văn Đinh"]
    browser.sign_in_as(office.person("colleague"))
    assert names(browser.get("/inbox/common")) == ["Nguyễn Văn Bính", "Nguyễn Văn Đinh"]


def test_first_due_stands_first_and_without_due_last(browser, office, registrations):
    office.do("officer", "fill_on_behalf", registrations[2])
    browser.sign_in_as(office.person("officer"))
    assert names(browser.get("/inbox/common")) == ["Nguyễn Văn Ất", "Nguyễn Văn Bính", "Nguyễn Văn Đinh"]
    page = browser.get("/inbox/common")
    assert rows(page)[2].select_one(".muted").get_text(strip=True) == "không có hạn"


def test_done_list_shows_the_newest_first(browser, office, registrations):
    office.do("officer", "fill_on_behalf", registrations[0])
    office.at = START.replace(hour=4)
    office.do("officer", "fill_on_behalf", registrations[1])
    browser.sign_in_as(office.person("officer"))
    assert names(browser.get("/inbox/done"))[:2] == ["Nguyễn Văn Bính", "Nguyễn Văn Ất"]
    browser.sign_in_as(office.person("colleague"))
    assert names(browser.get("/inbox/done")) == []


def test_delegated_list_says_why_it_is_empty(browser, office):
    browser.sign_in_as(office.person("officer"))
    assert "Chưa có việc được ủy quyền" in browser.get("/inbox/delegated").text


def test_empty_own_list_leads_to_the_common_one(browser, office, registrations):
    browser.sign_in_as(office.person("officer"))
    link = browser.get("/inbox/mine").one(".empty-state a")
    assert (link["href"], link.get_text(strip=True)) == ("/inbox/common", "Xem 3 việc chung")


def test_the_day_begins_where_work_lies(browser, office, registrations):
    browser.sign_in_as(office.person("officer"))
    page = browser.get("/")
    assert len(names(page)) == 3, "nothing is one's own yet"
    browser.submit("#inbox-list tbody tr:first-child form")
    assert names(browser.get("/")) == ["Nguyễn Văn Ất"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=registration.check_registration", ["Nguyễn Văn Ất"]),
        ("kind=registration.fill_on_behalf", ["Nguyễn Văn Bính", "Nguyễn Văn Đinh"]),
        ("unit=an-giang/tinh-bien/an-cu", ["Nguyễn Văn Bính", "Nguyễn Văn Đinh", "Nguyễn Văn Ất"]),
        ("unit=an-giang/tinh-bien/an-phu", []),
        ("campaign=tinh-bien-vi-nguoi-ngheo-2020", ["Nguyễn Văn Bính", "Nguyễn Văn Đinh", "Nguyễn Văn Ất"]),
        ("campaign=none", []),
        ("due=overdue", []),
        ("due=soon", []),
        ("due=nonsense&page=99", ["Nguyễn Văn Bính", "Nguyễn Văn Đinh", "Nguyễn Văn Ất"]),
    ],
)
def test_filters_stand_in_the_address(browser, office, registrations, query, found):
    office.do("officer", "fill_on_behalf", registrations[0])
    browser.sign_in_as(office.person("officer"))
    page = browser.get(f"/inbox/common?{query}")
    assert names(page) == found
    chosen = dict(
        pair.split("=") for pair in query.split("&") if "nonsense" not in pair and "page" not in pair
    )
    assert {name: page.form("form.filters")[name] for name in chosen} == chosen, "what is chosen is shown"
    if not found:
        assert "Không có việc nào khớp bộ lọc" in page.text


def test_due_filters_follow_the_business_clock(browser, office):
    office.open_campaign(registration_days=4)
    office.register()
    browser.sign_in_as(office.person("officer"))
    assert names(browser.get("/inbox/common?due=soon")) == []
    office.move(days=2)
    assert names(browser.get("/inbox/common?due=soon")) == ["Nguyễn Văn Nông"]
    assert "còn 2 ngày" in browser.page.text


def test_pages_hold_their_filters(browser, office, campaign):
    for number in range(30):
        office.register(nominee_name=f"Nguyễn Văn {number:02d}")
    browser.sign_in_as(office.person("officer"))
    page = browser.get("/inbox/common?due=&kind=registration.fill_on_behalf")
    assert len(rows(page)) == 25
    assert "30 mục · trang 1/2" in page.one(".pager").get_text(" ", strip=True)
    second = browser.get(page.one(".pager [rel=next]")["href"])
    assert names(second) == [f"Nguyễn Văn {number}" for number in range(25, 30)]


def test_number_of_statements_does_not_grow_with_the_rows(browser, office, campaign):
    browser.sign_in_as(office.person("officer"))
    browser.get("/inbox/common")
    counts = []
    for more in (5, 55):
        for number in range(more):
            office.register(nominee_name=f"Nguyễn Văn {more} {number}")
        counts.append(len(statements(lambda: browser.get("/inbox/common"))))
    assert counts[0] == counts[1] <= 11


def test_page_that_asks_again_is_answered_only_after_a_change(browser, office, registrations):
    browser.sign_in_as(office.person("officer"))
    address = browser.get("/inbox/common").one("#inbox-list")["hx-get"]
    asked = {"HX-Request": "true"}
    assert browser.client.get(address, headers=asked).status_code == 204
    office.register(nominee_name="Trần Thị Mậu")
    answer = browser.client.get(address, headers=asked)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Trần Thị Mậu" in text
    assert "Danh sách vừa thay đổi: 0 việc giao cho anh/chị, 4 việc chung." in text
    assert 'id="inbox-news" hx-swap-oob="innerHTML"' in text
    assert "<html" not in text


def test_acts_on_many_are_those_that_apply_to_tasks_of_the_list(browser, office, registrations):
    """Also when a task has come into the list since: then they are drawn anew, else they keep the focus."""
    browser.sign_in_as(office.person("officer"))
    page = browser.get("/inbox/common")
    assert [each["value"] for each in page.all("#selection [name=act]")] == ["take", "assign"]
    address, asked = page.one("#inbox-list")["hx-get"], {"HX-Request": "true"}
    office.register(nominee_name="Trần Thị Mậu")
    assert 'id="selection-acts"' not in browser.client.get(address, headers=asked).text
    office.do("officer", "fill_on_behalf", registrations[0])
    assert 'value="decide"' in browser.client.get(address, headers=asked).text
    shown = browser.get("/inbox/common").all("#selection [name=act]")
    assert [each["value"] for each in shown] == ["take", "assign", "decide"]


def test_tasks_of_a_suspended_dossier_hide_until_it_is_resumed(browser, office, registrations):
    from webapp.operations.interventions import freeze_case, resume_case

    specialist = office.actor("specialist")
    freeze_case(registrations[0], "Có đơn tố cáo", actor=specialist, now=office.now)
    browser.sign_in_as(office.person("officer"))
    page = browser.get("/inbox/common")
    assert len(rows(page)) == 2
    assert page.one(".tab-bar [aria-current=page]").get_text(" ", strip=True) == "Việc chung 2"
    hidden = page.one(".suspended-cases")
    assert hidden.summary.get_text(strip=True) == "Việc của 1 hồ sơ đang tạm dừng xét không hiện ở đây"
    assert hidden.a["href"] == f"/registrations/{registrations[0]}"
    assert browser.get(hidden.a["href"]).heading
    resume_case(registrations[0], "Đơn không có căn cứ", actor=specialist, now=office.now)
    page = browser.get("/inbox/common")
    assert len(rows(page)) == 3
    assert not page.all(".suspended-cases")


def test_english_reader_gets_english(browser, office, registrations):
    office.person("officer").locale = "en"
    db.session.commit()
    browser.sign_in_as(office.person("officer"))
    page = browser.get("/inbox/common")
    assert page.heading == "Tasks"
    assert page.one(".tab-bar [aria-current=page]").get_text(" ", strip=True) == "Common tasks 3"
