"""Entering a person with an account."""

import re

import pytest
from sqlalchemy import func, select

from tests.pages import Browser
from tests.people import AN_CU, AN_PHU, TINH_BIEN
from webapp.models import Person, RoleHolding
from webapp.operations.acting import Actor
from webapp.operations.people import NewPerson, NewRole, add_person
from webapp.operations.refusals import InvalidForm, NotFound

PASSWORD = re.compile(r"[a-z]{4}(-[a-z]{4}){3}")


def filled(browser, status=200, **fields):
    browser.get("/admin/people/new")
    given = {"name": "Thạch Thị Mới", "username": "an-cu.moi"} | fields
    return browser.submit("main form", status, **given)


def test_the_password_is_shown_once_and_kept_as_a_hash(signed_in, office, stored, told):
    browser = signed_in("admin")
    page = filled(browser, role="officer", unit=AN_CU, from_date="01/12/2019", email="moi@angiang.gov.vn")
    password = page.one(".one-time-password").get_text()
    assert PASSWORD.fullmatch(password)
    person = stored(select(Person).where(Person.username == "an-cu.moi"))
    assert (person.name, person.email) == ("Thạch Thị Mới", "moi@angiang.gov.vn")
    assert person.password_hash.startswith("$argon2id$")
    assert told(f"person/{person.public_id}")[0] == ["person_added", "role_given"]
    assert password not in browser.get(f"/admin/people/{person.public_id}").answer.get_data(as_text=True)
    with browser.client.session_transaction() as session:
        assert password not in repr(dict(session))


def test_the_person_chooses_an_own_password_before_anything_else(signed_in, app, office):
    page = filled(signed_in("admin"), role="officer", unit=AN_CU)
    password = page.one(".one-time-password").get_text()
    browser = Browser(app)
    page = browser.sign_in("an-cu.moi", password)
    assert page.heading == "Tài khoản và cài đặt"
    assert browser.get("/campaigns").heading == "Tài khoản và cài đặt"
    page = browser.submit(
        "#password form", current_password=password, new_password="rừng tràm", repeated_password="rừng tràm"
    )
    assert page.heading == "Việc cần xử lý"
    assert Browser(app).sign_in("an-cu.moi", "rừng tràm").heading == "Việc cần xử lý"


def test_role_and_mail_may_wait(signed_in, office, stored):
    page = filled(signed_in("admin"))
    assert "Chưa có vai trò" in page.text
    person = stored(select(Person).where(Person.username == "an-cu.moi"))
    assert stored(select(func.count()).where(RoleHolding.person_id == person.id)) == 0


@pytest.mark.parametrize(
    ("fields", "field", "text"),
    [
        ({"name": " "}, "name", "Hãy nhập “Họ và tên”."),
        ({"username": "Ân Cư"}, "username", "“Tên đăng nhập” chưa viết đúng cách"),
        ({"username": "officer"}, "username", "đã có người dùng"),
        ({"email": "moi"}, "email", "“Thư điện tử” chưa viết đúng cách"),
        ({"role": "officer"}, "unit", "Hãy chọn “Đơn vị”."),
        ({"role": "officer", "unit": AN_CU, "from_date": "31/02/2019"}, "from_date", "ngày/tháng/năm"),
        ({"role": "king", "unit": AN_CU}, "role", "không còn"),
    ],
)
def test_a_fault_names_field_and_remedy_and_keeps_what_was_typed(signed_in, office, fields, field, text):
    page = filled(signed_in("admin"), status=422, **fields)
    assert text in page.one(f"#f-{field}-fault").get_text(" ", strip=True)
    if "name" not in fields:
        assert page.one("#f-name")["value"] == "Thạch Thị Mới"
    assert not office.read(select(Person).where(Person.username == "an-cu.moi"))


def test_administrator_of_a_commune_gives_a_role_there(signed_in, commune_admin, office):
    browser = signed_in(commune_admin)
    page = filled(browser, status=422)
    assert "Hãy chọn “Vai trò”." in page.one("#f-role-fault").get_text()
    assert TINH_BIEN not in [option["value"] for option in page.all("#f-unit option")]
    filled(browser, status=422, role="officer", unit=AN_PHU)
    filled(browser, role="officer", unit=AN_CU)


def test_the_operation_itself_keeps_to_the_units(commune_admin, office):
    actor = Actor.of(office.person(commune_admin))
    new = NewPerson("Thạch Thị Mới", "an-cu.moi")
    with pytest.raises(NotFound):
        add_person(new, NewRole("officer", AN_PHU, office.at.date()), actor=actor, now=office.now)
    with pytest.raises(InvalidForm):
        add_person(new, actor=actor, now=office.now)
    officer = Actor.of(office.person("officer"))
    with pytest.raises(NotFound):
        add_person(new, NewRole("officer", AN_CU, office.at.date()), actor=officer, now=office.now)


def test_others_may_not(signed_in, office):
    browser = signed_in("secretary")
    browser.get("/")
    browser.post("/admin/people/new", {"name": "A", "username": "a"}, status=403)
