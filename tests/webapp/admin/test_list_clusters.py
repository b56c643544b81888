"""Clusters as the administration founds them, lets units join and leave, and prepares their years."""

from sqlalchemy import select

from tests import clustered
from tests.clustered import CODE, NAME
from tests.people import AN_CU, AN_PHU, TINH_BIEN
from tests.statements import statements
from webapp.models import Cluster, ClusterMember, ClusterYear, CriteriaVersion


def members(page):
    return [row.th.get_text(strip=True) for row in page.all(".data-table tbody tr")]


def found(browser, **fields):
    browser.get("/admin/clusters/new")
    given = {"unit": TINH_BIEN, "kind": "cluster", "name": NAME} | fields
    return browser.submit("main form.panel", **given)


def test_a_cluster_is_founded_units_join_and_a_year_is_prepared(signed_in, office, stored, told):
    browser = signed_in("admin")
    assert "Chưa có cụm, khối" in browser.get("/admin/clusters").text
    assert NAME in found(browser).one("main h2").get_text()
    for unit in (AN_CU, AN_PHU):
        browser.get(f"/admin/clusters/{CODE}/members/new")
        page = browser.submit("main form.panel", unit=unit, from_date="01/01/2018")
    assert members(page) == ["xã An Cư", "xã An Phú"]
    criteria = stored(select(CriteriaVersion.public_id).where(CriteriaVersion.code == "vi-du-cum-xa"))
    browser.get(f"/admin/clusters/{CODE}/years/new")
    page = browser.submit("main form.panel", year="2019", leader=AN_CU, deputy=AN_PHU, criteria=criteria)
    assert "2019: xã An Cư là trưởng" in page.text
    kinds, fields = told(f"cluster/{CODE}")
    assert kinds == ["cluster_founded", "cluster_member_joined", "cluster_member_joined", "cluster_year_set"]
    assert (fields["unit"], fields["deputy"], fields["campaign"]) == (AN_CU, AN_PHU, None)


def test_a_name_is_given_once_and_a_unit_joins_once(signed_in, office):
    clustered.found_cluster(office)
    browser = signed_in("admin")
    browser.get("/admin/clusters/new")
    page = browser.submit("main form.panel", 422, unit=TINH_BIEN, kind="block", name=NAME)
    assert "đã có cụm, khối tên này" in page.text
    browser.get(f"/admin/clusters/{CODE}/members/new")
    page = browser.submit("main form.panel", 422, unit=AN_CU, from_date="01/01/2019")
    assert "đã là thành viên" in page.text


def test_a_unit_leaves_and_may_come_back(signed_in, office, stored):
    clustered.found_cluster(office)
    member = stored(select(ClusterMember.public_id).limit(1))
    browser = signed_in("admin")
    browser.get(f"/admin/clusters/members/{member}/end")
    assert browser.submit("main form.panel", 422, to_date="01/01/2017").one("#f-to_date-fault")
    browser.get(f"/admin/clusters/members/{member}/end")
    page = browser.submit("main form.panel", to_date="01/12/2019")
    assert "01/12/2019" in page.text
    browser.get(f"/admin/clusters/{CODE}/members/new")
    browser.submit("main form.panel", unit=AN_CU, from_date="03/12/2019")
    assert members(browser.page).count("xã An Cư") == 2


def test_a_leader_is_a_member_and_a_year_that_has_begun_stays(signed_in, office, stored):
    clustered.found_cluster(office)
    criteria = stored(select(CriteriaVersion.public_id).where(CriteriaVersion.code == "vi-du-cum-xa"))
    browser = signed_in("admin")
    browser.get(f"/admin/clusters/{CODE}/years/new")
    page = browser.submit("main form.panel", 422, year="2017", leader=AN_CU, deputy=AN_PHU, criteria=criteria)
    assert "phải là thành viên trong năm này" in page.text
    clustered.open_year(office)
    browser.get(f"/admin/clusters/{CODE}/years/new")
    browser.submit("main form.panel", 409, year="2019", leader=AN_PHU, criteria=criteria)
    assert stored(select(ClusterYear.deputy_id).where(ClusterYear.year == 2019)) is not None


def test_others_administer_nothing_of_it(signed_in, commune_admin, office, stored):
    clustered.found_cluster(office)
    member = stored(select(ClusterMember.public_id).limit(1))
    browser = signed_in(commune_admin)
    assert NAME not in browser.get("/admin/clusters").text
    for path in (f"{CODE}/members/new", f"{CODE}/years/new", f"members/{member}/end"):
        browser.get(f"/admin/clusters/{path}", status=404)
    for username in ("specialist", "officer"):
        signed_in(username).get("/admin/clusters", status=403)
        signed_in(username).get("/admin/clusters/new", status=403)
    assert stored(select(Cluster.name)) == NAME


def test_it_asks_the_database_as_often_for_many_members_as_for_few(signed_in, office):
    browser = signed_in("admin")
    clustered.found_cluster(office, {AN_CU: "officer", AN_PHU: "other_officer"})
    browser.get("/admin/clusters")
    few = len(statements(lambda: browser.get("/admin/clusters")))
    browser.get(f"/admin/clusters/{CODE}/members/new")
    browser.submit("main form.panel", unit="an-giang/tinh-bien/cong-an", from_date="01/01/2019")
    assert len(statements(lambda: browser.get("/admin/clusters"))) == few
