"""One person: roles given and ended, the account closed, reopened, given a password."""

import pytest
from sqlalchemy import select

from tests.pages import Browser
from tests.people import AN_CU, AN_PHU, PASSWORD, TINH_BIEN
from tests.statements import statements
from webapp.models import ApiToken, Person, RoleHolding
from webapp.operations.accounts import close_account, reopen_account, set_password
from webapp.operations.acting import SYSTEM, Actor
from webapp.operations.people import end_role, give_role
from webapp.operations.refusals import Forbidden, NotFound, NotNow
from webapp.operations.tokens import add_token


@pytest.fixture
def path(office):
    """Address of the page of a person."""
    return lambda username: f"/admin/people/{office.person(username).public_id}"


def holding(office, username, role):
    """The one role of this kind a person holds."""
    person = office.person(username)
    query = select(RoleHolding).where(RoleHolding.person_id == person.id, RoleHolding.role == role)
    [held] = office.read(query)
    return held


def test_the_list_leads_to_it(signed_in, office, path):
    browser = signed_in("admin")
    link = browser.get("/admin/people?q=le+van+can").one(".data-table .row-link")
    assert link["href"] == path("officer")
    page = browser.get(link["href"])
    assert page.heading == "Lê Văn Cán Bộ"
    assert "xã An Cư" in page.one(".data-table tbody").get_text()


def test_a_role_is_given(signed_in, office, path, told):
    browser = signed_in("admin")
    browser.get(f"{path('officer')}/roles/new")
    page = browser.submit("main form", role="member", unit=TINH_BIEN, from_date="15/12/2019")
    assert "Thành viên Hội đồng" in page.one(".data-table tbody tr:first-child").get_text()
    person = office.person("officer").public_id
    assert told(f"person/{person}")[1] == {
        "person": person,
        "role": "member",
        "unit": TINH_BIEN,
        "from_date": "2019-12-15",
    }


def test_a_role_that_is_not_filled_in_is_not_given(signed_in, office, path):
    browser = signed_in("admin")
    browser.get(f"{path('officer')}/roles/new")
    page = browser.submit("main form", status=422, role="", unit=AN_PHU, from_date="mai")
    assert "Hãy chọn “Vai trò”." in page.one("#f-role-fault").get_text()
    assert page.one("#f-from_date")["value"] == "mai"
    assert page.one("#f-unit option[selected]")["value"] == AN_PHU


def test_a_role_ends_on_its_last_day(signed_in, office, path, told):
    held = holding(office, "officer", "officer")
    browser = signed_in("admin")
    browser.get(path("officer"))
    browser.get(browser.page.one(".data-table tbody a")["href"])
    page = browser.submit("main form", status=422, to_date="31/12/2017")
    assert "không được trước ngày bắt đầu 01/01/2018" in page.one("#f-to_date-fault").get_text()
    page = browser.submit("main form", to_date="01/12/2019")
    assert "01/12/2019" in page.one(".data-table tbody").get_text()
    person = office.person("officer").public_id
    assert told(f"person/{person}")[1] == {
        "person": person,
        "role": "officer",
        "unit": AN_CU,
        "before_date": "",
        "to_date": "2019-12-01",
    }
    browser.get(f"{path('officer')}/roles/{held.id}/end")
    browser.submit("main form", status=409, to_date="05/12/2019")


def test_a_closed_account_is_signed_out_until_it_is_reopened(signed_in, app, office, path, told):
    officer = Browser(app)
    officer.sign_in("officer", PASSWORD)
    browser = signed_in("admin")
    page = browser.get(browser.get(path("officer")).one("a[href$='/close']")["href"])
    assert "Lê Văn Cán Bộ" in page.one(".facts").get_text(), "it asks first, by name"
    assert officer.get("/").heading != "Đăng nhập"
    page = browser.submit("main form")
    assert "đã đóng" in page.one(".facts").get_text()
    assert officer.get("/").heading == "Đăng nhập"
    officer.sign_in("officer", PASSWORD, status=422)
    password = browser.submit("form[action$='/reopen']").one(".one-time-password").get_text()
    assert officer.get("/").heading == "Đăng nhập", "the old session has ended for good"
    assert officer.sign_in("officer", password).heading == "Tài khoản và cài đặt"
    browser.post(f"{path('officer')}/reopen", status=409)
    kinds, _fields = told(f"person/{office.person('officer').public_id}")
    assert kinds[-3:] == ["account_closed", "account_reopened", "password_set"]


def test_a_new_password_is_shown_once_and_ends_the_other_sessions(signed_in, app, office, path):
    officer = Browser(app)
    officer.sign_in("officer", PASSWORD)
    browser = signed_in("admin")
    page = browser.get(browser.get(path("officer")).one("a[href$='/password']")["href"])
    assert "Lê Văn Cán Bộ" in page.one(".facts").get_text(), "it asks first, by name"
    password = browser.submit("main form").one(".one-time-password").get_text()
    assert not browser.get(path("officer")).all(".one-time-password")
    assert officer.get("/").heading == "Đăng nhập"
    assert officer.sign_in("officer", password).heading == "Tài khoản và cài đặt"


def test_nobody_closes_or_loses_the_own_administration(signed_in, office, path):
    browser = signed_in("admin")
    page = browser.get(path("admin"))
    assert not page.all("a[href$='/close'], a[href$='/password']")
    browser.get(f"{path('admin')}/close", status=404)
    browser.post(f"{path('admin')}/close", status=409)
    browser.post(f"{path('admin')}/password", status=409)
    browser.get(f"{path('admin')}/roles/{holding(office, 'admin', 'admin').id}/end")
    page = browser.submit("main form", status=409, to_date="31/12/2019")
    assert "Anh/chị đang quản trị bằng vai trò này" in page.text
    assert office.person("admin").active
    assert holding(office, "admin", "admin").to_date is None


