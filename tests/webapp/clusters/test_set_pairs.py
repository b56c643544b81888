"""Who scores whom is proposed as a ring; the secretary may choose otherwise until the scoring is opened."""

from sqlalchemy import select

from tests import clustered
from tests.clustered import CODE, YEAR
from tests.people import AN_CU, AN_PHU, POLICE
from webapp.models import ClusterMember, Unit, YearMember
from webapp.operations.acting import SYSTEM
from webapp.operations.clusters import end_unit

PAGE = f"/clusters/{CODE}/{YEAR}"
SECTION = "section[aria-labelledby=pairs-title]"
OTHER = {AN_CU: POLICE, POLICE: AN_PHU, AN_PHU: AN_CU}
"""The other way round than the ring of the year."""


def lines(page):
    return {
        row.th.get_text(strip=True): row.td.get_text(strip=True) for row in page.all(f"{SECTION} tbody tr")
    }


def choose(browser, status=200, **pairs):
    """Choose who scores, by the code of who is scored."""
    browser.get(f"{PAGE}/pairs")
    form = browser.page.form("main form.pairs-form")
    scored = {form[f"pairs-{row}-unit"]: row for row in range(3)}
    fields = {f"pairs-{scored[code]}-scorer": scorer for code, scorer in pairs.items()}
    return browser.submit("main form.pairs-form", status, **fields)


def test_the_proposal_is_changed_and_the_scoring_keeps_it(signed_in, office):
    clustered.found_cluster(office)
    browser = signed_in("secretary")
    assert lines(browser.get(PAGE)) == {
        "xã An Cư": "xã An Phú",
        "xã An Phú": "Công an huyện Tịnh Biên",
        "Công an huyện Tịnh Biên": "xã An Cư",
    }
    page = choose(browser, **OTHER)
    assert lines(page)["xã An Cư"] == "Công an huyện Tịnh Biên"
    clustered.open_year(office)
    found = {each.unit.code: each.scorer.code for each in office.read(select(YearMember))}
    assert found == OTHER
    browser.get(f"{PAGE}/pairs", status=409)


def test_a_choice_is_taken_back(signed_in, office):
    clustered.found_cluster(office)
    browser = signed_in("secretary")
    choose(browser, **OTHER)
    page = browser.submit(f"{SECTION} form")
    assert lines(page)["xã An Cư"] == "xã An Phú"
    assert not page.all(f"{SECTION} form button")


def test_faults_name_the_row(signed_in, office):
    clustered.found_cluster(office)
    page = choose(signed_in("secretary"), 422, **{AN_CU: AN_CU, AN_PHU: POLICE, POLICE: POLICE})
    summary = page.one("#error-summary").get_text(" ", strip=True)
    assert "xã An Cư”: đơn vị không chấm chéo cho chính mình" in summary
    page = choose(signed_in("secretary"), 422, **{AN_CU: AN_PHU, AN_PHU: AN_CU, POLICE: AN_CU})
    assert "Công an huyện Tịnh Biên”: đơn vị này đã chấm đơn vị ở dòng 2" in page.one("#error-summary").text


def test_other_members_need_another_choice(signed_in, office):
    clustered.found_cluster(office)
    secretary = signed_in("secretary")
    choose(secretary, **OTHER)
    [left] = office.read(select(ClusterMember).join(Unit).where(Unit.code == POLICE))
    end_unit(left.public_id, office.at.date(), actor=SYSTEM, now=office.now)
    office.move(days=1)
    secretary = signed_in("secretary")
    assert "Thành viên cụm, khối đã thay đổi" in secretary.get(PAGE).text
    secretary.get(f"{PAGE}/start")
    page = secretary.submit("main form.panel", 409, self_due="10/12/2019", cross_due="14/12/2019")
    assert "Thư ký cần phân công lại trước" in page.text


def test_only_the_secretary_of_the_organiser_chooses(signed_in, office):
    clustered.found_cluster(office)
    for username in ("officer", "specialist", "authority"):
        page = signed_in(username).get(PAGE)
        assert not page.all("a[href$='/pairs']")
        signed_in(username).get(f"{PAGE}/pairs", status=403)
        signed_in(username).post(f"{PAGE}/pairs/proposed", status=403)
    signed_in("province_specialist").get(f"{PAGE}/pairs", status=404)
