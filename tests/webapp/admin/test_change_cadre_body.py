"""An administrator names the party body that manages the cadres of a unit."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from tests.people import AN_CU, AN_PHU, PARTY_BODY, POLICE
from webapp.models import Unit


def body_of(stored, code):
    body = aliased(Unit)
    query = select(body.code).select_from(Unit).outerjoin(body, body.id == Unit.cadre_body_id)
    return stored(query.where(Unit.code == code))


def path_of(code):
    return f"/admin/units/{code}/cadre-body"


def test_it_is_chosen_and_taken_out(signed_in, office, stored, told):
    browser = signed_in("admin")
    link = browser.get("/admin/units").one(f"a[href='{path_of(AN_PHU)}']")
    assert "Nêu cấp ủy" in link.get_text()
    page = browser.get(link["href"])
    assert [each["value"] for each in page.all("select[name=cadre_body] option")] == ["", PARTY_BODY]
    page = browser.submit(cadre_body=PARTY_BODY)
    assert page.text.count("cán bộ do Ban Tổ chức Huyện ủy Tịnh Biên quản lý") == 3
    assert body_of(stored, AN_PHU) == PARTY_BODY
    assert told("units")[1] == {"unit": AN_PHU, "body": PARTY_BODY, "before": ""}
    browser.get(path_of(AN_PHU))
    browser.submit(cadre_body="")
    assert body_of(stored, AN_PHU) is None
    assert told("units")[1] == {"unit": AN_PHU, "body": "", "before": PARTY_BODY}


def test_the_same_again_is_no_event(signed_in, office, told):
    before = told("units")[0]
    browser = signed_in("admin")
    browser.get(path_of(AN_CU))
    browser.submit()
    assert told("units")[0] == before


def test_no_other_body_and_no_other_unit(signed_in, office, commune_admin, stored):
    browser = signed_in("admin")
    browser.get(path_of(AN_PHU))
    browser.submit(status=422, cadre_body=POLICE)
    assert body_of(stored, AN_PHU) is None
    browser = signed_in(commune_admin)
    browser.get(path_of(AN_CU))
    browser.get(path_of(AN_PHU), status=404)
    browser.post(path_of(AN_PHU), {"cadre_body": PARTY_BODY}, status=404)
    signed_in("secretary").get(path_of(AN_CU), status=403)


def test_where_there_is_none_to_name_none_is_asked_for(signed_in, office):
    """The province has no party body of its own; hamlets have no cadres."""
    page = signed_in("admin").get("/admin/units")
    for code in ("an-giang", "an-giang/so-noi-vu", f"{AN_CU}/ap-1", PARTY_BODY):
        assert not page.all(f"a[href='{path_of(code)}']")
    assert page.all(f"a[href='{path_of(POLICE)}']")
    signed_in("admin").get(path_of("an-giang"), status=404)
