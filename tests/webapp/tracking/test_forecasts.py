"""When an open nomination can be expected to end: from the ended ones, and only from enough of them."""

import datetime as dt

from sqlalchemy import select

from tests.factories import START_DAY
from tests.offices import scene
from webapp.extensions import db
from webapp.models import Case, StageForecast
from webapp.operations import forecasts as counting
from webapp.operations.forecasts import count_forecasts
from webapp.queries import forecasts as reading
from webapp.queries.forecasts import Forecasts, forecasts
from workflows.values import local_day


@scene
def rejected(office, campaign):
    """Ten nominations that were handed in after two days and rejected by the commune after so many more."""
    codes = [office.nominate(nominee_name=f"Nguyễn Văn {number}") for number in range(10)]
    office.move(days=2)
    for code in codes:
        office.do("officer", "prepare_on_behalf", code)
    for code in codes:
        office.move(days=1)
        office.do("officer", "check_dossier", code, decision="refuse")
    return codes


def known():
    db.session.rollback()
    rows = db.session.scalars(select(StageForecast))
    return {(row.way, row.stage): (row.cases, row.median, row.later) for row in rows}


def test_days_are_counted_from_the_stages(office, rejected):
    """Handed in on day 2, ended on days 3 to 12: the fifth had ended after 7 days in all, the eighth after 10."""
    ended = [each.state for each in db.session.scalars(select(Case).where(Case.code.in_(rejected)))]
    assert set(ended) == {"ended"}
    count_forecasts(office.now)
    assert known() == {
        ("nomination/commune", "draft"): (10, 7, 10),
        ("nomination/commune", "commune"): (10, 5, 8),
    }


def test_days_are_those_of_the_calendar(office, campaign):
    """Handed in on a morning and rejected before the next one: a day, as the expected day is told from."""
    codes = [office.nominate(nominee_name=f"Nguyễn Văn {number}") for number in range(10)]
    for code in codes:
        office.do("officer", "prepare_on_behalf", code)
    begun = local_day(office.at)
    office.move(hours=20)
    assert local_day(office.at) == begun + dt.timedelta(days=1)
    for code in codes:
        office.do("officer", "check_dossier", code, decision="refuse")
    count_forecasts(office.now)
    assert known()["nomination/commune", "commune"] == (10, 1, 1)


def test_counting_again_changes_nothing(office, rejected):
    count_forecasts(office.now)
    before = known()
    count_forecasts(office.now)
    assert known() == before


def test_the_page_and_the_column_say_when(signed_in, office, rejected):
    count_forecasts(office.now)
    code = office.nominate(nominee_name="Nguyễn Văn Mở")
    browser = signed_in("secretary")
    day, later = (f"{office.at + dt.timedelta(days=days):%d/%m/%Y}" for days in (7, 10))
    text = browser.get(f"/nominations/{code}").text
    assert f"thường xong khoảng {day}, bốn trên năm hồ sơ xong trước {later}" in text
    assert "Tính từ 10 hồ sơ đã xong" in text
    row = browser.get("/nominations?cols=expected&phase=draft").one(".tracking-table tbody tr")
    assert day in row.get_text()
    office.move(days=11)
    assert "lâu hơn thường lệ" in browser.get("/nominations?cols=expected&phase=draft").text
    assert "kéo dài hơn bốn trên năm" in browser.get(f"/nominations/{code}").text


def test_of_too_few_nothing_is_said(signed_in, office, rejected, monkeypatch):
    count_forecasts(office.now)
    code = office.nominate(nominee_name="Nguyễn Văn Mở")
    monkeypatch.setattr(reading, "LEAST", 11)
    assert "Dự kiến xong" not in signed_in("secretary").get(f"/nominations/{code}").text


def test_what_was_withdrawn_says_nothing(office, rejected, monkeypatch):
    monkeypatch.setattr(counting, "STOPPED", "rejected")
    count_forecasts(office.now)
    assert known() == {}


def test_frozen_ended_and_unknown_ones_have_no_day(office):
    row = StageForecast(
        way="nomination/commune", stage="commune", cases=30, median=5, later=9, counted_at=office.at
    )
    found = Forecasts({("nomination/commune", "commune"): row})
    case = Case(process="nomination", state="active", stage="commune", stage_since=office.at)
    assert found.of_case(case, "commune", office.at).day == START_DAY + dt.timedelta(days=5)
    for name, value in (("state", "frozen"), ("state", "ended"), ("stage", "council")):
        other = Case(process="nomination", state="active", stage="commune", stage_since=office.at)
        setattr(other, name, value)
        assert found.of_case(other, "commune", office.at) is None, name
    assert found.of_case(case, "direct", office.at) is None


def test_an_office_without_past_is_told_nothing(office, nominations):
    count_forecasts(office.now)
    assert forecasts(db.session()).known == {}
