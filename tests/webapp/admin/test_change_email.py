"""The e-mail address of a person, entered and taken away by whoever looks after the account."""

from sqlalchemy import select

from webapp.models import Person


def address(stored, username):
    return stored(select(Person.email).where(Person.username == username))


def page_of(office, username):
    return f"/admin/people/{office.person(username).public_id}"


def test_an_address_is_entered_changed_and_taken_away(signed_in, office, stored, told):
    browser = signed_in("admin")
    path = page_of(office, "member1")
    page = browser.get(path)
    assert "chưa có: chỉ đọc thông báo" in page.text
    for typed, kept in (("mot@example.gov.vn", "mot@example.gov.vn"), ("một@", None), ("", None)):
        browser.get(f"{path}/email")
        status = 422 if typed == "một@" else 200
        page = browser.submit(status=status, email=typed)
        assert address(stored, "member1") == (kept or (None if not typed else "mot@example.gov.vn"))
    types, fields = told(f"person/{office.person('member1').public_id}")
    assert types[-2:] == ["email_changed", "email_changed"]
    assert fields == {"person": office.person("member1").public_id}


def test_the_same_address_again_changes_nothing(signed_in, office, told):
    browser = signed_in("admin")
    path = page_of(office, "member1")
    for _time in "12":
        browser.get(f"{path}/email")
        browser.submit(email="mot@example.gov.vn")
    types, _fields = told(f"person/{office.person('member1').public_id}")
    assert types.count("email_changed") == 1


def test_others_cannot(signed_in, office, commune_admin, stored):
    signed_in("secretary").get(f"{page_of(office, 'member1')}/email", status=403)
    browser = signed_in(commune_admin)
    browser.get(f"{page_of(office, 'member1')}/email", status=404)
    browser.post(f"{page_of(office, 'member1')}/email", {"email": "x@y.vn"}, status=404)
    assert address(stored, "member1") is None
