"""A nominee follows a case by its code: plain stages with days, nobody's name, no review."""

import pytest
from sqlalchemy import select

from tests.desk import browser, campaign, database, office, signed_in
from tests.offices import scene
from tests.pages import Browser
from tests.statements import statements
from webapp import eventlog
from webapp.extensions import db
from webapp.follow_codes import shown_code, typed_code
from webapp.models import Case, FollowCode
from webapp.operations.interventions import freeze_case, stop_case

__all__ = ["browser", "campaign", "database", "office", "signed_in"]


@scene
def nominated(office):
    """A dossier the commune has prepared, and sent back for a supplement with a reason."""
    office.open_campaign()
    code = office.nominate(nominee_name="Nguyễn Văn Ất")
    office.do("officer", "prepare_on_behalf", code, name_on_paper="Nguyễn Văn Ất")
    office.move(days=1)
    office.do(
        "officer", "check_dossier", code, decision="supplement", supplement_text="Thiếu chữ ký của ấp trưởng"
    )
    return code


@pytest.fixture
def visitor(app):
    return Browser(app)


def code_of(office, case):
    query = select(FollowCode.code).join(Case).where(Case.code == case, FollowCode.withdrawn_at.is_(None))
    [found] = office.read(query)
    return found


def follow(visitor, typed, status=200):
    visitor.get("/follow")
    return visitor.submit("main form", status, code=typed)


def test_stages_with_days_and_no_name_and_no_reason(visitor, office, nominated):
    page = follow(visitor, shown_code(code_of(office, nominated)).lower())
    assert "Hồ sơ của N. V. Ấ." in page.text
    assert "Xã, đơn vị xét" in page.one(".follow-now").get_text()
    assert [each.get_text(" ", strip=True) for each in page.all(".follow-steps li")] == [
        "02/12/2019 Bắt đầu",
        "02/12/2019 Xong: Lập hồ sơ",
    ]
    assert "Phải bổ sung hồ sơ; người nộp đã được báo nội dung." in page.text
    for hidden in ("Nguyễn", "Ất", "chữ ký", "Cán Bộ", nominated):
        assert hidden not in page.text
    assert page.answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.answer.headers["Cache-Control"] == "no-store"


def test_a_registration_and_a_collective_by_its_name(visitor, office, campaign):
    code = office.register(nominee_kind="collective", nominee_name="Tổ tự quản số 7")
    page = follow(visitor, code_of(office, code))
    assert "Đăng ký thi đua của Tổ tự quản số 7" in page.text
    assert "Đang kê khai đăng ký" in page.text


def test_suspended_and_withdrawn_are_told_without_why(visitor, office, nominated):
    code = code_of(office, nominated)
    freeze_case(nominated, "Đơn tố cáo", actor=office.actor("head"), now=office.now)
    page = follow(visitor, code)
    assert "Đang tạm dừng xét" in page.text
    assert "tố cáo" not in page.text


def test_what_ended_says_how(visitor, office, nominated):
    stop_case(nominated, "Không nhận nữa", actor=office.actor("officer"), now=office.now)
    page = follow(visitor, code_of(office, nominated))
    assert "Đã rút" in page.one(".follow-now").get_text()
    assert "Không nhận nữa" not in page.text


def test_in_english(visitor, office, nominated):
    visitor.get("/follow")
    visitor.post("/language", {"language": "en"})
    page = follow(visitor, code_of(office, nominated))
    assert "The commune or unit considers it" in page.text


def test_a_wrong_code_tells_nothing_and_ten_close_the_way(app, visitor, office, nominated):
    code = code_of(office, nominated)
    for _each in range(10):
        assert "Không có hồ sơ nào với mã này" in follow(visitor, "K7Q4X-MT2RB", 422).text
    assert "mật khẩu" not in follow(visitor, code, 429).text


def test_numbers_of_cases_are_no_codes(visitor, office, nominated):
    assert typed_code(nominated) is None
    follow(visitor, nominated, 422)


def test_who_handed_it_in_renews_and_withdraws_it(visitor, signed_in, office, nominated):
    first = code_of(office, nominated)
    page = signed_in("officer").get(f"/nominations/{nominated}")
    assert page.one(".follow-code").get_text(strip=True) == shown_code(first)
    browser = signed_in("officer")
    browser.get(f"/nominations/{nominated}")
    page = browser.submit(f"form[action='/cases/{nominated}/follow-code/renew']")
    second = code_of(office, nominated)
    assert shown_code(second) in page.text
    follow(visitor, first, 422)
    follow(visitor, second)
    browser.submit(f"form[action='/cases/{nominated}/follow-code/withdraw']")
    follow(visitor, second, 422)
    assert "thu hồi mã theo dõi" in browser.get(f"/nominations/{nominated}").text
    db.session.rollback()
    logged = str([each.fields for each in eventlog.read_stream(db.session(), f"case/{nominated}")])
    assert not any(code in logged for code in (first, second))


@pytest.mark.parametrize(("username", "status"), [("member1", 403), ("other_officer", 404), ("auditor", 403)])
def test_others_neither_see_nor_change_it(signed_in, office, nominated, username, status):
    browser = signed_in(username)
    if status == 403:
        assert not browser.get(f"/nominations/{nominated}").all(".follow-code")
    browser.post(f"/cases/{nominated}/follow-code/renew", status=status)


def test_the_number_of_statements_is_small(visitor, office, nominated):
    code = code_of(office, nominated)
    visitor.get("/follow")
    assert len(statements(lambda: visitor.submit("main form", code=code))) <= 10
