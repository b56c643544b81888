"""The page of a session: what it shows while votes are cast, and what after the count."""

import pytest
from sqlalchemy import select

from tests.offices import scene
from tests.sittings import SESSION
from tests.statements import statements
from tests.webapp.documents.papers import needs_poppler, text
from webapp.extensions import db
from webapp.models import Person
from webapp.operations.interventions import freeze_case

PAGE = f"/council/sessions/{SESSION}"


@scene
def counted(council):
    """All have voted: the first nominee has one vote too few, the second just enough."""
    council.vote("authority", SESSION, HS_2019_0001="disagree", HS_2019_0002="abstain")
    council.vote("chair", SESSION, HS_2019_0001="abstain")
    council.vote("member1", SESSION)
    council.vote("member2", SESSION, HS_2019_0005="none")
    return council


def outcome(page, code):
    row = next(row for row in page.all("tbody tr") if row.find(string=lambda text: text and code in text))
    return " ".join(row.select_one(".outcome-sentence").get_text().split())


def test_open_vote_shows_who_has_voted_and_nothing_of_what(browser, council):
    council.vote("member1", SESSION, HS_2019_0001="disagree")
    browser.sign_in_as(council.person("secretary"))
    page = browser.get(PAGE)
    members = {each.strong.get_text(): each.get_text(" ", strip=True) for each in page.all(".member-list li")}
    assert "đã bỏ phiếu" in members["Đinh Văn Một"]
    assert "chưa bỏ phiếu" in members["Tạ Thị Hai"]
    assert [dd.b.get_text() for dd in page.all(".session-numbers dd")] == ["4 / 4", "1 / 4"]
    assert "Đủ số lượng (cần 3)" in page.text
    assert not page.all(".outcome-sentence, .vote, .votes-table")
    assert "Không đồng ý" not in page.text
    assert "Đồng ý" not in page.text


def test_ceiling_stands_beside_what_is_proposed(browser, council):
    browser.sign_in_as(council.person("member1"))
    pools = [" ".join(each.get_text(" ").split()) for each in browser.get(PAGE).all(".pool")]
    assert pools == [
        "Tập thể : tối đa 3 · đề nghị 4 vượt 1",
        "Cá nhân và hộ gia đình : tối đa 6 · đề nghị 1",
    ]


def test_who_was_suspended_is_deferred_under_the_heading_of_outcomes_and_it_says_why(browser, council):
    freeze_case("HS-2019-0001", "Có đơn tố cáo", actor=council.actor("specialist"), now=council.now)
    for member in ("authority", "chair", "member1"):
        council.vote(member, SESSION, HS_2019_0001="none")
    council.vote("member2", SESSION, HS_2019_0001="none", HS_2019_0005="none")
    browser.sign_in_as(council.person("secretary"))
    page = browser.get(PAGE)
    row = next(row for row in page.all("tbody tr") if "HS-2019-0001" in row.get_text())
    cells = {each["data-label"]: each.get_text(strip=True) for each in row.select("td.num")}
    assert {cells[name] for name in ("Đồng ý", "Không đồng ý", "Không ý kiến")} == {"–"}
    assert "Để lại phiên sau" in row.select_one(".outcome-cell").get_text(" ", strip=True)
    assert outcome(page, "HS-2019-0001") == "Đang tạm dừng xét khi kiểm phiếu: không bỏ phiếu."


def test_outcome_is_a_sentence_with_the_numbers(browser, counted):
    browser.sign_in_as(counted.person("secretary"))
    page = browser.get(PAGE)
    assert outcome(page, "HS-2019-0001") == (
        "2 trên 4 thành viên đồng ý (50,0 %), cần trên 50 % tổng số thành viên: không thông qua, thiếu 1 phiếu."
    )
    assert outcome(page, "HS-2019-0002") == (
        "3 trên 4 thành viên đồng ý (75,0 %), cần trên 50 % tổng số thành viên: thông qua, vừa đủ."
    )
    assert outcome(page, "HS-2019-0003").endswith("thông qua, nhiều hơn mức cần 1 phiếu.")
    assert "Căn cứ: Giá trị mặc định của phần mềm, chưa kiểm chứng" in page.text


def test_open_votes_by_member_after_the_close(browser, counted):
    browser.sign_in_as(counted.person("member1"))
    rows = {
        row.th.get_text(strip=True): [
            cell.get_text(" ", strip=True).split(" ", 1)[1] for cell in row.select("td")
        ]
        for row in browser.get(PAGE).all(".votes-table tbody tr")
    }
    assert rows["1. Nguyễn Thị Ượng"] == ["Không đồng ý", "Không ý kiến", "Đồng ý", "Đồng ý"]
    assert rows["2. Tổ tự quản số 1"] == ["Không ý kiến", "Đồng ý", "Đồng ý", "Đồng ý"]
    assert rows["5. Hội Nông dân xã An Phú"][-1] == "Không bỏ phiếu vì có liên quan"


