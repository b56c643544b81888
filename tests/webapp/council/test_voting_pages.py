"""Pages around a vote: the code of a secret ballot, void votes, paper counts, written opinions, relations."""

import io

import pytest
from sqlalchemy import select

from tests.offices import scene
from tests.pages import Browser
from tests.proven import open_elements
from tests.sittings import CODES, MEMBERS, SESSION
from webapp.extensions import db
from webapp.models import BallotMarker, BallotTracker, CouncilMembership, DeclaredRelation, PaperCount, Person
from webapp.operations.rounds import keys
from webapp.operations.sessions import void_vote

COUNCIL = "waiting"
PAGE = f"/council/sessions/{SESSION}"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@scene
def sitting(council):
    """The council votes openly; nobody has voted."""
    council.sit(CODES)


@scene
def secret(council):
    """The council votes in secret; nobody has voted."""
    council.rule(ballot="secret")
    council.sit(CODES)


@scene
def on_paper(council):
    """All vote on paper; member1 and member2 are to enter what they count."""
    council.sit(CODES, {"ballots": "paper", "counters": [member("member1"), member("member2")]})


def counted(browser, agree, cast=4):
    """The numbers of a paper count of so many ballots; member2 stands aside for the last nominee."""
    form = browser.page.form("form.task-form")
    rows = {}
    for name, code in form.items():
        if name.startswith("counts-") and name.endswith("-nomination"):
            row = name.removesuffix("nomination")
            ballots = cast - 1 if code == CODES[-1] else cast
            yes = min(agree, ballots)
            numbers = {"agree": yes, "disagree": ballots - yes, "abstain": 0, "blank": 0, "invalid": 0}
            rows |= {row + each: str(number) for each, number in numbers.items()}
    return rows


@pytest.fixture
def seen(app, council):
    """A browser of somebody, on a page."""

    def as_(username, path=PAGE, status=200):
        browser = Browser(app)
        browser.sign_in_as(council.person(username))
        browser.get(path, status)
        return browser

    return as_


def member(username):
    query = select(CouncilMembership.public_id).join(Person, Person.id == CouncilMembership.person_id)
    return db.session.scalar(query.where(Person.username == username))


def marks(browser, **votes):
    """Every line of the sheet on the page marked: agree, but for votes by code."""
    form = browser.page.form("form[data-ballot]")
    names = [name for name in form if name.endswith("-nomination")]
    return {
        name.replace("nomination", "vote"): votes.get(form[name].replace("-", "_"), "agree") for name in names
    }


def casts(council, seen, username, **votes):
    browser = seen(username, f"/tasks/{council.ballot(username, SESSION).public_id}")
    browser.submit("form[data-ballot]", **marks(browser, **votes), act="review")
    return browser.submit("form.ballot-review")


def test_the_code_of_a_secret_ballot_is_shown_once_and_kept_nowhere(council, secret, seen):
    page = casts(council, seen, "member1")
    code = page.one(".tracker-code").get_text(strip=True)
    assert page.answer.mimetype == "text/html"
    assert page.answer.headers["Cache-Control"] == "no-store"
    assert "Mã không cho biết ông/bà đã bỏ phiếu thế nào" in page.text
    assert code not in seen("member1").page.text
    for username in MEMBERS[:2]:
        casts(council, seen, username)
    casts(council, seen, "member2")
    council.work()
    assert code in [each.get_text(strip=True) for each in seen("member1").page.all(".tracker-list li")]
    assert council.read(select(BallotTracker.tracker).where(BallotTracker.tracker == code)) == [code]


def test_secret_session_shows_numbers_and_no_names_of_votes(council, secret, seen):
    for username in MEMBERS:
        casts(council, seen, username)
    council.work()
    page = seen("secretary").page
    assert "Bỏ phiếu kín" in page.text or "bỏ phiếu kín" in page.text
    assert page.all(".votes-table") == []


def test_a_sheet_that_agrees_to_too_many_is_warned_of(council, seen):
    council.rule(ballot_limit=True)
    council.sit(CODES)
    browser = seen("member1", f"/tasks/{council.ballot('member1', SESSION).public_id}")
    assert "Tập thể: chỉ đồng ý tối đa 3;" in browser.page.one(".ballot-limit").get_text(" ", strip=True)
    page = browser.submit("form[data-ballot]", **marks(browser), act="review")
    assert "phiếu sẽ không hợp lệ" in page.one(".flash-warning").get_text()


def test_the_presiding_voids_the_vote_with_a_reason(council, sitting, seen):
    casts(council, seen, "member1")
    browser = seen("chair", f"{PAGE}/void-vote")
    faulty = browser.submit("main form", 422, reason=" ")
    assert "Hãy nhập" in faulty.one(".field-fault").get_text()
    page = browser.submit("main form", reason="Nhầm danh sách")
    db.session.rollback()
    assert open_elements(SESSION) == ["reconvene"]
    assert "Nhầm danh sách" in page.text
    assert "Đã hủy" in page.text


def test_a_sheet_left_over_from_a_void_vote_leads_to_its_task(council, sitting, seen):
    browser = seen("member1", f"/tasks/{council.ballot('member1', SESSION).public_id}")
    sent = marks(browser)
    void_vote(SESSION, "Nhầm danh sách", actor=council.actor("chair"), now=council.now)
    page = browser.submit("form[data-ballot]", **sent, act="review")
    assert page.all("form.ballot-review") == []


