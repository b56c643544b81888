"""People with accounts and roles in the units administered."""

import datetime as dt

from tests.people import PEOPLE
from tests.statements import statements
from webapp.operations.acting import SYSTEM
from webapp.operations.people import NewPerson, add_person, give_role


def names(page):
    return [link.get_text(strip=True) for link in page.all(".data-table tbody .row-link")]


def test_administrator_of_the_province_sees_all(signed_in, office):
    page = signed_in("admin").get("/admin/people")
    assert len(names(page)) == len(PEOPLE)
    row = next(row for row in page.all(".data-table tbody tr") if "Lê Văn Cán Bộ" in row.get_text())
    text = row.get_text(" ", strip=True)
    for wanted in ("officer", "Công chức phụ trách TĐKT", "xã An Cư", "từ 01/01/2018", "đăng nhập được"):
        assert wanted in text


def test_administrator_of_a_commune_sees_its_people_alone(signed_in, commune_admin):
    found = names(signed_in(commune_admin).get("/admin/people"))
    assert "Lê Văn Cán Bộ" in found
    assert "Võ Thị An Phú" not in found
    assert "Hồ Thị Thư Ký" not in found
    assert "Quách Thị Không Vai" not in found, "who holds no role yet is nobody's of a commune"


def test_filters_stand_in_the_address(signed_in, office):
    browser = signed_in("admin")
    found = {
        "q=le+van+can": ["Lê Văn Cán Bộ"],
        "q=secretary": ["Hồ Thị Thư Ký"],
        "role=commune_chair": ["Nguyễn Văn Chủ Tịch Xã", "Huỳnh Văn An Phú"],
        "unit=an-giang/tinh-bien/cong-an": ["Bùi Văn Công An"],
        "role=none": ["Quách Thị Không Vai"],
        "q=nobody": [],
    }
    for query, wanted in found.items():
        assert sorted(names(browser.get(f"/admin/people?{query}"))) == sorted(wanted), query


def test_roles_that_have_ended_do_not_count(signed_in, office):
    office.move(days=1)
    person = office.person("head")
    assert "Đặng Văn Trưởng Phòng" in names(signed_in("admin").get("/admin/people?role=head"))
    tomorrow = office.at.date() + dt.timedelta(days=2)
    give_role(person.public_id, "office", "an-giang/tinh-bien", tomorrow, actor=SYSTEM, now=office.now)
    page = signed_in("admin").get("/admin/people?role=office")
    assert names(page) == ["Dương Văn Văn Phòng"]


def test_number_of_statements_does_not_grow_with_the_rows(signed_in, office):
    browser = signed_in("admin")
    browser.get("/admin/people")
    before = statements(lambda: browser.get("/admin/people"))
    for number in range(10):
        code = add_person(NewPerson(f"Nguyễn Văn {number}"), actor=SYSTEM, now=office.now)
        give_role(code, "member", "an-giang/tinh-bien", office.at.date(), actor=SYSTEM, now=office.now)
    assert len(statements(lambda: browser.get("/admin/people"))) == len(before)
