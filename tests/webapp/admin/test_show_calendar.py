"""The working calendar: public holidays, and the days units have entered."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.people import AN_CU, TINH_BIEN
from webapp.extensions import db
from webapp.models import Case, OfficeDay
from webapp.queries.law import clock_at

ENTER = {"unit": TINH_BIEN, "day": "04/12/2019", "kind": "off", "reason": "Công văn số 12/UBND-VP"}


@pytest.fixture
def admin(signed_in):
    return signed_in("admin")


def enter(admin, status=200, **changes):
    admin.get("/admin/calendar/new")
    return admin.submit("main form", status, **{**ENTER, **changes})


def row(page, day):
    return next(r.get_text(" ", strip=True) for r in page.all("tbody tr") if day in r.th.get_text())


def test_a_year_names_its_holidays_and_days_worked_in_exchange(admin):
    page = admin.get("/admin/calendar?year=2019")
    assert row(page, "05/02/2019").startswith("Thứ Ba, 05/02/2019 Tết Nguyên Đán nghỉ")
    assert "làm việc" in row(page, "04/05/2019")
    assert "Lịch làm việc năm 2020" in admin.get("/admin/calendar?year=2020").text


def test_a_day_off_moves_the_deadlines_that_begin_then(admin, office, campaign):
    page = enter(admin)
    assert "Công văn số 12/UBND-VP" in row(page, "04/12/2019")
    case = db.session.scalars(select(Case).where(Case.code == office.nominate())).one()
    assert clock_at(db.session(), case, "intake", office.at).date() == dt.date(2019, 12, 6)
    admin.post(str(page.one("tbody form")["action"]))
    db.session.rollback()
    case = db.session.scalars(select(Case).where(Case.id == case.id)).one()
    assert clock_at(db.session(), case, "intake", office.at).date() == dt.date(2019, 12, 5)


def test_a_saturday_is_worked_in_exchange(admin, office, campaign):
    enter(admin, day="07/12/2019", kind="worked")
    case = db.session.scalars(select(Case).where(Case.code == office.nominate())).one()
    assert clock_at(db.session(), case, "supplement", office.at).date() == dt.date(2019, 12, 7)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"day": "01/01/2019"}, "vốn là ngày nghỉ"),
        ({"day": "08/12/2019"}, "vốn là ngày nghỉ"),
        ({"kind": "worked"}, "vốn là ngày làm việc"),
        ({"reason": ""}, "Lý do"),
        ({"day": "30/02/2019"}, "Ngày"),
    ],
)
def test_what_makes_no_difference_is_refused(admin, changes, fault):
    page = enter(admin, 422, **changes)
    assert fault in page.one(".field-fault").get_text()
    assert db.session.scalars(select(OfficeDay)).all() == []


def test_a_day_is_entered_once(admin):
    enter(admin)
    page = enter(admin, 422)
    assert "đã có trong lịch" in page.one(".field-fault").get_text()


def test_each_unit_has_its_own_days(admin, signed_in, commune_admin):
    page = enter(admin)
    taken = str(page.one("tbody form")["action"])
    enter(admin, unit=AN_CU, day="05/12/2019")
    commune = signed_in(commune_admin)
    page = commune.get("/admin/calendar?year=2019")
    assert "huyện Tịnh Biên" in row(page, "04/12/2019")
    assert [form["action"] for form in page.all("tbody form")] != [taken]
    assert len(page.all("tbody form")) == 1
    commune.post(taken, status=404)
    enter(commune, 422, unit=TINH_BIEN)