def test_written_opinions_of_a_secret_vote_are_not_broken_down(council, seen):
    council.rule(ballot="secret", written_opinions=True)
    council.sit(CODES, authority="absent")
    browser = seen("secretary")
    browser.get(browser.page.one("a[href*='/opinions/']")["href"])
    browser.submit("form[data-ballot]", **marks(browser), scan=(io.BytesIO(PDF), "phieu.pdf"))
    for username in ("chair", "member1", "member2"):
        casts(council, seen, username)
    council.work()
    assert "Ý kiến bằng văn bản:" not in seen("secretary").page.text


@pytest.mark.parametrize("username", ["member1", "authority", "specialist"])
def test_nobody_else_voids_or_counts_again(council, sitting, seen, username):
    browser = seen(username)
    browser.get(f"{PAGE}/void-vote", 403)
    browser.post(f"{PAGE}/void-vote", {"reason": "x"}, 403)
    browser.post(f"{PAGE}/count-again", {}, 403)


def test_a_refused_count_says_why_and_is_counted_again(council, secret, seen):
    for username in MEMBERS:
        casts(council, seen, username)
    [path] = keys().folder.glob("*.key")
    hidden = path.rename(path.with_suffix(".away"))
    council.work()
    browser = seen("secretary")
    assert "không đọc được khóa hòm phiếu" in browser.page.one(".flash-danger").get_text()
    hidden.rename(path)
    browser.submit(f"form[action='{PAGE}/count-again']")
    council.work()
    assert seen("secretary").page.all(".flash-danger") == []


def test_paper_counts_that_differ_are_shown_beside_one_another(council, on_paper, seen):

    def enters(username, agree):
        task = council.task("enter_count", SESSION, person_id=council.person(username).id)
        browser = seen(username, f"/tasks/{task.public_id}")
        browser.submit("form.task-form", issued="4", returned="4", **counted(browser, agree), act="complete")
        council.work()

    enters("member1", 4)
    assert "3" not in [each.get_text() for each in seen("member2").page.all(".count-differences td")]
    enters("member2", 3)
    table = seen("member1").page.one(".count-differences")
    assert len(table.select("tbody tr")) == 2 * (len(CODES) - 1)
    assert len(council.read(select(PaperCount))) == 2


def test_a_paper_count_that_does_not_add_up_is_told_at_its_line(council, on_paper, seen):
    task = council.task("enter_count", SESSION, person_id=council.person("member1").id)
    browser = seen("member1", f"/tasks/{task.public_id}")
    nothing = dict.fromkeys(counted(browser, 0), "0")
    page = browser.submit("form.task-form", 422, issued="4", returned="4", **nothing, act="complete")
    told = [fault.get_text() for fault in page.all(".count-list .field-fault")]
    assert len(told) == len(CODES)
    assert sum("chênh lệch 4" in each for each in told) == len(CODES) - 1


def test_a_written_opinion_is_entered_with_its_paper(council, seen):
    council.rule(written_opinions=True)
    council.sit(CODES, authority="absent")
    browser = seen("secretary")
    link = browser.page.one("a[href*='/opinions/']")
    browser.get(link["href"])
    refused = browser.submit("form[data-ballot]", 422, **marks(browser))
    assert "bản quét" in refused.one(".flash-danger").get_text()
    assert len(refused.all("form[data-ballot] input[checked]")) == len(CODES)
    scan = (io.BytesIO(PDF), "phieu.pdf")
    page = browser.submit("form[data-ballot]", **marks(browser), scan=scan)
    assert "ý kiến bằng văn bản" in page.one("#members").get_text()
    assert [marker.via for marker in council.read(select(BallotMarker))] == ["written"]


def test_a_member_declares_a_relation_and_takes_it_back(council, sitting, seen):
    browser = seen("member1", f"{PAGE}/relations/{CODES[0]}")
    browser.submit("main form.confirm")
    sheet = seen("member1", f"/tasks/{council.ballot('member1', SESSION).public_id}").page
    assert len(sheet.all(".ballot-aside")) == 1
    browser.get(f"{PAGE}/relations/{CODES[0]}")
    browser.submit("main form.confirm")
    assert council.read(select(DeclaredRelation)) == []


@pytest.mark.parametrize("username", ["secretary", "specialist", "officer"])
def test_who_does_not_sit_in_the_council_declares_nothing(council, sitting, seen, username):
    browser = seen(username, "/")
    browser.get(f"{PAGE}/relations/{CODES[0]}", 404)
    browser.post(f"{PAGE}/relations/{CODES[0]}", {}, 404)


def test_who_votes_on_paper_is_not_said_to_have_cast_no_vote(council, seen):
    council.rule(written_opinions=True)
    papers = {"ballots": "paper", "counters": [member("member1"), member("member2")]}
    council.sit(CODES, papers, authority="absent")
    browser = seen("secretary")
    browser.get(browser.page.one("a[href*='/opinions/']")["href"])
    browser.submit("form[data-ballot]", **marks(browser), scan=(io.BytesIO(PDF), "phieu.pdf"))
    for username in ("member1", "member2"):
        task = council.task("enter_count", SESSION, person_id=council.person(username).id)
        browser = seen(username, f"/tasks/{task.public_id}")
        numbers = counted(browser, 3, cast=3)
        browser.submit("form.task-form", issued="3", returned="3", **numbers, act="complete")
        council.work()
    page = seen("secretary")
    row = page.page.all(".votes-table tbody tr")[0]
    marked = [cell.get_text(strip=True) for cell in row.select(".votes-cell")]
    assert marked.count("▢bỏ phiếu giấy, không ghi theo từng người") == 3
    assert not any("không bỏ phiếu" in each for each in marked)