def test_papers_are_there_when_the_session_is_concluded(browser, counted):
    counted.conclude(SESSION)
    browser.sign_in_as(counted.person("secretary"))
    page = browser.get(PAGE)
    papers = [link.find(string=True, recursive=False) for link in page.all(".file-list a:not([download])")]
    assert papers == [
        "Văn bản ủy quyền chủ trì",
        "Bảng trích ngang",
        "Tập hồ sơ phiên họp Hội đồng",
        "Biên bản kiểm phiếu, kết quả biểu quyết",
        "Biên bản họp Hội đồng",
        "Thông báo kết quả PH-2019-0001 xã An Cư.pdf",
        "Thông báo kết quả PH-2019-0001 xã An Phú.pdf",
    ]
    assert "Đã kết thúc" in page.text
    link = page.all(".file-list a:not([download])")[1]["href"]
    assert browser.client.get(str(link)).mimetype == "application/pdf"


@needs_poppler
@pytest.mark.parametrize(
    ("document", "said", "signed"),
    [("vote_count", "Tổ trưởng", 0), ("session_minutes", "Hội đồng thống nhất kết quả biểu quyết", 1)],
)
def test_minutes_are_read_before_the_chair_signs(browser, counted, document, said, signed):
    """Its secretary has signed the minutes; nobody has signed the count yet."""
    counted.work()
    counted.minute(SESSION)
    browser.sign_in_as(counted.person("chair"))
    browser.get(PAGE).one(f"a[href='/cases/{SESSION}/drafts/{document}.pdf']")
    draft = text(browser.client.get(f"/cases/{SESSION}/drafts/{document}.pdf").data)
    assert said in draft
    assert "DỰ THẢO" in draft
    assert draft.count("(Đã ký)") == signed


def test_votes_are_no_draft_while_they_are_cast(browser, council):
    council.vote("member1", SESSION)
    browser.sign_in_as(council.person("chair"))
    browser.get(f"/cases/{SESSION}/drafts/vote_count.pdf", status=404)


def test_page_follows_the_vote_by_itself(browser, council):
    browser.sign_in_as(council.person("secretary"))
    live = browser.get(PAGE).one("#session-live")
    asked = {"HX-Request": "true"}
    assert browser.client.get(str(live["hx-get"]), headers=asked).status_code == 204
    council.vote("member1", SESSION)
    answer = browser.client.get(str(live["hx-get"]), headers=asked)
    assert "1 / 4" in answer.get_data(as_text=True)
    assert "<html" not in answer.get_data(as_text=True)


def test_page_is_loaded_again_when_the_count_is_there(browser, council):
    browser.sign_in_as(council.person("secretary"))
    live = str(browser.get(PAGE).one("#session-live")["hx-get"])
    for username in ("authority", "chair", "member1"):
        council.vote(username, SESSION)
    council.vote("member2", SESSION, HS_2019_0005="none")
    answer = browser.client.get(live, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (200, "true")
    assert "hx-get" not in browser.get(PAGE).one("#session-live").attrs


def test_one_s_own_task_is_one_press_away(browser, council):
    browser.sign_in_as(council.person("member1"))
    acts = browser.get(PAGE).all(".session-acts a")
    assert [act.get_text(strip=True) for act in acts] == ["Bỏ phiếu"]
    assert str(acts[0]["href"]) == f"/tasks/{council.ballot('member1', SESSION).public_id}"


@pytest.mark.parametrize("username", ["officer", "stranger"])
def test_stranger_learns_nothing_of_a_session(browser, council, username):
    browser.sign_in_as(council.person(username))
    browser.get(PAGE, status=404)


def test_statements_do_not_grow_with_the_agenda(browser, council):
    browser.sign_in_as(council.person("secretary"))
    browser.get(PAGE)
    five = len(statements(lambda: browser.client.get(PAGE)))
    one = f"/council/sessions/{council.sit(council.bring({'nominee_name': 'Võ Thành Lẫm'}))}"
    assert len(statements(lambda: browser.client.get(one))) == five


def test_english_reader_gets_english_sentences(browser, counted):
    reader = counted.person("secretary")
    db.session.execute(select(Person).where(Person.id == reader.id)).scalar_one().locale = "en"
    db.session.commit()
    browser.sign_in_as(counted.person("secretary"))
    page = browser.get(PAGE)
    assert outcome(page, "HS-2019-0001") == (
        "2 of 4 members agreed (50.0 %), more than 50 % of all members needed: not passed, 1 vote short."
    )
