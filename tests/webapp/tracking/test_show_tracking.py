"""The tracking table."""

from tests.statements import statements
from webapp.operations.interventions import freeze_case, stop_case


def names(page):
    return [link.get_text(strip=True) for link in page.all(".tracking-table .row-link")]


def phases(page):
    """Number of nominations by the name of their phase."""
    return {
        each.select_one(".phase-name").get_text(strip=True): int(each.select_one(".phase-count").get_text())
        for each in page.all(".phase")
    }


def chips(page):
    return {chip.get_text(" ", strip=True).rstrip("0123456789 "): chip["href"] for chip in page.all(".chip")}


def test_visitor_is_asked_to_sign_in(browser):
    assert browser.get("/nominations").heading == "Đăng nhập"


def test_administrator_has_no_business_here(signed_in):
    signed_in("admin").get("/nominations", status=403)


def test_secretary_sees_all_with_the_newest_first(signed_in, nominations):
    page = signed_in("secretary").get("/nominations")
    assert names(page) == ["Trần Văn Đinh", "Neáng Sóc Kha", "Đỗ Thị Bính", "Nguyễn Văn Ất"]
    assert phases(page)["Đang lập"] == 2
    assert phases(page)["Cấp xã"] == 2
    assert page.one("[aria-sort=descending]").get_text(strip=True) == "Mã"


def test_row_says_where_it_stands_and_whom_it_waits_for(signed_in, nominations):
    page = signed_in("secretary").get("/nominations?q=soc kha")
    row = page.one(".tracking-table tbody tr").get_text(" ", strip=True)
    for text in ("HS-2019-0003", "xã An Cư", "Giấy khen", "Chờ bổ sung", "Cấp xã", "Công chức phụ trách"):
        assert text in row


def test_commune_sees_its_own_alone(signed_in, nominations):
    for username in ("officer", "colleague", "commune_chair"):
        found = names(signed_in(username).get("/nominations"))
        assert found == ["Neáng Sóc Kha", "Đỗ Thị Bính", "Nguyễn Văn Ất"]


def test_registrant_sees_what_is_their_own(signed_in, office, nominations):
    office.nominate("registrant", nominee_name="Trần Thị Đăng Ký", filled_by="registrant")
    assert names(signed_in("registrant").get("/nominations")) == ["Trần Thị Đăng Ký"]


FILTERED = {
    "q=nguyen+van+at": ["Nguyễn Văn Ất"],
    "q=NGUYỄN": ["Nguyễn Văn Ất"],
    "q=do+thi": ["Đỗ Thị Bính"],
    "q=an+phu": ["Trần Văn Đinh"],
    "q=hs-2019-0002": ["Đỗ Thị Bính"],
    "q=%25": [],
    "phase=draft": ["Trần Văn Đinh", "Nguyễn Văn Ất"],
    "phase=pending&unit=an-giang/tinh-bien/an-phu": ["Trần Văn Đinh"],
    "phase=nowhere": [],
    "only=returned": ["Neáng Sóc Kha"],
    "only=nonsense&q=at": ["Nguyễn Văn Ất"],
    "holder=role:officer&phase=commune": ["Neáng Sóc Kha", "Đỗ Thị Bính"],
    "holder=nobody": [],
    "holder=person:unknown": [],
    "campaign=tinh-bien-vi-nguoi-ngheo-2020&round=nam-2019&pool=tap-the": [],
    "campaign=tinh-bien-vi-nguoi-ngheo-2020&strand=dong-thuan-hop-tac&pool=ca-nhan&q=kha": ["Neáng Sóc Kha"],
    "campaign=unknown": [],
    "outcome=awarded": [],
    "award=certificate_of_merit&q=kha": ["Neáng Sóc Kha"],
    "award=unknown": [],
    "age=7": [],
    "age=nonsense&q=at": ["Nguyễn Văn Ất"],
    "due=later": ["Đỗ Thị Bính"],
    "due=none&q=at": ["Nguyễn Văn Ất"],
    "due=today": [],
    "due=nonsense&q=at": ["Nguyễn Văn Ất"],
}


def test_filters_stand_in_the_address(signed_in, nominations):
    browser = signed_in("secretary")
    assert {query: names(browser.get(f"/nominations?{query}")) for query in FILTERED} == FILTERED
    assert "Không có hồ sơ nào khớp với bộ lọc" in browser.get("/nominations?holder=nobody").text


def test_mine_are_those_i_can_act_on(signed_in, nominations):
    assert len(names(signed_in("officer").get("/nominations?holder=me"))) == 3
    assert names(signed_in("secretary").get("/nominations?holder=me")) == []


