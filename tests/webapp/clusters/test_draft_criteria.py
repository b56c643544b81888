"""A criteria table is drafted on its page, checked, sent, approved, and chosen for a year."""

from sqlalchemy import select

from tests import clustered
from tests.clustered import CODE, YEAR
from tests.people import AN_CU, TINH_BIEN
from tests.statements import statements
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Unit
from webapp.operations.acting import SYSTEM
from webapp.operations.clusters import NewYear, set_year
from webapp.queries.clusters import newest_criteria

FORM = "main form.criteria-form"
NAME = "Bảng tiêu chí cụm các xã năm 2020"
HEAD = {
    "name": NAME,
    "source": "Hướng dẫn số 12/HD-HĐTĐKT ngày 05/01/2020",
    "mark": "unverified",
    "difference": "2,5",
    "acclaim_source": "Quy chế của cụm",
}
ROWS = {
    "criteria-0-part": "Nhiệm vụ",
    "criteria-0-name": "Thu ngân sách",
    "criteria-0-maximum": "90",
    "criteria-1-name": "Giảm nghèo",
    "criteria-1-maximum": "20",
    "criteria-1-weight": "1,5",
    "criteria-1-evidence": "true",
    "criteria-2-part": "Điểm thưởng",
    "criteria-2-name": "Mô hình mới",
    "criteria-2-maximum": "5",
    "criteria-2-kind": "bonus",
}


def drafted(signed_in, status=200, **changes):
    """The page of the draft that the secretary has typed."""
    browser = signed_in("secretary")
    browser.get("/clusters/criteria")
    browser.get(str(browser.page.one(".page-actions a")["href"]))
    return browser.submit(FORM, status, **{**HEAD, **ROWS, **changes})


def press(browser, act, status=200):
    button = browser.page.one(f"button[formaction$='/{act}']")
    return browser.post(str(button["formaction"]), status=status)


def approved(signed_in):
    """The draft, sent and approved; returns the page the authority has before it."""
    press(signed_in("secretary"), "submit")
    authority = signed_in("authority")
    page = authority.get("/notices")
    assert f"Có bảng tiêu chí chờ phê duyệt: {NAME}" in page.text
    authority.get("/clusters/criteria")
    link = next(a for a in authority.page.all(".row-link") if a.get_text(strip=True) == NAME)
    authority.get(str(link["href"]))
    return press(authority, "approve")


def offered(office):
    [place] = office.read(select(Unit).where(Unit.code == TINH_BIEN))
    return {each.name: each for each in newest_criteria(db.session(), place)}


def test_from_a_copy_to_the_table_of_a_year(signed_in, office):
    page = drafted(signed_in)
    noticed = page.one(".notice-kept").get_text(" ", strip=True)
    for text in ("là 120, không phải 100", "Dòng 2, “Giảm nghèo”: tính tối đa 30", "Dòng 3, “Mô hình mới”"):
        assert text in noticed
    assert NAME not in offered(office)
    page = approved(signed_in)
    assert not page.all("section[aria-labelledby=draft-title]")
    assert "quyết định" in page.one("section[aria-labelledby=versions-title]").text
    clustered.found_cluster(office)
    table = offered(office)[NAME]
    set_year(CODE, NewYear(YEAR, AN_CU, table.public_id), actor=SYSTEM, now=office.now)
    page = signed_in("officer").get(f"/clusters/criteria/{table.public_id}")
    assert f"{clustered.NAME}, {YEAR}" in page.one("section[aria-labelledby=used-title]").text
    assert [event.type for event in eventlog.read_stream(db.session(), f"criteria/{table.code}")] == [
        "criteria_drafted",
        "criteria_decided",
        "criteria_decided",
    ]


