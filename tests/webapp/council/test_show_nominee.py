"""One nominee before the council: what a member reads, who may, and the way through the agenda."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.offices import scene
from tests.people import TINH_BIEN
from tests.sittings import OURS_CODES, SESSION, THEIR_CODE
from tests.statements import statements
from webapp.extensions import db
from webapp.models import Paper
from webapp.operations import people
from webapp.operations.acting import SYSTEM

PAGE = f"/council/sessions/{SESSION}/nominees"
FIRST, SECOND = f"{PAGE}/{OURS_CODES[0]}", f"{PAGE}/{OURS_CODES[1]}"


def headings(page):
    return [each.get_text(" ", strip=True) for each in page.all("main h2")]


def test_it_tells_all_there_is(browser, council):
    browser.sign_in_as(council.person("member1"))
    page = browser.get(SECOND)
    assert page.heading == "Tổ tự quản số 1"
    for text in (
        "Vận động giúp 05 hộ thoát nghèo",
        "38 trên 40 người dự họp đồng ý; mời 45 người.",
        "9 trên 9 thành viên đồng ý; 9 người có mặt.",
        "Không có ý kiến phản ánh.",
        "Hồ sơ đủ điều kiện trình.",
        "Hồ sơ không ghi khen thưởng nào.",
        "tối đa 3",
        "vượt 1",
    ):
        assert text in page.text, text
    assert headings(page)[0] == "Điểm cần lưu ý 1"
    assert "Nhóm này có 4 đề nghị cho 3 suất." in page.one("#points").get_text(" ", strip=True)


def test_papers_open_for_whoever_reads_the_nominee(browser, council):
    browser.sign_in_as(council.person("member1"))
    links = [str(link["href"]) for link in browser.get(FIRST).all(".file-list a:not([download])")]
    assert links
    assert browser.client.get(links[0]).mimetype == "application/pdf"


def test_previous_and_next_in_the_order_of_the_agenda(browser, council):
    browser.sign_in_as(council.person("member1"))
    page = browser.get(FIRST)
    assert page.one(".nominee-number").get_text() == "1 / 5"
    assert not page.all(".nominee-way [rel=prev]")
    passed = [page.heading]
    while following := page.all(".nominee-way [rel=next]"):
        assert following[0]["data-shortcut"] == "j"
        page = browser.get(str(following[0]["href"]))
        passed.append(page.heading)
    assert (len(passed), len(set(passed))) == (5, 5)
    assert page.one(".nominee-way [rel=prev]")["data-shortcut"] == "k"


def test_it_leads_to_the_open_ballot_and_back_to_the_session(browser, council):
    browser.sign_in_as(council.person("member1"))
    task = council.ballot("member1", SESSION).public_id
    page = browser.get(FIRST)
    assert page.all(f"a[href='/tasks/{task}#ballot-{OURS_CODES[0]}']")
    assert page.one(".back-link")["href"] == f"/council/sessions/{SESSION}"
    sheet = browser.get(f"/tasks/{task}")
    marks = [str(link["href"]) for link in sheet.all(".ballot-line .points-mark")]
    assert f"{SECOND}#points" in marks
    assert len(marks) == 4


def test_who_stands_aside_reads_and_sees_why(browser, council):
    browser.sign_in_as(council.person("member2"))
    page = browser.get(f"{PAGE}/{THEIR_CODE}")
    assert "Cùng đơn vị – không bỏ phiếu" in page.one(".nominee-aside").get_text()
    assert page.all(".nominee-grey")
    assert "38 trên 40 người dự họp đồng ý" in page.text
    assert not browser.get(FIRST).all(".nominee-aside")


@pytest.mark.parametrize("username", ["member1", "authority", "chair", "secretary", "head", "auditor"])
def test_who_reads(browser, council, username):
    browser.sign_in_as(council.person(username))
    assert browser.get(FIRST).heading == "Nguyễn Thị Ượng"
    browser.get(f"/council/sessions/{SESSION}/compare")


@pytest.mark.parametrize(
    "username",
    [
        "officer",
        "commune_chair",
        "clerk",
        "specialist",
        "office",
        "member3",
        "registrant",
        "stranger",
        "admin",
    ],
)
def test_nobody_else_learns_of_it(browser, council, username):
    browser.sign_in_as(council.person(username))
    browser.get(FIRST, status=404)
    browser.get(f"/council/sessions/{SESSION}/compare", status=404)


def test_what_is_not_on_the_agenda_is_not_there(browser, council):
    [other] = council.bring({"nominee_name": "Võ Thành Lẫm"})
    browser.sign_in_as(council.person("member1"))
    browser.get(f"{PAGE}/{other}", status=404)
    browser.get(f"{PAGE}/HS-1999-0001", status=404)
    browser.get(f"/council/sessions/PH-1999-0001/nominees/{OURS_CODES[0]}", status=404)


def test_an_auditor_s_reading_is_noted(browser, council):
    browser.sign_in_as(council.person("auditor"))
    browser.get(FIRST)
    browser.get(f"/council/sessions/{SESSION}/compare")
    read = [event.fields["case"] for event in council.access("dossier_read")]
    assert read == [OURS_CODES[0], SESSION]
    browser.sign_in_as(council.person("member1"))
    browser.get(FIRST)
    assert len(council.access("dossier_read")) == 2


@scene
def seated_only(council):
    """A session to which somebody is summoned who has a seat and no role."""
    guest = council.person("stranger").public_id
    people.add_member(
        TINH_BIEN, people.Seat(guest, "member"), dt.date(2019, 1, 1), actor=SYSTEM, now=council.now
    )
    return council.summon(council.bring({"nominee_name": "Võ Thành Lẫm"}))


def test_a_seat_is_enough_from_the_invitation_on(browser, council, seated_only):
    browser.sign_in_as(council.person("stranger"))
    page = browser.get(f"/council/sessions/{seated_only}")
    page = browser.get(str(page.one("tbody .row-link")["href"]))
    assert page.heading == "Võ Thành Lẫm"
    links = [str(link["href"]) for link in page.all(".file-list a:not([download])")]
    assert browser.client.get(links[0]).status_code == 200
    browser.get(FIRST, status=404)
    foreign = db.session.scalars(select(Paper.public_id).where(Paper.kind == "achievement_report")).first()
    assert browser.client.get(f"/papers/{foreign}").status_code == 404


def test_statements_do_not_grow_with_the_agenda(browser, council):
    few, many = (
        council.summon(
            council.bring(*({"nominee_name": f"Hộ gia đình số {size}-{at}"} for at in range(size)))
        )
        for size in (2, 12)
    )
    browser.sign_in_as(council.person("member1"))
    firsts = {code: f"nominees/{council.agenda(code)[0]}" for code in (few, many)}
    for part in (firsts, dict.fromkeys(firsts, "compare"), dict.fromkeys(firsts, "")):
        asked = []
        for code in (few, many):
            path = f"/council/sessions/{code}/{part[code]}".rstrip("/")
            browser.get(path)
            asked.append(len(statements(lambda path=path: browser.client.get(path))))
        assert asked[0] == asked[1], part
