"""Questions before the vote: a member asks, the secretary answers, all members read both."""

import pytest
from sqlalchemy import func, select

from tests.offices import scene
from tests.proven import faults
from tests.sittings import MEMBERS, OURS_CODES, SESSION
from tests.together import together
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Notice, Person, SessionQuestion
from webapp.operations.interventions import freeze_case
from webapp.operations.questions import QUESTION_LIMIT, answer_question, ask_question
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow

PAGE = f"/council/sessions/{SESSION}"
NOMINEE = f"{PAGE}/nominees/{OURS_CODES[0]}"
ASKING, ANSWERING = ".question-form", ".answer-form form"


def asked():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(SessionQuestion))


def told(template):
    """Names of the people who have been told something."""
    db.session.rollback()
    query = (
        select(Person.username).join(Notice, Notice.person_id == Person.id).where(Notice.template == template)
    )
    return sorted(name or "" for name in db.session.scalars(query))


def events(kind):
    db.session.rollback()
    return [each for each in eventlog.read_stream(db.session(), f"case/{SESSION}") if each.type == kind]


def ask(browser, council, text="Hộ này đã thoát nghèo từ năm nào?", page=NOMINEE, username="member1"):
    browser.sign_in_as(council.person(username))
    browser.get(page)
    return browser.submit(ASKING, text=text)


@scene
def questioned(council):
    """A question of member1 on the first nominee."""
    return ask_question(
        SESSION, "Từ năm nào?", "once", OURS_CODES[0], actor=council.actor("member1"), now=council.now
    )


def test_a_member_asks_and_all_read_it(browser, council):
    page = ask(browser, council)
    assert page.answer.request.path == NOMINEE
    assert "Câu hỏi đã chuyển đến thư ký" in page.one("#flashes").get_text()
    browser.sign_in_as(council.person("member2"))
    for path in (NOMINEE, PAGE):
        shown = browser.get(path).one(".question-list li").get_text(" ", strip=True)
        assert "Đinh Văn Một" in shown
        assert "Hộ này đã thoát nghèo từ năm nào?" in shown
        assert "Thư ký chưa trả lời." in shown
    assert not browser.get(f"{PAGE}/nominees/{OURS_CODES[1]}").all(".question-list")
    assert told("question_asked") == ["secretary"]


def test_a_question_on_the_session_in_general(browser, council):
    page = ask(browser, council, "Phiên họp có thể dời sang chiều không?", PAGE)
    assert "dời sang chiều" in page.one("#questions").get_text()
    assert not browser.get(NOMINEE).all(".question-list")


def test_the_secretary_answers_and_the_members_are_told(browser, council, questioned):
    browser.sign_in_as(council.person("secretary"))
    page = browser.get(PAGE)
    assert "1 câu chưa trả lời" in page.one("#questions-title").get_text(" ", strip=True)
    assert not page.all(ASKING)
    page = browser.submit(ANSWERING, answer="Từ năm 2018.\r\n\r\n\r\nTheo Quyết định số 12.")
    assert page.answer.request.path == PAGE
    assert page.one(".question-answer .prose").get_text() == "Từ năm 2018.\n\nTheo Quyết định số 12."
    assert told("question_answered") == sorted(MEMBERS)
    browser.sign_in_as(council.person("member2"))
    assert "Hồ Thị Thư Ký" in browser.get(NOMINEE).one(".question-answer").get_text()
    assert not browser.page.all(ANSWERING)


def test_an_answer_is_corrected_and_the_earlier_words_stay_in_the_log(browser, council, questioned):
    browser.sign_in_as(council.person("secretary"))
    browser.get(NOMINEE)
    browser.submit(ANSWERING, answer="Từ năm 2018.")
    page = browser.submit(ANSWERING, answer="Từ năm 2017.")
    assert page.answer.request.path == NOMINEE
    assert page.one(".question-answer .prose").get_text() == "Từ năm 2017."
    answers = events("question_answered")
    assert [each.private["answer"] for each in answers] == ["Từ năm 2018.", "Từ năm 2017."]
    assert [each.fields["corrected"] for each in answers] == [False, True]
    browser.submit(ANSWERING, answer="Từ năm 2017.")
    assert len(events("question_answered")) == 2
    assert "đã sửa câu trả lời" in browser.get(PAGE).text


def test_words_stand_only_in_the_private_part_of_the_log(council, questioned):
    [event] = events("question_asked")
    assert event.fields == {"question": questioned, "nomination": OURS_CODES[0]}
    assert event.private == {"text": "Từ năm nào?"}
    assert faults() == []


def test_pressed_twice_it_is_asked_once(browser, council):
    browser.sign_in_as(council.person("member1"))
    form = browser.get(NOMINEE).form(ASKING)
    for _press in "12":
        browser.post(f"{PAGE}/questions", {**form, "text": "Từ năm nào?"})
    assert asked() == 1
    assert told("question_asked") == ["secretary"]
    ask(browser, council)
    assert asked() == 2


