"""Files whose retention is over, and erasures by their state."""

import pytest

from tests.erased import asked, erase
from tests.webapp.erasures.conftest import NAME
from webapp.operations.acting import SYSTEM
from webapp.operations.clock import set_clock
from webapp.operations.erasures import propose_erasure

YEARS = 11 * 365
TICKED = "form[action='/erasures/propose']"


@pytest.fixture
def later(office, withdrawn):
    """The same nomination eleven years later."""
    office.move(days=YEARS)
    set_clock(office.at, actor=SYSTEM, now=office.now)
    return withdrawn


def test_nothing_is_over_at_first(office, browser, withdrawn):
    browser.sign_in_as(office.person("clerk"))
    page = browser.get("/erasures")
    assert page.heading == "Xóa dữ liệu cá nhân"
    assert "Chưa có hồ sơ nào hết thời hạn lưu" in page.text


def test_names_the_rule_with_its_citation_and_mark(office, browser, later):
    browser.sign_in_as(office.person("clerk"))
    [row] = browser.get("/erasures").all("tbody tr")
    text = row.get_text(" ", strip=True)
    assert NAME in text
    assert "31/12/2029" in text
    assert "10 năm" in text
    assert "chưa kiểm chứng" in text


def test_ticked_ones_are_proposed_at_once(office, browser, later):
    browser.sign_in_as(office.person("clerk"))
    browser.get("/erasures")
    page = browser.submit(TICKED, code=[later])
    assert "Đã đề nghị xóa dữ liệu của 1 hồ sơ." in str(page.soup)
    [row] = page.all("tbody tr")
    assert later in row.get_text()
    assert "Lưu đến hết ngày 31/12/2029" in row.get_text()
    assert "Chưa có hồ sơ nào" in browser.get("/erasures").text


def test_without_a_tick_it_says_so(office, browser, later):
    browser.sign_in_as(office.person("clerk"))
    browser.get("/erasures")
    page = browser.submit(TICKED, code=None)
    assert "Hãy đánh dấu ít nhất một hồ sơ." in str(page.soup)


def test_filters_by_procedure_and_year(office, browser, later):
    browser.sign_in_as(office.person("clerk"))
    assert browser.get("/erasures?process=nomination&year=2019").all("tbody tr")
    assert not browser.get("/erasures?process=registration").all("tbody tr")
    assert not browser.get("/erasures?year=2018").all("tbody tr")
    assert browser.get("/erasures?process=x&year=y").all("tbody tr")


def test_lists_what_waits_what_is_done_and_what_was_refused(office, browser, withdrawn):
    propose_erasure(withdrawn, asked(office), actor=office.actor("clerk"), now=office.now)
    browser.sign_in_as(office.person("auditor"))
    assert withdrawn in browser.get("/erasures?state=proposed").text
    assert withdrawn not in browser.get("/erasures?state=done").text


def test_the_auditor_sees_who_erased_when_and_on_what_ground(office, browser, withdrawn):
    erase(office, withdrawn)
    browser.sign_in_as(office.person("auditor"))
    [row] = browser.get("/erasures?state=done").all("tbody tr")
    text = row.get_text(" ", strip=True)
    assert "Mai Thị Văn Thư" in text
    assert "Đặng Văn Trưởng Phòng" in text
    assert "Văn bản số 12/ĐN" in text


@pytest.mark.parametrize("username", ["secretary", "admin", "registrant"])
def test_others_see_nothing_of_it(office, browser, withdrawn, username):
    browser.sign_in_as(office.person(username))
    assert browser.get("/erasures", status=403).status == 403
    assert browser.get(f"/erasures/cases/{withdrawn}", status=403).status == 403


def test_finds_a_dossier_by_its_code(office, browser, withdrawn):
    browser.sign_in_as(office.person("clerk"))
    assert NAME in browser.get(f"/erasures/find?code={withdrawn.lower()}").text
    assert browser.get("/erasures/find?code=HS-1", status=404).status == 404
