"""The list of campaigns."""

from tests.factories import CAMPAIGN


def titles(page):
    return [link["href"] for link in page.all(".data-table .row-link")]


def test_visitor_is_asked_to_sign_in(browser):
    assert browser.get("/campaigns").heading == "Đăng nhập"


def test_unpublished_plan_is_listed_for_its_organiser(signed_in, office):
    assert titles(signed_in("secretary").get("/campaigns")) == [f"/campaigns/{CAMPAIGN}"]
    page = signed_in("officer").get("/campaigns")
    assert titles(page) == []
    assert "Chưa có phong trào" in page.text


def test_row_says_how_it_stands_and_its_numbers_open_their_rows(signed_in, office, campaign):
    office.nominate()
    page = signed_in("officer").get("/campaigns")
    row = page.one(".data-table tbody tr").get_text(" ", strip=True)
    for text in (
        "Kế hoạch",
        "huyện Tịnh Biên",
        "01/01/2018 – 31/12/2020",
        "Đang diễn ra",
        "đang nhận đăng ký",
    ):
        assert text in row
    number = page.one(".data-table td[data-label='Hồ sơ đề nghị'] a")
    assert number.get_text(strip=True) == "1"
    assert len(signed_in("officer").get(number["href"]).all(".tracking-table tbody tr")) == 1
    other = signed_in("other_officer").get("/campaigns")
    assert other.one(".data-table td[data-label='Hồ sơ đề nghị'] a").get_text(strip=True) == "0"


def test_it_narrows_by_state_and_title(signed_in, office, campaign):
    browser = signed_in("secretary")
    found = {
        "": 1,
        "state=running": 1,
        "state=planned": 0,
        "state=nonsense": 1,
        "q=vi+nguoi+ngheo": 1,
        "q=xyz": 0,
    }
    assert {query: len(titles(browser.get(f"/campaigns?{query}"))) for query in found} == found
    stats = [each.get_text(" ", strip=True) for each in browser.get("/campaigns").all(".stat")]
    assert stats == ["1 Đang diễn ra", "0 Chưa mở", "0 Đã kết thúc"]