def test_a_new_version_leaves_the_one_in_use_as_it_is(signed_in, office):
    drafted(signed_in)
    approved(signed_in)
    first = offered(office)[NAME]
    secretary = signed_in("secretary")
    secretary.get(f"/clusters/criteria/{first.public_id}/amend")
    page = secretary.submit(FORM, **{"criteria-0-maximum": "65", "criteria-2-name": "Sáng kiến"})
    changes = page.one("section[aria-labelledby=draft-title] tbody").get_text(" ", strip=True)
    assert "tối đa 90 điểm" in changes
    assert "tối đa 65 điểm" in changes
    assert "Mô hình mới bỏ" in changes
    secretary.get(str(page.one("a[href$='/amend']")["href"]))
    page = secretary.submit(FORM, **{"criteria-0-maximum": "90", "criteria-2-name": "Mô hình mới"})
    assert not page.all("section[aria-labelledby=draft-title] tbody")
    assert offered(office)[NAME].content == first.content
    assert "Đang có dự thảo" in secretary.get(f"/clusters/criteria/{first.public_id}").text
    assert "dự thảo" not in signed_in("officer").get(f"/clusters/criteria/{first.public_id}").text
    signed_in("secretary").get(f"/clusters/criteria/{first.public_id}/amend", status=409)


def test_a_table_is_returned_with_a_reason_and_sent_again(signed_in):
    drafted(signed_in)
    press(signed_in("secretary"), "submit")
    authority = signed_in("authority")
    authority.get(str(authority.get("/inbox/mine").one(".awaiting a")["href"]))
    action = str(authority.page.one(".return-fold form")["action"])
    signed_in("officer").post(action, {"reason": "Không"}, status=403)
    signed_in("authority").post(action, {"reason": "Tổng điểm phải là 100."})
    authority.post(action, {"reason": "Lần nữa"}, status=409)
    secretary = signed_in("secretary")
    assert f"{NAME}. Nội dung: “Tổng điểm phải là 100.”" in secretary.get("/notices").text
    page = secretary.get(action.replace("/return", ""))
    assert "Tổng điểm phải là 100." in page.one(".returned-draft").text
    press(secretary, "submit")
    assert "Chờ phê duyệt" in signed_in("authority").get("/inbox/mine").text


def test_faults_name_their_row_and_nothing_typed_is_lost(signed_in):
    page = drafted(
        signed_in, 422, **{"criteria-1-name": "thu ngân sách", "criteria-0-part": "", "acclaim_source": "x"}
    )
    summary = page.one("#error-summary").get_text(" ", strip=True)
    assert "dòng đầu phải ghi tên nhóm" in summary
    assert "dòng 2" in summary
    assert "đã có tiêu chí này ở dòng 1" in summary
    assert page.form(FORM)["criteria-2-maximum"] == "5"
    page = drafted(signed_in, 422, **{"criteria-1-maximum": "0", "criteria-2-name": ""})
    assert {fault["id"] for fault in page.all(".field-fault")} == {
        "f-criteria-1-maximum-fault",
        "f-criteria-2-name-fault",
    }


def test_a_copy_says_where_it_stands_itself(signed_in, office):
    shipped = next(each for each in offered(office).values() if each.code == "vi-du-cum-xa")
    secretary = signed_in("secretary")
    page = secretary.get(f"/clusters/criteria/{shipped.public_id}")
    page = secretary.get(str(page.one("a[href*='from=']")["href"]))
    form = page.form(FORM)
    assert (form["name"], form["source"], form["criteria-1-weight"]) == ("", "", "1,2")
    page = secretary.submit(FORM, **HEAD)
    assert "không phải quy định" not in page.text
    assert page.all("tr")[2].th.get_text(strip=True) == "Thu ngân sách trên địa bàn so với chỉ tiêu được giao"


def test_who_may_not(signed_in, office):
    page = drafted(signed_in)
    draft = page.answer.request.path
    for username in ("officer", "authority"):
        signed_in(username).get("/clusters/criteria/new", status=403)
    signed_in("other_officer").get(draft, status=404)
    assert NAME not in signed_in("other_officer").get("/clusters/criteria").text
    for username in ("secretary", "officer"):
        browser = signed_in(username)
        browser.post(f"{draft}/approve", status=403)
    secretary = signed_in("secretary")
    secretary.get(draft)
    press(secretary, "submit")
    signed_in("officer").post(f"{draft}/discard", status=403)
    assert NAME not in offered(office)


def test_the_list_asks_as_often_for_many_as_for_few(signed_in, office):
    browser = signed_in("secretary")
    browser.get("/clusters/criteria")
    few = statements(lambda: browser.get("/clusters/criteria"))
    drafted(signed_in)
    browser.get("/clusters/criteria")
    assert len(statements(lambda: browser.get("/clusters/criteria"))) == len(few)
