"""The ballot sheet: marked, restated, cast, and then gone."""

import pytest
from sqlalchemy import func, select

from tests.sittings import OURS_CODES, SESSION, THEIR_CODE
from webapp.extensions import db
from webapp.models import FormDraft, OpenVote
from webapp.operations.interventions import freeze_case, stop_case
from webapp.operations.sessions import close_voting

SHEET = "form[data-ballot]"


@pytest.fixture
def task(browser, council):
    """The sheet lies before member2, who belongs to An Phú."""
    task = council.ballot("member2", SESSION).public_id
    browser.sign_in_as(council.person("member2"))
    browser.get(f"/tasks/{task}")
    return task


def marks(*votes):
    """The fields of a sheet with these votes in its order; None leaves one unmarked."""
    return {f"ballots-{index}-vote": vote for index, vote in enumerate(votes)}


def cast_votes():
    db.session.rollback()  # what a request has written is seen from a new transaction on
    return db.session.scalar(select(func.count()).select_from(OpenVote))


def test_nothing_is_marked_beforehand(browser, task):
    assert len(browser.page.all(f"{SHEET} input[type=radio]")) == 3 * len(OURS_CODES)
    assert browser.page.all(f"{SHEET} input[checked]") == []
    assert "Đã đánh dấu 0/4" in browser.page.text


def test_nominee_of_the_own_unit_is_grey_with_the_reason(browser, task):
    aside = browser.page.one(".ballot-aside")
    assert "Hội Nông dân xã An Phú" in aside.get_text()
    assert "Cùng đơn vị – không bỏ phiếu" in aside.get_text()
    sent = [each["value"] for each in browser.page.all(f"{SHEET} input[name$=nomination]")]
    assert sent == list(OURS_CODES)


def test_withdrawn_nominee_is_grey_and_holds_up_no_other(browser, council, task):
    stop_case(OURS_CODES[1], "Xin rút", actor=council.actor("officer"), now=council.now)
    page = browser.get(f"/tasks/{task}")
    assert "Hồ sơ đã rút: không biểu quyết nữa" in page.text
    assert "Đã đánh dấu 0/3" in page.text
    browser.submit(SHEET, **marks("agree", "disagree", "agree"))
    page = browser.submit("form.ballot-review")
    assert "Phiếu của anh/chị đã được ghi nhận." in page.one("#flashes").get_text()


def test_suspended_nominee_is_grey_and_needs_no_mark(browser, council, task):
    freeze_case(OURS_CODES[1], "Có đơn tố cáo", actor=council.actor("specialist"), now=council.now)
    page = browser.get(f"/tasks/{task}")
    assert "Tạm dừng xét: không bỏ phiếu" in page.text
    assert "Đã đánh dấu 0/3" in page.text


def test_ballot_marked_before_a_withdrawal_is_still_cast(browser, council, task):
    browser.submit(SHEET, **marks("agree", "disagree", "agree", "agree"))
    stop_case(OURS_CODES[1], "Xin rút", actor=council.actor("officer"), now=council.now)
    page = browser.submit("form.ballot-review")
    assert "Phiếu của anh/chị đã được ghi nhận." in page.one("#flashes").get_text()


def test_ceilings_stand_above_the_nominees(browser, task):
    assert "tối đa 3 · đề nghị 4" in " ".join(browser.page.one(".ballot-strand").get_text(" ").split())


def test_what_is_not_marked_is_named_and_the_rest_kept(browser, task):
    page = browser.submit(SHEET, 422, **marks("agree", None, "disagree", None))
    assert [link.get_text() for link in page.all("#error-summary a")] == [
        "Tổ tự quản số 1",
        "Tổ tự quản số 3",
    ]
    assert "Đã đánh dấu 2/4" in page.text
    sent = page.form(SHEET)
    assert (sent["ballots-0-vote"], sent["ballots-2-vote"]) == ("agree", "disagree")
    assert cast_votes() == 0