def test_below_another_one_an_admin_role_may_end(signed_in, office, path):
    give_role(
        office.person("admin").public_id, "admin", TINH_BIEN, office.at.date(), actor=SYSTEM, now=office.now
    )
    browser = signed_in("admin")
    later = max(office.read(select(RoleHolding.id).where(RoleHolding.person_id == office.person("admin").id)))
    browser.get(f"{path('admin')}/roles/{later}/end")
    browser.submit("main form", to_date="31/12/2019")


def test_people_of_other_units_are_not_there(signed_in, commune_admin, office, path):
    browser = signed_in(commune_admin)
    browser.get("/")
    held = holding(office, "other_officer", "officer").id
    for username in ("other_officer", "secretary", "admin", "stranger"):
        browser.get(path(username), status=404)
        browser.get(f"{path(username)}/roles/new", status=404)
        browser.get(f"{path(username)}/roles/{held}/end", status=404)
        for act in ("close", "reopen", "password"):
            browser.post(f"{path(username)}/{act}", status=404)
    browser.get("/admin/people/unknown", status=404)


def test_a_role_is_ended_under_its_own_person_only(signed_in, commune_admin, office, path):
    held = holding(office, "other_officer", "officer").id
    browser = signed_in(commune_admin)
    browser.get(f"{path('officer')}/roles/{held}/end", status=404)
    actor = Actor.of(office.person(commune_admin))
    with pytest.raises(NotFound):
        end_role(office.person("officer").public_id, held, office.at.date(), actor=actor, now=office.now)


def test_the_account_of_somebody_with_more_power_is_out_of_reach(signed_in, commune_admin, office, path):
    """Else the administrator of a commune could sign in as whoever has been given a role there."""
    secretary = office.person("secretary").public_id
    give_role(secretary, "registrant", AN_CU, office.at.date(), actor=SYSTEM, now=office.now)
    browser = signed_in(commune_admin)
    page = browser.get(path("secretary"))
    assert "Thư ký Hội đồng" not in page.one(".data-table").get_text()
    assert "quản trị viên cấp trên" in page.text
    browser.post(f"{path('secretary')}/password", status=403)
    browser.post(f"{path('secretary')}/close", status=403)
    actor = Actor.of(office.person(commune_admin))
    with pytest.raises(Forbidden):
        set_password(secretary, "x", actor=actor, now=office.now)


def test_the_operations_keep_to_the_units(commune_admin, office):
    actor = Actor.of(office.person(commune_admin))
    other, own = office.person("other_officer").public_id, office.person("officer").public_id
    held = holding(office, "other_officer", "officer").id
    then = {"actor": actor, "now": office.now}
    refused = [
        lambda: give_role(other, "officer", AN_CU, office.at.date(), **then),
        lambda: give_role(own, "officer", AN_PHU, office.at.date(), **then),
        lambda: end_role(other, held, office.at.date(), **then),
        lambda: close_account(other, **then),
        lambda: reopen_account(other, "x", **then),
        lambda: set_password(other, "x", **then),
    ]
    for act in refused:
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotNow):
        close_account(office.person(commune_admin).public_id, **then)


def test_whose_roles_have_ended_stays_where_they_were_held(signed_in, commune_admin, office, path):
    held = holding(office, "officer", "officer")
    person = office.person("officer").public_id
    end_role(person, held.id, office.at.date(), actor=SYSTEM, now=office.now)
    office.move(days=2)
    assert signed_in(commune_admin).get(path("officer")).heading == "Lê Văn Cán Bộ"
    give_role(person, "officer", AN_PHU, office.at.date(), actor=SYSTEM, now=office.now)
    signed_in(commune_admin).get(path("officer"), status=404)


def test_an_account_that_is_not_there_is_not_closed(office):
    [person] = office.read(select(Person).where(Person.username == "stranger"))
    assert person.is_active
    with pytest.raises(NotFound):
        close_account("unknown", actor=SYSTEM, now=office.now)


def test_number_of_statements_does_not_grow_with_the_roles(signed_in, office, path):
    browser = signed_in("admin")
    browser.get(path("officer"))
    before = statements(lambda: browser.get(path("officer")))
    for role in ("registrant", "member", "clerk"):
        person = office.person("officer").public_id
        give_role(person, role, AN_CU, office.at.date(), actor=SYSTEM, now=office.now)
    assert len(statements(lambda: browser.get(path("officer")))) == len(before)


def test_others_may_not(signed_in, office, path):
    browser = signed_in("secretary")
    browser.get("/")
    browser.get(path("officer"), status=403)
    for act in ("close", "reopen", "password", "roles/new"):
        browser.post(f"{path('officer')}/{act}", status=403)


def test_tokens_end_with_a_new_password(office):
    officer = office.person("officer")
    add_token(officer.id, "secret", "báo cáo", None, actor=office.actor("officer"), now=office.now)
    set_password(officer.public_id, "another one", actor=office.actor("admin"), now=office.now)
    [token] = office.read(select(ApiToken).where(ApiToken.person_id == officer.id))
    assert token.revoked_at is not None


def test_an_admin_role_further_down_does_not_stand_in_for_the_own_one(office):
    admin, now = office.actor("admin"), office.now
    day = office.at.date()
    give_role(admin.public_id, "admin", AN_CU, day, actor=admin, now=now)
    above, below = office.read(
        select(RoleHolding).where(RoleHolding.person_id == admin.person_id).order_by(RoleHolding.id)
    )
    with pytest.raises(NotNow):
        end_role(admin.public_id, above.id, day, actor=admin, now=now)
    end_role(admin.public_id, below.id, day, actor=admin, now=now)