SORTED = {
    "name": ("Đỗ Thị Bính", "Trần Văn Đinh"),
    "unit": ("Neáng Sóc Kha", "Trần Văn Đinh"),
    "strand": ("Trần Văn Đinh", "Nguyễn Văn Ất"),
    "award": ("Trần Văn Đinh", "Nguyễn Văn Ất"),
    "phase": ("Trần Văn Đinh", "Đỗ Thị Bính"),
    "outcome": ("Trần Văn Đinh", "Nguyễn Văn Ất"),
    "holder": ("Trần Văn Đinh", "Nguyễn Văn Ất"),
    "since": ("Trần Văn Đinh", "Nguyễn Văn Ất"),
    "due": ("Đỗ Thị Bính", "Nguyễn Văn Ất"),
}
"""First and last of the four, sorted by a column; equal ones stand with the newest first."""


EVERY = "code.name.strand.phase.outcome.holder.since.due"


def test_columns_sort(signed_in, nominations):
    browser = signed_in("secretary")
    for column, ends in SORTED.items():
        found = names(browser.get(f"/nominations?sort={column}&cols={EVERY}"))
        assert (found[0], found[-1]) == ends, column
        assert browser.page.one("[aria-sort=ascending] a:has(i)")["href"].endswith("dir=desc")


def test_counts_lead_to_their_rows_and_keep_the_other_filters(signed_in, office, nominations):
    actor = office.actor("head")
    freeze_case(nominations[0], "Có đơn phản ánh", actor=actor, now=office.now)
    stop_case(nominations[3], "Xin rút", actor=office.actor("other_officer"), now=office.now)
    browser = signed_in("secretary")
    page = browser.get("/nominations")
    assert phases(page)["Không được khen"] == 1
    assert page.one(".chip-frozen b").get_text() == "1"
    assert names(browser.get(page.one(".chip-frozen")["href"])) == ["Nguyễn Văn Ất"]
    again = browser.get(browser.page.one(".chip-frozen[aria-current]")["href"])
    assert len(names(again)) == 4
    narrowed = browser.get("/nominations?q=an+cu")
    assert names(browser.get(narrowed.one(".phase-commune a")["href"])) == ["Neáng Sóc Kha", "Đỗ Thị Bính"]
    assert "q=an+cu" in browser.page.one(".phase-draft a")["href"]


def test_whom_they_wait_for_is_counted_and_leads_to_its_rows(signed_in, nominations):
    browser = signed_in("secretary")
    page = browser.get("/nominations?phase=commune")
    [chip] = page.all(".waiting-on .chip")
    assert chip.get_text(" ", strip=True) == "Công chức phụ trách TĐKT 2"
    narrowed = browser.get(chip["href"])
    assert names(narrowed) == ["Neáng Sóc Kha", "Đỗ Thị Bính"]
    assert narrowed.one(".waiting-on .chip[aria-current]")["href"] == "/nominations?phase=commune"


def test_nobody_is_waited_for_while_a_dossier_is_suspended(signed_in, office, nominations):
    freeze_case(nominations[2], "Có đơn phản ánh", actor=office.actor("head"), now=office.now)
    browser = signed_in("secretary")
    [chip] = browser.get("/nominations?phase=commune").all(".waiting-on .chip")
    assert chip.get_text(" ", strip=True) == "Công chức phụ trách TĐKT 1"
    assert len(names(browser.get(chip["href"]))) == 1


def test_overdue_ones_are_counted_by_phase(signed_in, office, nominations):
    office.move(days=30)
    page = signed_in("secretary").get("/nominations")
    assert page.one(".chip-overdue b").get_text() == "1"
    assert "1 quá hạn" in page.one(".phase-commune").get_text()
    assert names(signed_in("secretary").get("/nominations?only=overdue")) == ["Đỗ Thị Bính"]


def test_pages_hold_filters_and_order(signed_in, office, campaign):
    for number in range(30):
        office.nominate(nominee_name=f"Nguyễn Văn {number:02d}")
    browser = signed_in("secretary")
    page = browser.get("/nominations?phase=draft&sort=name")
    assert len(names(page)) == 25
    second = browser.get(page.one(".pager [rel=next]")["href"])
    assert names(second) == [f"Nguyễn Văn {number}" for number in range(25, 30)]
    assert names(browser.get("/nominations?phase=draft&sort=name&page=99")) == names(second)


def test_number_of_statements_does_not_grow_with_the_rows(signed_in, office, campaign):
    browser = signed_in("secretary")
    browser.get("/nominations")
    sent = []
    for more in (5, 55):
        for number in range(more):
            office.nominate(nominee_name=f"Nguyễn Văn {more} {number}")
        sent.append(statements(lambda: browser.get("/nominations")))
    assert len(sent[0]) == len(sent[1]) <= 16
    # rows join nominations; counts and choices are read from an index of the cases alone
    assert sum("JOIN nomination" in statement for statement in sent[1]) == 1
