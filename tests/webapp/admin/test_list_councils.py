"""Councils: founded, joined, left."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.people import AN_CU, TINH_BIEN
from tests.statements import statements
from webapp.models import Council, CouncilMembership
from webapp.operations.acting import SYSTEM, Actor
from webapp.operations.people import NewPerson, Seat, add_member, add_person, end_membership, form_council
from webapp.operations.refusals import InvalidForm, NotFound


def rows(page):
    return [row.get_text(" ", strip=True) for row in page.all(".data-table tbody tr")]


def founded(browser, office, seats, status=200, **fields):
    browser.get("/admin/councils/new")
    given = {"unit": AN_CU, "name": "Hội đồng TĐKT xã An Cư", "from_date": "01/12/2019"} | fields
    for row, (username, position) in enumerate(seats):
        given |= {
            f"members-{row}-_row": "1",
            f"members-{row}-person": office.person(username).public_id,
            f"members-{row}-position": position,
        }
    return browser.submit("main form", status, **given)


def test_it_names_the_members_of_today(signed_in, office):
    page = signed_in("admin").get("/admin/councils")
    assert "Hội đồng TĐKT huyện Tịnh Biên" in page.one("main h2").get_text()
    assert len(rows(page)) == 4
    assert rows(page)[0].startswith("Nguyễn Văn Chủ Tịch Chủ tịch Hội đồng 01/01/2018")


def test_people_of_one_name_are_told_apart_by_role_and_unit(signed_in, office):
    page = signed_in("admin").get(f"/admin/councils/{TINH_BIEN}/members/new")
    [option] = [each for each in page.all("#f-person option") if "(officer)" in each.get_text()]
    assert option.get_text(strip=True) == "Lê Văn Cán Bộ (officer) – Công chức phụ trách TĐKT, xã An Cư"


def test_a_council_is_founded(signed_in, commune_admin, office, told):
    browser = signed_in(commune_admin)
    assert "Chưa có Hội đồng" in browser.get("/admin/councils").text
    page = founded(
        browser,
        office,
        [("commune_chair", "chair"), ("officer", "secretary")],
        founded_by="Quyết định số 12/QĐ-UBND",
    )
    assert "Quyết định số 12/QĐ-UBND" in page.text
    assert [row.split(" 0")[0] for row in rows(page)] == [
        "Nguyễn Văn Chủ Tịch Xã Chủ tịch Hội đồng",
        "Lê Văn Cán Bộ Ủy viên, Thư ký Hội đồng",
    ]
    kinds, fields = told(f"council/{AN_CU}")
    assert (kinds, len(fields["members"])) == (["council_formed"], 2)


def test_a_button_pressed_twice_founds_one_council(signed_in, commune_admin, office):
    browser = signed_in(commune_admin)
    founded(browser, office, [("commune_chair", "chair")])
    page = founded(browser, office, [("commune_chair", "chair")], status=422)
    assert "đã được thành lập từ ngày này" in page.text
    assert len(office.read(select(Council).where(Council.unit.has(code=AN_CU)))) == 1


@pytest.mark.parametrize(
    ("seats", "fields", "fault", "text"),
    [
        ([("officer", "chair"), ("officer", "member")], {}, "members-1-person", "đã có trong Hội đồng"),
        ([("officer", "chair"), ("colleague", "chair")], {}, "members-1-position", "đã có Chủ tịch"),
        ([], {}, "members", "Hãy thêm ít nhất một dòng"),
        ([("officer", "chair")], {"name": ""}, "name", "Hãy nhập “Tên Hội đồng”."),
    ],
)
def test_faults_stand_at_their_fields(signed_in, commune_admin, office, seats, fields, fault, text):
    page = founded(signed_in(commune_admin), office, seats, 422, **fields)
    assert text in page.one(f"#f-{fault}-fault").get_text()
    assert page.one("#f-from_date")["value"] == "01/12/2019"
    assert len(office.read(select(Council))) == 1


def test_a_row_is_added_without_handing_in(signed_in, office):
    browser = signed_in("admin")
    browser.get("/admin/councils/new")
    page = browser.submit("main form", _add="members", name="Hội đồng")
    assert page.one("#f-name")["value"] == "Hội đồng"
    assert not page.all(".error-summary")


def test_a_member_joins_and_leaves(signed_in, office, told):
    browser = signed_in("admin")
    browser.get(f"/admin/councils/{TINH_BIEN}/members/new")
    person = office.person("member3").public_id
    page = browser.submit("main form", 422, person=person, position="chair", from_date="01/12/2019")
    assert "đã có Chủ tịch" in page.one("#f-position-fault").get_text()
    page = browser.submit("main form", person=person, position="member", from_date="01/12/2019")
    assert len(rows(page)) == 5
    kinds, fields = told(f"council/{TINH_BIEN}")
    assert kinds[-1] == "membership_began"
    assert fields.keys() == {"unit", "membership", "person", "position", "from_date"}
    browser.get(page.one(".data-table tbody tr:last-child a")["href"])
    page = browser.submit("main form", 422, to_date="30/11/2019")
    assert "01/12/2019" in page.one("#f-to_date-fault").get_text()
    browser.submit("main form", to_date="01/12/2019")
    assert told(f"council/{TINH_BIEN}")[0][-1] == "membership_ended"
    office.move(days=1)
    assert len(rows(browser.get("/admin/councils"))) == 4


def test_nobody_sits_twice_but_may_come_back(office):
    then = {"actor": SYSTEM, "now": office.now}
    member = office.person("member1")
    with pytest.raises(InvalidForm):
        add_member(TINH_BIEN, Seat(member.public_id, "member"), office.at.date(), **then)
    [seat] = office.read(select(CouncilMembership).where(CouncilMembership.person_id == member.id))
    end_membership(seat.public_id, office.at.date(), **then)
    add_member(TINH_BIEN, Seat(member.public_id, "member"), office.at.date() + dt.timedelta(days=1), **then)


def test_a_new_council_takes_the_place_of_the_old_one(signed_in, office):
    page = founded(signed_in("admin"), office, [("authority", "chair")], unit=TINH_BIEN, name="Hội đồng mới")
    assert [each.get_text() for each in page.all("main h2")] == ["Hội đồng mới"]


def test_councils_of_other_units_are_out_of_reach(signed_in, commune_admin, office):
    browser = signed_in(commune_admin)
    membership = office.read(select(CouncilMembership.public_id))[0]
    browser.get("/")
    browser.get(f"/admin/councils/{TINH_BIEN}/members/new", status=404)
    browser.get(f"/admin/councils/{AN_CU}/members/new", status=404)
    browser.get(f"/admin/councils/members/{membership}/end", status=404)
    founded(browser, office, [("secretary", "chair")], 422)
    founded(browser, office, [("officer", "chair")], 422, unit=TINH_BIEN)


def test_the_operations_keep_to_the_units(commune_admin, office):
    then = {"actor": Actor.of(office.person(commune_admin)), "now": office.now}
    own, other = office.person("officer").public_id, office.person("secretary").public_id
    membership = office.read(select(CouncilMembership.public_id))[0]
    day = office.at.date()
    for act in (
        lambda: form_council(TINH_BIEN, "Hội đồng", [Seat(own, "chair")], day, None, **then),
        lambda: form_council(AN_CU, "Hội đồng", [Seat(other, "chair")], day, None, **then),
        lambda: add_member(TINH_BIEN, Seat(own, "member"), day, **then),
        lambda: end_membership(membership, day, **then),
    ):
        with pytest.raises(NotFound):
            act()


def test_number_of_statements_does_not_grow_with_the_members(signed_in, office):
    browser = signed_in("admin")
    browser.get("/admin/councils")
    before = statements(lambda: browser.get("/admin/councils"))
    then = {"actor": SYSTEM, "now": office.now}
    for number in range(5):
        person = add_person(NewPerson(f"Nguyễn Văn {number}"), **then)
        add_member(TINH_BIEN, Seat(person, "member"), office.at.date(), **then)
    assert len(statements(lambda: browser.get("/admin/councils"))) == len(before)


def test_others_may_not(signed_in, office):
    membership = office.read(select(CouncilMembership.public_id))[0]
    browser = signed_in("secretary")
    browser.get("/")
    for path in ("new", f"{TINH_BIEN}/members/new", f"members/{membership}/end"):
        browser.post(f"/admin/councils/{path}", status=403)
