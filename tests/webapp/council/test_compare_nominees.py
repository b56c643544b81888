"""Nominees of a strand side by side, and those ticked alone."""

from tests.sittings import OURS_CODES, SESSION

PAGE = f"/council/sessions/{SESSION}/compare"


def names(page):
    return [each.get_text(strip=True) for each in page.all("thead .row-link")]


def row(page, title):
    [found] = [each for each in page.all("tbody tr") if each.th.get_text(strip=True) == title]
    return [cell.get_text(" ", strip=True) for cell in found.select("td")]


def test_a_strand_stands_in_columns(browser, council):
    browser.sign_in_as(council.person("member1"))
    page = browser.get(PAGE)
    assert len(names(page)) == 5
    assert (
        row(page, "Hình thức đề nghị") == ["Giấy khen của Chủ tịch UBND"] * 5
        or len(row(page, "Hình thức đề nghị")) == 5
    )
    assert all("Vận động giúp 05 hộ thoát nghèo" in each for each in row(page, "Thành tích"))
    assert all("Họp bình xét: 38 trên 40 người" in each for each in row(page, "Kết quả xét ở các cấp"))
    assert [bool(each.strip("–")) for each in row(page, "Điểm cần lưu ý")] == [False, True, True, True, True]
    assert len(page.all(".points-mark")) == 4
    assert str(page.all("thead .row-link")[0]["href"]).endswith(OURS_CODES[0])


def test_those_ticked_stand_alone_and_the_address_keeps_them(browser, council):
    browser.sign_in_as(council.person("member1"))
    page = browser.get(PAGE)
    strand = page.one("#strand option[selected]")["value"]
    page = browser.get(f"{PAGE}?strand={strand}&only={OURS_CODES[2]}&only={OURS_CODES[0]}")
    assert names(page) == ["Nguyễn Thị Ượng", "Tổ tự quản số 2"]
    assert len(page.all("thead input[checked]")) == 2
    every = "&".join(f"only={code}" for code in (*OURS_CODES, "HS-2019-0005"))
    assert len(names(browser.get(f"{PAGE}?{every}"))) == 4
    assert len(names(browser.get(f"{PAGE}?strand=9999.nothing&only=HS-1999-0001"))) == 5


def test_who_stands_aside_is_grey_here_too(browser, council):
    browser.sign_in_as(council.person("member2"))
    [grey] = browser.get(PAGE).all("thead .compare-aside")
    assert "Hội Nông dân xã An Phú" in grey.get_text()
    assert "Cùng đơn vị" in grey.get_text()


def test_a_session_without_an_agenda_has_nothing_to_compare(browser, council):
    code = council.start("secretary", "council_vote", round="nam-2019", subject="Xét khen thưởng")
    browser.sign_in_as(council.person("secretary"))
    assert "Chưa có gì để so sánh" in browser.get(f"/council/sessions/{code}/compare").text


def test_the_agenda_leads_here_and_carries_the_flags(browser, council):
    browser.sign_in_as(council.person("member1"))
    page = browser.get(f"/council/sessions/{SESSION}")
    assert page.all(f"a[href='{PAGE}']")
    marks = [mark.find_all(string=True, recursive=False) for mark in page.all(".points-mark")]
    assert ["".join(mark).strip() for mark in marks] == ["1"] * 4
    browser.sign_in_as(council.person("specialist"))
    page = browser.get(f"/council/sessions/{SESSION}")
    assert not page.all(".points-mark, #questions")
    assert page.all(f"a[href='/nominations/{OURS_CODES[0]}']")