def test_two_presses_at_the_same_time_ask_once(app, council):
    actor, now = council.actor("member1"), council.now

    def press():
        return ask_question(SESSION, "Từ năm nào?", "key", OURS_CODES[0], actor=actor, now=now)

    assert len(set(together(app, [press, press]))) == 1
    assert asked() == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [("  \r\n ", "Hãy nhập nội dung."), ("x" * (QUESTION_LIMIT + 1), "Tối đa 1.000 ký tự.")],
)
@pytest.mark.parametrize("page", [PAGE, NOMINEE])
def test_what_cannot_be_taken_stays_in_the_field(browser, council, page, text, fault):
    browser.sign_in_as(council.person("member1"))
    browser.get(page)
    shown = browser.submit(ASKING, status=422, text=text)
    assert fault in shown.one(".question-form .field-fault").get_text()
    assert shown.one("#question-text").get_text().strip() == text.strip()
    assert asked() == 0
    shown = browser.submit(ASKING, text="Từ năm nào?")
    assert asked() == 1


def test_an_answer_that_cannot_be_taken_is_shown_again(browser, council, questioned):
    browser.sign_in_as(council.person("secretary"))
    browser.get(NOMINEE)
    page = browser.submit(ANSWERING, status=422, answer=" ")
    assert "Hãy nhập nội dung." in page.one(".answer-form .field-fault").get_text()
    assert browser.get(f"{PAGE}/questions").answer.request.path == PAGE
    assert browser.get(f"{PAGE}/questions/{questioned}").answer.request.path == PAGE


@pytest.mark.parametrize(
    ("username", "refusal"),
    [
        ("secretary", Forbidden),
        ("head", Forbidden),
        ("auditor", Forbidden),
        ("specialist", Forbidden),
        ("member3", Forbidden),
        ("officer", NotFound),
        ("stranger", NotFound),
    ],
)
def test_only_members_summoned_ask(council, username, refusal):
    with pytest.raises(refusal):
        ask_question(SESSION, "Sao?", "key", actor=council.actor(username), now=council.now)
    assert asked() == 0


@pytest.mark.parametrize(
    ("username", "status"), [("member1", 403), ("head", 403), ("chair", 403), ("officer", 404)]
)
def test_only_the_secretary_answers(browser, council, questioned, username, status):
    browser.sign_in_as(council.person(username))
    browser.post(f"{PAGE}/questions/{questioned}", {"answer": "Vâng."}, status=status)
    assert events("question_answered") == []


def test_nobody_asks_about_what_is_not_on_the_agenda(council):
    other = council.nominate(nominee_name="Võ Thành Lẫm")
    with pytest.raises(NotFound):
        ask_question(SESSION, "Sao?", "key", other, actor=council.actor("member1"), now=council.now)


@scene
def counted(council, questioned):
    """All have voted; the question is not answered yet."""
    for username in MEMBERS:
        council.vote(username, SESSION, **({"HS_2019_0005": "none"} if username == "member2" else {}))
    return questioned


def test_after_the_vote_nobody_asks_but_the_secretary_still_answers(browser, council, counted):
    with pytest.raises(NotNow, match="no_questions"):
        ask_question(SESSION, "Sao?", "key", actor=council.actor("member1"), now=council.now)
    browser.sign_in_as(council.person("member1"))
    assert not browser.get(NOMINEE).all(ASKING)
    browser.sign_in_as(council.person("secretary"))
    browser.get(NOMINEE)
    browser.submit(ANSWERING, answer="Từ năm 2018.")
    council.conclude(SESSION)
    assert not browser.get(PAGE).all(ANSWERING)
    assert "Từ năm 2018." in browser.page.text
    with pytest.raises(NotNow, match="no_answers"):
        answer_question(SESSION, counted, "Khác.", actor=council.actor("secretary"), now=council.now)


def test_before_the_invitation_nobody_asks(browser, council):
    code = council.start("secretary", "council_vote", round="nam-2019", subject="Xét khen thưởng")
    with pytest.raises((Forbidden, NotNow)):
        ask_question(code, "Sao?", "key", actor=council.actor("member1"), now=council.now)
    browser.sign_in_as(council.person("member1"))
    assert not browser.get(f"/council/sessions/{code}").all("#questions")


def test_nothing_is_asked_in_a_suspended_session(browser, council, questioned):
    freeze_case(SESSION, "Theo chỉ đạo", actor=council.actor("chair"), now=council.now)
    browser.sign_in_as(council.person("member1"))
    assert not browser.get(PAGE).all(ASKING)
    page = browser.post(f"{PAGE}/questions", {"text": "Sao?", "key": "key"}, status=409)
    assert "tạm dừng" in page.text
    assert asked() == 1


def test_very_many_questions_are_refused(council):
    actor, now = council.actor("member1"), council.now
    for at in range(100):
        ask_question(SESSION, f"Câu {at}", f"key {at}", actor=actor, now=now)
    with pytest.raises(NotNow, match="too_many_questions"):
        ask_question(SESSION, "Thêm", "key", actor=actor, now=now)
    ask_question(SESSION, "Câu 1", "key 1", actor=actor, now=now)
    with pytest.raises(InvalidForm):
        ask_question(SESSION, "", "key", actor=council.actor("member2"), now=now)
