"""Units: their page with its history, and what changes them."""

import pytest
from sqlalchemy import select

from tests.offices import scene
from tests.people import AN_CU, AN_PHU, TINH_BIEN
from tests.proven import faults
from tests.statements import statements
from webapp.jobs import run
from webapp.models import Case, RoleHolding, Unit, UnitSuccession
from webapp.operations import long_work, moving_cases
from webapp.operations.acting import SYSTEM
from webapp.operations.people import give_role

PAPER = {
    "paper_number": "1654/NQ-UBTVQH15",
    "paper_date": "30/11/2019",
    "paper_issuer": "Ủy ban Thường vụ Quốc hội",
}
NEW = f"{TINH_BIEN}/nui-cam"


@scene
def waiting(office):
    """A nomination of An Cư waits for the officer's check; returns its code."""
    office.open_campaign()
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    return code


def page_of(code, act=""):
    return f"/admin/units/{code}{act}"


def test_the_tree_leads_to_the_page(signed_in, office):
    browser = signed_in("admin")
    link = browser.get("/admin/units").one(f"a.unit-name[href$='{AN_CU}']")
    page = browser.get(link["href"])
    assert page.heading == "xã An Cư"
    assert "Chưa ghi thay đổi nào" in page.text
    assert "ấp Vĩnh An" in page.text


def test_units_are_merged_after_a_page_that_says_what_moves(signed_in, office, waiting):
    browser = signed_in("admin")
    browser.get(browser.get(page_of(AN_CU)).one("a[href$='/merge']")["href"])
    page = browser.submit("main form", units=[AN_PHU], name="xã Núi Cấm", day="02/12/2019", **PAPER)
    assert "Chưa có gì thay đổi" in page.text
    assert "1 hồ sơ đang mở" in page.text
    assert "xã An Cư, xã An Phú" in page.one(".facts").get_text()
    assert office.case(waiting).unit.code == AN_CU
    page = browser.submit("main form")
    assert page.heading == "xã Núi Cấm"
    assert "Hợp nhất từ xã An Cư, xã An Phú, từ ngày 02/12/2019." in page.text
    assert "số 1654/NQ-UBTVQH15 ngày 30/11/2019 của Ủy ban Thường vụ Quốc hội" in page.text
    assert office.case(waiting).unit.code == NEW
    old = browser.get(page_of(AN_CU))
    assert "Hợp nhất vào xã Núi Cấm" in old.text
    assert not old.all("a[href$='/merge'], a[href$='/below/new']"), "nothing is changed in it any more"
    assert faults() == []


def merged_by_the_page(browser):
    browser.get(page_of(AN_CU, "/merge"))
    browser.submit("main form", units=[AN_PHU], name="xã Núi Cấm", day="02/12/2019", **PAPER)
    return browser.submit("main form")


@pytest.fixture
def left_to_the_worker(monkeypatch):
    """One dossier is too many to be waited for."""
    monkeypatch.setattr(long_work, "PIECE", 0)
    yield
    monkeypatch.undo()


