"""The board and the map of nominations: the same filters as the table, the ways between them."""

from tests.statements import statements


def cards(page):
    return {
        column.h2.find(string=True).strip(): [card.strong.get_text() for card in column.select("[data-card]")]
        for column in page.all(".board-column")
    }


def all_cards(page):
    return [card for column in cards(page).values() for card in column]


def test_cards_stand_in_the_column_of_their_phase(signed_in, nominations):
    page = signed_in("secretary").get("/nominations/board")
    found = cards(page)
    assert list(found) == [
        "Đang lập",
        "Cấp xã",
        "Chờ trình",
        "Cấp huyện",
        "Cấp tỉnh",
        "Hội đồng",
        "Quyết định",
    ]
    assert found["Đang lập"] == ["Nguyễn Văn Ất", "Trần Văn Đinh"]
    assert found["Cấp xã"] == ["Đỗ Thị Bính", "Neáng Sóc Kha"]
    card = page.all("#phase-commune [data-card]")[1].get_text(" ", strip=True)
    for text in ("Neáng Sóc Kha", "xã An Cư", "Chờ bổ sung", "Công chức phụ trách"):
        assert text in card


def test_filters_are_those_of_the_table(signed_in, nominations):
    browser = signed_in("secretary")
    page = browser.get("/nominations/board?q=kha")
    assert all_cards(page) == ["Neáng Sóc Kha"]
    assert list(cards(browser.get("/nominations/board?phase=commune"))) == ["Cấp xã"]
    ways = {link.get_text(strip=True): link["href"] for link in page.all(".view-switch a")}
    assert ways == {
        "Bảng": "/nominations?q=kha",
        "Bảng thẻ": "/nominations/board?q=kha",
        "Bản đồ chờ": "/nominations/map?q=kha",
    }


def test_a_long_column_leads_to_its_rows(signed_in, office, campaign):
    for number in range(18):
        office.nominate(nominee_name=f"Nguyễn Văn {number}")
    browser = signed_in("secretary")
    page = browser.get("/nominations/board")
    assert len(cards(page)["Đang lập"]) == 15
    assert page.one("#phase-draft .board-rest")["href"] == "/nominations?phase=draft"
    assert "Tất cả 18" in page.one("#phase-draft .board-rest").get_text()


def test_board_shows_nobody_more_than_the_table(signed_in, nominations):
    assert all_cards(signed_in("other_officer").get("/nominations/board")) == ["Trần Văn Đinh"]
    signed_in("admin").get("/nominations/board", status=403)


def test_map_says_how_many_wait_where_and_how_long(signed_in, office, nominations):
    office.move(days=9)
    browser = signed_in("secretary")
    page = browser.get("/nominations/map")
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in page.all(".data-table tbody tr")
    ]
    assert ["Lập thay hồ sơ đề nghị", "Đề nghị khen thưởng", "2", "9 ngày", "9 ngày"] in rows
    assert sum(int(row[2]) for row in rows) == 4
    drawn = browser.client.get(page.one("[data-diagram]")["data-diagram"]).json
    root = {wait["element"]: wait for wait in drawn["heat"]["nomination"]}
    assert root["prepare_on_behalf"] == {
        "element": "prepare_on_behalf",
        "level": 2,
        "cases": 2,
        "words": "9 ngày",
    }
    assert root["commune_assessment"]["cases"] == 2, "what waits in the called procedure"
    assert len({each["id"] for each in drawn["processes"]}) == len(drawn["processes"])
    for process in drawn["processes"]:
        assert browser.client.get(process["url"]).data.startswith(b"<?xml")
    browser.get("/nominations/diagrams/unknown.bpmn", status=404)


def test_map_is_of_what_the_reader_sees(signed_in, nominations):
    page = signed_in("other_officer").get("/nominations/map")
    assert [row.select("td")[1].get_text() for row in page.all(".data-table tbody tr")] == ["1"]
    assert "Không có hồ sơ nào đang chờ" in signed_in("secretary").get("/nominations/map?q=khong+co").text


def test_number_of_statements_does_not_grow_with_the_rows(signed_in, office, campaign):
    browser = signed_in("secretary")
    for path, most in (("/nominations/board", 16), ("/nominations/map", 18)):
        browser.get(path)
        sent = []
        for more in (3, 20):
            for number in range(more):
                office.nominate(nominee_name=f"Nguyễn Văn {path[-1]} {more} {number}")
            sent.append(statements(lambda: browser.get(path)))  # noqa: B023 -- called at once
        assert len(sent[0]) == len(sent[1]) <= most, path


def test_each_number_of_the_map_opens_its_rows(signed_in, nominations):
    browser = signed_in("secretary")
    page = browser.get("/nominations/map")
    found = {row.th.get_text(strip=True): row.a for row in page.all(".data-table tbody tr")}
    assert len(found) == 3
    for step, link in found.items():
        rows = browser.get(link["href"])
        assert len(rows.all(".tracking-table tbody tr")) == int(link.get_text())
        chip = rows.one(".attention a[aria-current]")
        assert chip.get_text(strip=True) == f"Chờ ở bước: {step}"
        assert chip["href"] == "/nominations"
    assert browser.get("/nominations?step=nomination.unknown").all(".tracking-table tbody tr") == []
