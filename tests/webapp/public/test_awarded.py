"""The awards everybody may read of: published, with the consent of persons and households, until a last day."""

import datetime as dt

import pytest

from tests.awarded import CODE, COLLECTIVE, OTHER_COLLECTIVE, PAGE, PERSON, agree, award, awarded, publish
from tests.pages import Browser
from tests.seated import council, database
from tests.sittings import CAMPAIGN
from webapp import eventlog
from webapp.extensions import db
from webapp.operations.consents import agree_to_publish, end_publication
from webapp.operations.interventions import freeze_case
from webapp.operations.refusals import InvalidForm

__all__ = ["awarded", "council", "database"]

COUNCIL = "concluded"
LIST, AWARDS = "/awarded", f"/awarded/{CAMPAIGN}"
UNTIL = dt.date(2020, 1, 31)
COLLECTIVES = ["Tổ tự quản số 1", "Tổ tự quản số 2"]


@pytest.fixture
def visitor(app):
    return Browser(app)


def names(page):
    return [name.find(string=True, recursive=False) for name in page.all("main tbody th > span")]


def test_nothing_is_shown_before_the_decision_is_published(visitor, awarded):
    assert "Hiện chưa công khai khen thưởng nào" in visitor.get(LIST).text
    visitor.get(AWARDS, 404)


def test_collectives_stand_there_and_a_person_with_consent(visitor, awarded):
    publish(awarded)
    assert names(visitor.get(AWARDS)) == COLLECTIVES
    agree(awarded, PERSON, UNTIL)
    page = visitor.get(visitor.get(LIST).one(".introduced-card a")["href"])
    assert names(page) == [*COLLECTIVES, "Nguyễn Thị Ượng"]
    assert "Quyết định số 08/QĐ-UBND ngày 14/12/2019" in page.text
    for hidden in ("450.000", PERSON, CODE, "ấp"):
        assert hidden not in page.text
    assert names(visitor.get(f"{AWARDS}?q=uong")) == ["Nguyễn Thị Ượng"]
    assert "Không có khen thưởng nào khớp" in visitor.get(f"{AWARDS}?q=khong co").text


def test_the_end_date_ends_it(visitor, awarded):
    publish(awarded)
    agree(awarded, PERSON, UNTIL)
    agree(awarded, COLLECTIVE, awarded.at.date())
    awarded.move(days=1)
    assert names(visitor.get(AWARDS)) == [COLLECTIVES[1], "Nguyễn Thị Ượng"]
    awarded.move(days=60)
    assert names(visitor.get(AWARDS)) == COLLECTIVES[1:]
    awarded.move(days=2 * 366)
    assert "không còn công khai" in visitor.get(AWARDS, 410).heading
    assert "Hiện chưa công khai" in visitor.get(LIST).text


def test_a_withdrawn_consent_is_gone_at_once(visitor, awarded):
    publish(awarded)
    agree(awarded, PERSON, UNTIL)
    agree(awarded, PERSON, UNTIL)  # sent twice, as the end of one is below
    for code in (PERSON, COLLECTIVE, OTHER_COLLECTIVE, PERSON):
        end_publication(award(code).public_id, "Rút lại", actor=awarded.actor("head"), now=awarded.now)
    visitor.get(AWARDS, 410)
    told = [each.type for each in eventlog.read_stream(db.session(), eventlog.case_stream(CODE))]
    assert (told.count("publication_agreed"), told.count("publication_ended")) == (1, 3)


def test_a_suspended_decision_shows_nobody(visitor, awarded):
    publish(awarded)
    freeze_case(CODE, "Có đơn tố cáo", actor=awarded.actor("head"), now=awarded.now)
    visitor.get(AWARDS, 410)


def test_a_person_is_not_shown_without_the_paper(awarded):
    person = [award(PERSON).public_id]
    with pytest.raises(InvalidForm) as refused:
        agree_to_publish(CODE, person, UNTIL, None, actor=awarded.actor("specialist"), now=awarded.now)
    assert [fault.code for fault in refused.value.faults] == ["consent_missing"]


def test_consents_are_entered_and_taken_back_on_their_page(visitor, awarded):
    publish(awarded)
    visitor.sign_in_as(awarded.person("secretary"))
    page = visitor.get(f"{PAGE}/consents")
    person = award(PERSON).public_id
    page = visitor.submit("main form", 422, awards=[person], until="2020-01-31")
    assert "Đính kèm văn bản đồng ý" in page.one("#error-summary").get_text()
    agree(awarded, PERSON, UNTIL)
    page = visitor.get(f"{PAGE}/consents")
    row = next(row for row in page.all("main tbody tr") if "Nguyễn Thị Ượng" in row.get_text())
    assert "đến 31/01/2020" in row.get_text()
    assert visitor.client.get(row.select_one("td a")["href"]).data.startswith(b"%PDF")
    visitor.get(row.select("td a")[-1]["href"])
    page = visitor.submit("main form", reason="Bà Ượng xin rút")
    assert "đã gỡ" in page.text
    db.session.rollback()
    visitor.sign_in_as(awarded.person("clerk"))
    visitor.get(f"{PAGE}/consents", 403)
