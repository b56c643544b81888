"""A campaign day by day: where its cases stood in the evening, and what was done."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.factories import CAMPAIGN
from webapp.extensions import db
from webapp.models import Case, StageVisit

PAGE = f"/audit/campaigns/{CAMPAIGN}/replay"


def counts(page):
    """Of each stage: how many stand there, came, and left."""
    return {
        row["data-column"]: tuple(cell.get_text(strip=True) for cell in row("td"))
        for row in page.all("[data-column]")
    }


def day(page):
    return page.one("[data-caption]").get_text(strip=True)


def test_the_last_day_is_shown_first(browser, office, walked):
    page = browser.get(PAGE)
    assert day(page).endswith(f"{office.today:%d/%m/%Y}")
    assert counts(page)["commune"][0] == "1"
    assert counts(page)["draft"][0] == "0"


def test_cases_move_from_day_to_day(browser, office, walked):
    office.move(days=1)
    code = office.nominate(nominee_name="Lê Thị Ước")
    office.move(days=1)
    office.do("officer", "prepare_on_behalf", code)
    today = office.today
    shown = {past: counts(browser.get(f"{PAGE}?day={today - dt.timedelta(days=past)}")) for past in (0, 1, 2)}
    assert [shown[past]["draft"] for past in (2, 1, 0)] == [("0", "", ""), ("1", "+1", ""), ("0", "", "−1")]
    assert shown[0]["commune"] == ("2", "+1", "")


def test_each_case_of_few_is_a_dot_that_leads_to_its_replay(browser, walked):
    [dot] = browser.get(PAGE).all(".stage-commune .dot")
    assert dot["aria-label"].startswith(f"{walked} · ")
    browser.get(dot["href"])


def test_of_many_cases_there_are_counts_alone(browser, monkeypatch, walked):
    monkeypatch.setattr("webapp.audit.campaigns.FEW", 0)
    page = browser.get(PAGE)
    assert page.all(".dot") == []
    assert counts(page)["commune"][0] == "1"
    assert browser.client.get(f"{PAGE}.json").json["dots"] == []


def test_links_lead_from_day_to_day_without_a_script(browser, walked):
    page = browser.get(PAGE)
    assert not page.one("[data-move=forward]").get("href")
    earlier = browser.get(page.one("[data-move=earlier]")["href"])
    assert any(came or gone for _count, came, gone in counts(earlier).values())
    first = browser.get(page.one("[data-move=first]")["href"])
    assert not first.one("[data-move=back]").get("href")
    assert day(browser.get(f"{PAGE}?day=31/12/2030")) == day(page)


def test_what_was_done_stands_beside_it_and_leads_to_its_step(browser, walked):
    page = browser.get(PAGE)
    told = page.one("[data-day]").get_text(" ", strip=True)
    assert "Kiểm tra thành phần hồ sơ" in told
    link = page.all("[data-day] .told a")[-1]
    assert f"/audit/cases/{walked}?event=" in link["href"]


def test_the_part_of_a_day_can_be_had_alone(browser, walked):
    answer = browser.client.get(PAGE, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert b"<html" not in answer.data
    assert "Việc trong ngày" in answer.get_data(as_text=True)


def test_the_file_of_all_days_gives_the_counts_of_the_page(browser, walked):
    told = browser.client.get(f"{PAGE}.json").json
    sums = dict.fromkeys(told["columns"], 0)
    for _day, came, gone in told["moved"]:
        for column, entered, left in zip(told["columns"], came, gone, strict=True):
            sums[column] += entered - left
    assert {name: str(count) for name, count in sums.items()} == {
        name: cells[0] for name, cells in counts(browser.get(PAGE)).items()
    }
    assert told["top"] >= max(sums.values())


def test_what_has_not_been_read_is_said_and_not_counted(browser, walked):
    case = db.session.scalar(select(Case.id).where(Case.code == walked))
    table = StageVisit.__table__
    db.session.execute(table.delete().where(table.c.case_id == case, table.c.stage != "commune"))
    db.session.execute(table.update().where(table.c.case_id == case).values(round=0))
    db.session.commit()
    assert "1 hồ sơ cũ chưa được đọc lại" in browser.get(PAGE).text


@pytest.mark.parametrize("code", ["nowhere", "%20"])
def test_no_other_campaign_is_there(browser, walked, code):
    browser.get(f"/audit/campaigns/{code}/replay", status=404)


def test_only_auditors_see_it(browser, office, walked):
    browser.sign_in_as(office.person("specialist"))
    browser.get(PAGE, status=403)
    browser.get(f"{PAGE}.json", status=403)
