"""A month with what falls on its days: tasks due, sessions, days of plans; days off of the working calendar."""

import datetime as dt

import pytest
from icalendar import Calendar

from tests.offices import scene
from tests.people import TINH_BIEN
from tests.statements import statements
from webapp.operations.deadlines import move_deadline
from webapp.operations.interventions import freeze_case
from webapp.operations.office_days import set_office_day


@scene
def checked(office):
    """The commune is to check two dossiers until 16/12/2019."""
    office.open_campaign()
    codes = [office.nominate(nominee_name=name) for name in ("Nguyễn Văn Ất", "Đỗ Thị Bính")]
    for code in codes:
        office.do("officer", "prepare_on_behalf", code, name_on_paper=office.case(code).title)
    return codes


def cell(page, day):
    """The text of the cell of a day of the month."""
    [found] = [
        each
        for each in page.all("td.month-day:not(.day-outside)")
        if each.select_one(".day-number").get_text(" ", strip=True).split()[0] == str(day)
    ]
    return found


def test_a_task_stands_on_its_day_and_leads_to_its_page(signed_in, office, checked):
    browser = signed_in("officer")
    page = browser.get("/deadlines")
    assert "Tháng 12/2019" in page.text
    line = cell(page, 16).select_one("a.due-task")
    assert line.get_text(" ", strip=True) == "Kiểm tra thành phần hồ sơ 2"
    day = browser.get(line["href"].partition("#")[0])
    assert [link.get_text(strip=True) for link in day.all("#day a")].count("Kiểm tra thành phần hồ sơ") == 2
    assert all(code in day.one("#day").get_text() for code in checked)
    assert "day-today" in cell(page, 2)["class"]


def test_ones_own_and_all_in_reach(signed_in, office, checked):
    browser = signed_in("secretary")
    assert not cell(browser.get("/deadlines"), 16).select("a.due-task")
    assert cell(browser.get("/deadlines?whose=unit"), 16).select("a.due-task")
    other = signed_in("other_officer")
    for address in ("/deadlines", "/deadlines?whose=unit"):
        assert not cell(other.get(address), 16).select("a.due-task"), "of another commune"
    stranger = signed_in("stranger").get("/deadlines?whose=unit")
    assert not stranger.all("a.due-line")


def test_what_is_suspended_is_not_due(signed_in, office, checked):
    freeze_case(checked[0], "Có đơn", actor=office.actor("head"), now=office.now)
    line = cell(signed_in("officer").get("/deadlines"), 16).select_one("a.due-task")
    assert line.get_text(" ", strip=True) == "Kiểm tra thành phần hồ sơ"


def test_days_of_the_plan_lead_to_the_campaign(signed_in, office, checked):
    closes = (office.at + dt.timedelta(days=30)).date()
    page = signed_in("officer").get("/deadlines?month=2020-01")
    [line] = [
        each
        for each in page.all("td a.due-registration")
        if "Đóng đăng ký" in each.get_text() or "đăng ký" in each.get_text().lower()
    ]
    assert line["href"].startswith("/campaigns/")
    assert closes == dt.date(2020, 1, 1)


def test_tet_and_the_offices_own_days_are_grey_and_named(signed_in, office, checked):
    admin = office.actor("admin")
    set_office_day(TINH_BIEN, dt.date(2020, 1, 31), "off", "Lễ của huyện", actor=admin, now=office.now)
    set_office_day(TINH_BIEN, dt.date(2020, 1, 18), "worked", "Làm bù", actor=admin, now=office.now)
    page = signed_in("secretary").get("/deadlines?month=2020-01")
    for day in (1, 23, 24, 27, 28, 29):
        assert "day-off" in cell(page, day)["class"], day
    assert "Tết Nguyên Đán" in cell(page, 27).get_text()
    assert "day-off" in cell(page, 31)["class"]
    assert "Ngày nghỉ của cơ quan" in cell(page, 31).get_text()
    assert "day-off" not in cell(page, 18)["class"], "a Saturday that is worked"
    assert "day-off" in cell(page, 19)["class"]


@pytest.mark.parametrize("month", ["2019-13", "1899-01", "x", "٢٠١٩-12", ""])
def test_an_address_that_is_no_month_shows_this_one(signed_in, office, checked, month):
    assert "Tháng 12/2019" in signed_in("officer").get(f"/deadlines?month={month}").text


def test_months_follow_one_another_over_the_new_year(signed_in, office, checked):
    page = signed_in("officer").get("/deadlines?month=2019-12&whose=unit")
    assert page.one("a[rel=next]")["href"] == "/deadlines?month=2020-01&whose=unit"
    assert page.one("a[rel=prev]")["href"] == "/deadlines?month=2019-11&whose=unit"


def test_the_number_of_statements_does_not_grow(signed_in, office, checked):
    browser = signed_in("secretary")
    address = "/deadlines?whose=unit"
    browser.get(address)
    before = len(statements(lambda: browser.get(address)))
    for number in range(6):
        code = office.nominate(nominee_name=f"Nguyễn Văn {number}")
        office.do("officer", "prepare_on_behalf", code, name_on_paper=f"Nguyễn Văn {number}")
    assert len(statements(lambda: browser.get(address))) == before <= 12


def events(browser):
    """What the file of the calendar says, as another calendar reads it."""
    answer = browser.client.get("/deadlines.ics")
    assert answer.mimetype == "text/calendar"
    assert "attachment" in answer.headers["Content-Disposition"]
    return Calendar.from_ical(answer.get_data()).walk("VEVENT")


def test_ones_own_deadlines_go_into_another_calendar(signed_in, office, checked):
    found = events(signed_in("officer"))
    assert [str(event["summary"]) for event in found] == [
        f"Kiểm tra thành phần hồ sơ – {code}" for code in checked
    ]
    assert {(event.decoded("dtstart"), event.decoded("dtend")) for event in found} == {
        (dt.date(2019, 12, 16), dt.date(2019, 12, 17))
    }
    assert "xã An Cư" in str(found[0]["description"])
    assert str(found[0]["url"]).endswith(f"/tasks/{office.task('check_dossier', checked[0]).public_id}")
    assert not any("Nguyễn Văn Ất" in str(event) for event in found), "names of nominees stay in the house"


def test_a_deadline_that_was_moved_is_the_same_event_on_another_day(signed_in, office, checked):
    before = events(signed_in("officer"))[0]
    task = office.task("check_dossier", checked[0]).public_id
    day = dt.date(2019, 12, 20)
    move_deadline(task, day, "Xã bị lũ", actor=office.actor("secretary"), now=office.now)
    [after] = [each for each in events(signed_in("officer")) if each["uid"] == before["uid"]]
    assert (before.decoded("dtstart"), after.decoded("dtstart")) == (dt.date(2019, 12, 16), day)


def test_the_file_holds_nothing_of_others_and_needs_a_sign_in(signed_in, office, checked, client):
    assert events(signed_in("other_officer")) == []
    assert events(signed_in("secretary")) == []
    assert client.get("/deadlines.ics").status_code == 302
    page = signed_in("officer").get("/deadlines")
    assert page.one(".month-file a")["href"] == "/deadlines.ics"
    assert signed_in("officer").get("/deadlines?whose=unit").all(".month-file") == []