def test_review_restates_the_numbers_before_anything_is_cast(browser, task):
    page = browser.submit(SHEET, **marks("agree", "disagree", "agree", "abstain"), act="review")
    assert [each.b.get_text() for each in page.all(".session-numbers dd")] == ["2", "1", "1", "1"]
    button = page.one("button[data-primary]").get_text(strip=True)
    assert button == "Bỏ phiếu: 2 đồng ý, 1 không đồng ý, 1 không ý kiến"
    assert (cast_votes(), db.session.scalar(select(FormDraft.id))) == (0, None)


def test_marks_can_be_changed_from_the_review(browser, task):
    browser.submit(SHEET, **marks("agree", "disagree", "agree", "abstain"), act="review")
    change = browser.page.one("button[value=edit]")
    sent = {**browser.page.form("form.ballot-review"), "act": "edit"}
    page = browser.post(str(change["formaction"]), sent)
    assert page.form(SHEET)["ballots-1-vote"] == "disagree"
    assert cast_votes() == 0


def test_ballot_is_cast_and_the_sheet_is_gone(browser, council, task):
    browser.submit(SHEET, **marks("agree", "disagree", "agree", "agree"), act="review")
    page = browser.submit("form.ballot-review")
    assert page.answer.request.path == f"/council/sessions/{SESSION}"
    assert "Phiếu của anh/chị đã được ghi nhận." in page.one("#flashes").get_text()
    assert cast_votes() == 5
    page = browser.get(f"/tasks/{task}")
    assert not page.all(SHEET)
    assert "Nội dung ở bước này được giữ kín." in page.text


def test_second_sending_is_refused_politely(browser, task):
    browser.submit(SHEET, **marks("agree", "agree", "agree", "agree"), act="review")
    sent = browser.page.form("form.ballot-review")
    browser.submit("form.ballot-review")
    page = browser.post(f"/council/ballots/{task}/cast", sent)
    assert page.answer.request.path == f"/tasks/{task}"
    assert "Chính anh/chị đã xử lý" in page.one("#flashes").get_text()
    assert cast_votes() == 5


def test_ballot_that_comes_after_the_close_is_refused_politely(browser, council, task):
    browser.submit(SHEET, **marks("agree", "agree", "agree", "agree"), act="review")
    close_voting(SESSION, actor=council.actor("chair"), now=council.now)
    page = browser.submit("form.ballot-review")
    assert page.answer.request.path == f"/tasks/{task}"
    assert cast_votes() == 0


def test_nobody_marks_another_member_s_sheet(browser, council, task):
    other = council.ballot("member1", SESSION).public_id
    sent = {"ballots-0-nomination": OURS_CODES[0], "ballots-0-vote": "agree"}
    browser.post(f"/council/ballots/{other}", sent, status=404)
    browser.post(f"/council/ballots/{other}/cast", sent, status=404)
    browser.post("/council/ballots/nothing", sent, status=404)


def test_vote_smuggled_in_for_the_own_unit_is_not_taken(browser, task):
    sent = {**browser.page.form(SHEET), **marks("agree", "agree", "agree", "agree")}
    sent |= {"ballots-4-nomination": THEIR_CODE, "ballots-4-vote": "agree"}
    browser.post(f"/council/ballots/{task}/cast", sent, status=422)
    assert cast_votes() == 0


def test_marks_survive_an_expired_sign_in(browser, council, task):
    sent = {**browser.page.form(SHEET), **marks("agree", "disagree", None, "abstain")}
    sent = {name: value for name, value in sent.items() if value is not None}
    with browser.client.session_transaction() as session:
        session.pop("_user_id")
    referrer = {"Referer": f"http://localhost/tasks/{task}"}
    browser.client.post(f"/council/ballots/{task}", data=sent, headers=referrer)
    browser.sign_in("member2")
    page = browser.get(f"/tasks/{task}")
    kept = page.form(SHEET)
    assert (kept["ballots-0-vote"], kept["ballots-1-vote"], kept["ballots-3-vote"]) == (
        "agree",
        "disagree",
        "abstain",
    )
    assert "ballots-2-vote" not in kept
    assert cast_votes() == 0


def test_sheet_can_be_left_and_its_address_loaded_again(browser, task):
    assert browser.get(f"/council/ballots/{task}").answer.request.path == f"/tasks/{task}"
