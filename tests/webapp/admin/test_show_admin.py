"""Who may administer, and the start of the administration."""

from webapp.extensions import db
from webapp.models import Council, CouncilMembership
from webapp.operations.acting import SYSTEM
from webapp.operations.people import give_role

AN_HAO = "an-giang/tinh-bien/an-hao"

PAGES = (
    "/admin",
    "/admin/people",
    "/admin/people/new",
    "/admin/councils",
    "/admin/councils/new",
    "/admin/units",
    "/admin/deployments",
    "/admin/jobs",
)
FORMS = {"/admin/people/new": "Add a person", "/admin/councils/new": "Found a council"}


def test_nobody_else_may_open_it(signed_in, office):
    for username in ("officer", "secretary", "authority", "auditor", "stranger"):
        for path in PAGES:
            signed_in(username).get(path, status=403)


def test_start_names_units_and_procedures(signed_in, office):
    page = signed_in("admin").get("/admin")
    assert page.heading == "Quản trị"
    assert "tỉnh An Giang" in page.text
    assert "Đề nghị khen thưởng" in page.text


def test_every_page_of_it_opens_in_both_languages(signed_in, office):
    browser = signed_in("admin")
    for path in PAGES:
        browser.get(path)
    browser.post("/language", {"language": "en"})
    for path in PAGES:
        assert browser.get(path).heading == FORMS.get(path, "Administration")


def test_the_way_to_every_part_is_on_each_page(signed_in, office):
    links = [link.get_text(strip=True) for link in signed_in("admin").get("/admin").all(".tab-bar a")]
    assert links[-2:] == ["Thư điện tử", "Bằng chứng"]


def test_counters_say_of_what(signed_in, office):
    page = signed_in("admin").get("/admin")
    assert page.one(".stats-title").get_text() == "Việc của hệ thống"
    assert "0 đang thực hiện" in page.text
    assert not page.all(".first-steps"), "this office has people and a council"


def test_an_office_without_a_council_is_led_through_its_first_steps(signed_in, office):
    session = db.session()
    session.query(CouncilMembership).delete()
    session.query(Council).delete()
    session.commit()
    page = signed_in("admin").get("/admin")
    steps = [step.get_text(" ", strip=True) for step in page.all(".first-steps > li")]
    assert steps[0].startswith("Nhập người dùng và giao vai trò đã xong")
    assert steps[1].startswith("Thành lập Hội đồng Thành viên")
    assert page.one(".first-steps a[href='/admin/councils/new']")


def test_whoever_administers_a_unit_without_people_enters_them_first(signed_in, office):
    give_role(
        office.person("stranger").public_id, "admin", AN_HAO, office.at.date(), actor=SYSTEM, now=office.now
    )
    page = signed_in("stranger").get("/admin")
    steps = [step.get_text(" ", strip=True) for step in page.all(".first-steps > li")]
    assert steps[0].startswith("Nhập người dùng và giao vai trò Thư ký")
    assert steps[1].startswith("Thành lập Hội đồng đã xong")
