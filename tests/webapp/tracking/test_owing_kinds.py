"""Who owes what, narrowed to a kind: it counts that alone, and reminder, letter and text take that alone."""

import io

from docx import Document

from tests.people import AN_CU, TINH_BIEN
from tests.webapp.tracking.test_list_owing import rows, told


def test_a_kind_is_counted_alone_also_what_is_late_of_it_and_since_when(signed_in, office, owing):
    """An Cư owes one check that is late in a month, and since three days later a supplement that is not."""
    day = f"{office.today:%d/%m/%Y}"
    office.do("officer", "supplement_dossier", owing[2])
    office.move(days=3)
    office.do("officer", "check_dossier", owing[2], decision="supplement")
    later = f"{office.today:%d/%m/%Y}"
    office.move(days=15)
    browser = signed_in("secretary")

    def shown(address):
        """What stands above: how much is late; of An Cư: how much is late, and since when the oldest is owed."""
        page = browser.get(address)
        [late] = [each for each in page.all(".owing-stats .stat") if "Quá hạn" in each.get_text()]
        [unit] = [row for row in page.all("tbody tr") if "xã An Cư" in row.th.get_text()]
        number, since = (cell.get_text(" ", strip=True) for cell in unit.select("td")[1:3])
        return late.select_one(".stat-value").get_text(), number.split()[0], since

    assert shown("/owing") == ("1", "1", day)
    assert shown(f"/owing?desk={TINH_BIEN}&kind=supplement") == ("0", "–", later)
    assert shown(f"/owing?desk={TINH_BIEN}&kind=nomination") == ("1", "1", day)
    [late] = [each for each in browser.page.all(".owing-stats .stat") if "Quá hạn" in each.get_text()]
    assert list(rows(browser.get(late["href"]))) == ["xã An Cư"]
    opened = browser.get(browser.page.one("td.number a")["href"])
    assert [code.get_text() for code in opened.all("tbody td:nth-child(2) small")] == [owing[1]]


def test_a_reminder_takes_the_kind_the_page_shows_and_the_next_one_the_rest(signed_in, office, owing):
    browser = signed_in("secretary")
    page = browser.get(f"/owing?desk={TINH_BIEN}&kind=supplement")
    form = page.one(".page-actions form")
    assert "Nhắc" in form.get_text()
    assert "1 đơn vị · Bổ sung hồ sơ" in form.get_text()
    sent = {
        each["name"]: each["value"]
        for each in form.select("input")
        if each["name"] in ("desk", "kind", "late")
    }
    browser.post("/owing/remind", sent)
    assert [each.values["owed"][0]["code"] for each in told(office, "officer")] == [owing[2]]
    assert "đã nhắc hôm nay" in rows(browser.get(f"/owing?desk={TINH_BIEN}&kind=supplement"))["xã An Cư"]
    assert "đã nhắc hôm nay" not in rows(browser.get("/owing"))["xã An Cư"], "it owes more than that"
    browser.post("/owing/remind", {"desk": TINH_BIEN})
    assert [each.values["number"] for each in told(office, "officer")] == [1, 3]
    assert "đã nhắc hôm nay" in rows(browser.get("/owing"))["xã An Cư"]


def test_the_letter_and_the_text_are_about_the_kind_the_page_shows(signed_in, office, owing):
    browser = signed_in("secretary")
    page = browser.get(f"/owing/unit?desk={TINH_BIEN}&unit={AN_CU}&kind=supplement")
    text = page.one("#owed-text").get_text()
    assert (owing[2] in text, owing[1] in text) == (True, False)
    assert "Nhắc 1 việc" in page.text
    letter = Document(io.BytesIO(browser.client.get(page.one("a[href*='letter.docx']")["href"]).data))
    assert "còn 01 việc" in "\n".join(each.text for each in letter.paragraphs)
    listed = "\n".join(cell.text for table in letter.tables for row in table.rows for cell in row.cells)
    assert (owing[2] in listed, owing[1] in listed) == (True, False)


def test_what_waits_for_the_next_reminder_is_not_said_to_have_nobody(signed_in, office, owing, monkeypatch):
    monkeypatch.setattr("webapp.operations.owing.LONGEST", 3)
    browser = signed_in("secretary")
    browser.get("/owing")
    said = browser.post("/owing/remind", {"desk": TINH_BIEN}).one("#flashes").get_text()
    assert "Đã nhắc 2 đơn vị" in said
    assert "không có ai để nhắc" not in said
    assert "đã nhắc hôm nay" not in rows(browser.get("/owing"))["xã An Cư"], "one thing is left"