def test_how_far_dossiers_have_gone_over_stands_on_the_page(
    signed_in, office, waiting, left_to_the_worker, monkeypatch
):
    browser = signed_in("admin")
    page = merged_by_the_page(browser)
    assert page.heading == "xã Núi Cấm", "the merger is done; the rest follows"
    assert "0 / 1" in page.one("#move-progress").get_text()
    assert page.one("#move-progress")["hx-get"] == page_of(NEW)
    assert not page.all("#move-stop"), "a merger is not stopped half way"
    assert browser.get(page_of(AN_CU)).all("#move-progress"), "it stands on the page of the old unit, too"
    listed = browser.get("/admin/jobs").one("[aria-labelledby=moves-title]").get_text(" ", strip=True)
    assert "xã Núi Cấm" in listed
    assert "0 / 1" in listed
    monkeypatch.undo()
    run.settle(lambda: office.now)
    part = browser.client.get(page_of(NEW), headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "Mọi hồ sơ đã chuyển xong" in part
    assert "hx-trigger" not in part
    assert not browser.get(page_of(NEW)).all("#move-progress"), "what is over is in the way no more"
    assert not browser.get("/admin/jobs").all("[aria-labelledby=moves-title]")


def test_who_administers_a_unit_below_does_not_read_what_else_goes_over(
    signed_in, office, waiting, left_to_the_worker
):
    """A hamlet goes over with its commune; the dossiers are those of the commune."""
    clerk = office.person("clerk").public_id
    give_role(clerk, "admin", f"{AN_CU}/ap-1", office.at.date(), actor=SYSTEM, now=office.now)
    merged_by_the_page(signed_in("admin"))
    [hamlet] = office.read(
        select(Unit.code)
        .join(UnitSuccession, UnitSuccession.successor_id == Unit.id)
        .join(RoleHolding, RoleHolding.unit_id == Unit.id)
        .where(RoleHolding.role == "admin")
    )
    assert signed_in("admin").get(page_of(hamlet)).all("#move-progress")
    assert not signed_in("clerk").get(page_of(hamlet)).all("#move-progress")


def test_dossiers_that_could_not_go_over_are_named_and_tried_again(
    signed_in, office, waiting, left_to_the_worker, monkeypatch
):
    def full(**_fields):
        raise OSError("no space left")

    browser = signed_in("admin")
    merged_by_the_page(browser)
    monkeypatch.undo()
    monkeypatch.setattr(moving_cases, "CaseMoved", full)
    run.settle(lambda: office.now)
    page = browser.get(page_of(NEW))
    assert waiting in page.one("#move-progress table").get_text()
    retry = page.one("#move-progress form")["action"]
    monkeypatch.undo()
    signed_in("secretary").post(retry, status=403)
    browser = signed_in("admin")
    browser.get(page_of(NEW))
    page = browser.submit("#move-progress form")
    assert not page.all("#move-progress")
    assert office.case(waiting).unit.code == NEW
    browser.post(retry, status=409)
    browser.post("/admin/unit-changes/no-such/retry", status=404)


def test_nothing_is_merged_while_dossiers_come_over(signed_in, office, waiting, left_to_the_worker):
    browser = signed_in("admin")
    merged_by_the_page(browser)
    office.move(days=1)
    browser.get(page_of(NEW, "/merge"))
    page = browser.submit(
        "main form", units=[f"{TINH_BIEN}/an-hao"], name="xã Thất Sơn", day="03/12/2019", **PAPER
    )
    assert "còn đang được chuyển" in page.one("[role=alert]").get_text()
    assert "còn đang được chuyển" in browser.submit("main form", status=409).text


def test_the_old_name_finds_the_new_unit_and_its_dossiers(signed_in, office, waiting):
    browser = signed_in("admin")
    browser.get(page_of(AN_CU, "/merge"))
    browser.submit("main form", units=[AN_PHU], name="xã Núi Cấm", day="02/12/2019", **PAPER)
    browser.submit("main form")
    tree = browser.get("/admin/units?q=an+cu")
    names = [each.get_text() for each in tree.all(".unit-tree .unit-name")]
    assert "xã Núi Cấm" in names
    assert "xã An Cư" not in names, "closed units are hidden"
    shown = browser.get("/admin/units?q=an+cu&closed=shown")
    assert "xã An Cư" in [each.get_text() for each in shown.all(".unit-tree .unit-name")]
    found = signed_in("specialist").get("/nominations?q=an+cu")
    assert "xã Núi Cấm" in found.one(".data-table").get_text()


def test_somebody_must_go_on_with_open_work(signed_in, office, waiting):
    browser = signed_in("admin")
    browser.get(page_of(AN_CU, "/merge"))
    page = browser.submit("main form", units=[AN_PHU], name="xã Núi Cấm", day="02/12/2019", **PAPER)
    officers = {name: "-" for name in page.form() if name.startswith("role-")}
    page = browser.submit("main form", status=422, **officers)
    assert "còn việc đang mở" in page.one("[role=alert]").get_text()
    assert {page.form()[name] for name in officers} == {"-"}, "what was chosen is still there"
    assert office.read(select(Unit).where(Unit.code == NEW)) == []


def test_what_was_opened_meanwhile_is_shown_first(signed_in, office, waiting):
    browser = signed_in("admin")
    browser.get(page_of(AN_CU, "/merge"))
    browser.submit("main form", units=[AN_PHU], name="xã Núi Cấm", day="02/12/2019", **PAPER)
    office.nominate(nominee_name="Trần Văn Mới")
    page = browser.submit("main form")
    assert "vừa thay đổi" in page.one("[role=alert]").get_text()
    assert "2 hồ sơ đang mở" in page.text


def test_a_split_asks_for_exceptions(signed_in, office, waiting):
    other = office.nominate(nominee_name="Lý Thị Khác")
    browser = signed_in("admin")
    browser.get(page_of(AN_CU, "/split"))
    names = "xã An Cư Đông\nxã An Cư Tây"
    page = browser.submit("main form", names=names, day="02/12/2019", **PAPER)
    assert len(page.all("select[name^='case-']")) == 2
    page = browser.submit(
        "main form", **{f"case-{other}": "0", "default-all": "1", f"below-{AN_CU}/ap-2": "0"}
    )
    assert "Tách từ xã An Cư, từ ngày 02/12/2019." in page.text
    units = {
        each.code: each.unit.name for each in office.read(select(Case).where(Case.code.in_([waiting, other])))
    }
    assert units == {waiting: "xã An Cư Tây", other: "xã An Cư Đông"}
    assert "ấp Vĩnh Lạc, xã An Cư Đông" in browser.get(page_of(f"{AN_CU}-dong")).text
    assert "Chia tách thành xã An Cư Đông, xã An Cư Tây" in browser.get(page_of(AN_CU)).text


def test_a_unit_is_renamed_with_its_paper(signed_in, office):
    browser = signed_in("admin")
    browser.get(page_of(AN_CU, "/rename"))
    page = browser.submit("main form", status=422, name="phường An Cư", day="02/12/2019")
    assert "Số văn bản" in page.one("#error-summary").get_text()
    page = browser.submit("main form", name="phường An Cư", day="02/12/2019", **PAPER)
    assert page.heading == "phường An Cư"
    assert "đổi tên thành “phường An Cư”, trước là “xã An Cư”" in page.text


def test_a_unit_is_added_and_closed(signed_in, office):
    browser = signed_in("admin")
    browser.get(page_of(TINH_BIEN, "/below/new"))
    page = browser.submit("main form", name="xã Mới", level="commune", kind="committee", day="01/12/2019")
    assert page.heading == "xã Mới"
    assert "Thêm từ ngày 01/12/2019." in page.text
    browser.get(browser.page.one("a[href$='/close']")["href"])
    page = browser.submit("main form", day="01/12/2019", **PAPER)
    assert "Đã đóng; ngày cuối cùng là 01/12/2019." in page.text
    assert "xã Mới" not in browser.get("/admin/units").text


def test_what_is_open_is_named_before_closing(signed_in, office, waiting):
    browser = signed_in("admin")
    page = browser.get(page_of(AN_CU, "/close"))
    assert "Còn mở: 1 hồ sơ" in page.text
    page = browser.submit("main form", status=422, day="02/12/2019", **PAPER)
    assert "còn việc đang mở" in page.one("#error-summary").get_text()


@pytest.mark.parametrize("act", ["/rename", "/close", "/merge", "/split"])
def test_nobody_changes_the_unit_they_administer_from(signed_in, commune_admin, office, act):
    browser = signed_in(commune_admin)
    assert browser.get(page_of(AN_CU)).heading == "xã An Cư"
    browser.get(page_of(AN_CU, act), status=404)
    browser.post(page_of(AN_CU, act), status=404)
    browser.get(page_of(AN_PHU), status=404)


@pytest.mark.parametrize("act", ["", "/rename", "/close", "/merge", "/split", "/below/new"])
def test_others_may_not(signed_in, office, act):
    browser = signed_in("secretary")
    browser.get("/")
    browser.get(page_of(AN_CU, act), status=403)


def test_number_of_statements_does_not_grow(signed_in, office):
    browser = signed_in("admin")
    addresses = ("/admin/units", "/admin/units?q=an&closed=shown", page_of(TINH_BIEN))
    for address in addresses:
        browser.get(address)
    before = {address: len(statements(lambda a=address: browser.get(a))) for address in addresses}
    browser.get(page_of(TINH_BIEN, "/below/new"))
    browser.submit("main form", name="xã Mới", level="commune", kind="committee", day="01/12/2019")
    person = office.person("clerk").public_id
    give_role(person, "officer", f"{TINH_BIEN}/moi", office.today, actor=SYSTEM, now=office.now)
    assert office.read(select(RoleHolding))
    after = {address: len(statements(lambda a=address: browser.get(a))) for address in addresses}
    assert after == before
