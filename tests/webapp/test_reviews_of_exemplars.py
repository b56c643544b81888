"""A review of a campaign about exemplars: no rows of indicators, and what the system knows of exemplars is there."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.pages import Browser
from tests.plan_scenarios import play, scenario
from webapp.extensions import db
from webapp.queries.review_papers import review_report_facts

PLAN = "bu-gia-map-dien-hinh-2022"
REVIEW = dt.date(2023, 11, 6)


@pytest.fixture
def office(app, database):
    """Bù Gia Mập when the reports of 2023 come in: four proposed, one introduced until a while ago."""
    story = scenario(PLAN)
    held = play(app, replace(story, acts=tuple(act for act in story.acts if act.on < REVIEW)))
    held.go(REVIEW)
    return held


def page_of(app, office, element, unit=""):
    """The page of the open task of an element, for whoever has to do it."""
    tasks = office.open_tasks(office.codes["campaign"], element)
    task = next(each for each in tasks if not unit or each.unit.code == unit)
    browser = Browser(app)
    browser.sign_in_as(office.person(office.who(task.role, task.unit.code)))
    return browser.get(f"/tasks/{task.public_id}")


def test_it_is_told_from_the_reports_to_the_consolidation(app, office):
    unit = office.unit("phu-nghia")
    page = page_of(app, office, "report_indicators", unit)
    assert page.heading.startswith("Báo cáo kết quả thực hiện")
    assert not page.all("[data-rows=figures]")
    [row] = page.all("[aria-labelledby=unit-exemplars] tbody tr")
    assert [cell.get_text(strip=True) for cell in row.select("td")] == ["2", "1", "–", "–", "–"]

    secretary = Browser(app)
    secretary.sign_in_as(office.person(office.who("secretary")))
    review = secretary.get(f"/campaigns/{PLAN}/reviews")
    assert "đạt mọi chỉ tiêu" not in review.text
    assert "xã Phú Nghĩa" in review.one("[aria-labelledby=review-exemplars]").text
    overview = secretary.get(f"/campaigns/{PLAN}").one("[aria-labelledby=exemplars-title]")
    assert overview.select_one(".count").text == "3"
    assert "Đã giới thiệu đến nay 1" in overview.get_text(" ", strip=True)

    case = office.case(office.codes["campaign"])
    facts = review_report_facts(db.session(), case, "so-ket-2023")
    assert facts["exemplar_work"] == {
        "proposed": 3,
        "introduced": 1,
        "applied": 0,
        "results": 0,
        "commended": 0,
    }
    office.answer_all(office.codes["campaign"], "report_indicators")
    office.answer_all(office.codes["campaign"], "verify_report")
    form = page_of(app, office, "consolidate_review").form("form.task-form")
    assert form["exemplars-0-name"].endswith(" (xã Phú Nghĩa)")
    assert form["exemplars-0-achievement"]
