"""Replay of a case, as a page that works without JavaScript."""

from tests.erased import erase
from tests.webapp.audit.test_list_cases import statements
from webapp.operations.interventions import stop_case
from webapp.queries import replays


def caption(page):
    return page.one("[data-caption] span").get_text()


def steps(page):
    return [link.span.get_text() for link in page.all("[data-goto]")]


def test_lists_every_step_as_a_link(browser, walked):
    page = browser.get(f"/audit/cases/{walked}")
    assert page.heading == f"{walked} · Nội dung mẫu"
    assert [text.partition(" ")[2] if text.startswith("Lê") else text for text in steps(page)] == [
        "Văn Cán Bộ mở hồ sơ “Đề nghị khen thưởng”.",
        "Văn Cán Bộ hoàn thành “Lập thay hồ sơ đề nghị”.",
        "Văn Cán Bộ hoàn thành “Kiểm tra thành phần hồ sơ”: Yêu cầu bổ sung.",
        "Văn Cán Bộ hoàn thành “Bổ sung hồ sơ”.",
        "Văn Cán Bộ hoàn thành “Kiểm tra thành phần hồ sơ (lần 2)”: Yêu cầu bổ sung.",
        "Ngô Thị Chuyên Viên tạm dừng xét hồ sơ. Lý do: Có đơn phản ánh",
        "Ngô Thị Chuyên Viên cho xét tiếp hồ sơ sau 3 ngày tạm dừng. Lý do: Đã xác minh",
        "Văn Cán Bộ hoàn thành “Bổ sung hồ sơ (lần 2)”.",
        "Văn Cán Bộ hoàn thành “Kiểm tra thành phần hồ sơ (lần 3)”: Hồ sơ đầy đủ.",
    ]
    assert page.one("[data-place]").get_text() == "9"


def test_goes_back_and_forward_by_links(browser, walked):
    page = browser.get(f"/audit/cases/{walked}?step=4")
    assert "Bước 4 / 9" in page.text
    back, forward = page.one("[data-move=back]")["href"], page.one("[data-move=forward]")["href"]
    assert "Bước 3 / 9" in browser.get(back).text
    assert "Bước 5 / 9" in browser.get(forward).text
    first = browser.get(page.one("[data-move=first]")["href"])
    assert "href" not in first.one("[data-move=back]").attrs
    assert "Bước 9 / 9" in browser.get(page.one("[data-move=last]")["href"]).text


def test_takes_any_number(browser, walked):
    for asked, shown in {"0": 9, "99": 9, "-1": 9, "x": 9, "²": 9, "1": 1}.items():
        assert f"Bước {shown} / 9" in browser.get(f"/audit/cases/{walked}?step={asked}").text, asked


def test_shows_the_form_as_it_was_with_its_papers(browser, walked):
    page = browser.get(f"/audit/cases/{walked}?step=2")
    assert "Biểu mẫu như người thực hiện đã thấy: Lập thay hồ sơ đề nghị" in page.text
    assert "Giấy tờ của bước này" in page.text
    assert page.all(".file-list a[href^='/papers/']")
    assert "SHA-256" in page.text
    assert "bao-cao.pdf" in page.text


def test_shows_the_choices_in_words(browser, walked):
    page = browser.get(f"/audit/cases/{walked}?step=1")
    answers = {row.dt.get_text(strip=True): row.dd.get_text(strip=True) for row in page.all(".answers > div")}
    assert answers["Danh hiệu, hình thức khen thưởng đề nghị"] == "Giấy khen"
    assert answers["Đơn vị trình"] == "xã An Cư"
    assert answers["Loại đối tượng"] == "Cá nhân"


def test_shows_what_changed_since_the_round_before(browser, walked):
    page = browser.get(f"/audit/cases/{walked}?step=8")
    assert [each.get_text(strip=True) for each in page.all(".answers del")] == ["xác nhận"]
    assert [each.get_text(strip=True) for each in page.all(".answers ins")] == ["chữ ký"]
    assert not browser.get(f"/audit/cases/{walked}?step=4").all(".answers del")


def test_shows_what_was_done_beside_the_diagram(browser, walked):
    before = browser.get(f"/audit/cases/{walked}?step=2").one(".told").get_text(" ", strip=True)
    assert "thêm tệp “bao-cao.pdf”" in before
    after = browser.get(f"/audit/cases/{walked}?step=7").text
    assert "Diễn biến tiếp theo" in after
    assert "3 ngày" in after


def test_says_that_it_was_verified(browser, walked):
    page = browser.get(f"/audit/cases/{walked}")
    assert page.one(".verdict summary").get_text(strip=True) == "Đã kiểm chứng: khớp"
    assert "8/8 bước đã ghi khi chạy lại cho đúng trạng thái đã ghi." in page.one(".verdict").get_text()


def test_says_where_it_does_not_match(browser, walked, forge):
    browser.get(f"/audit/cases/{walked}")
    forge(f"UPDATE event SET body = replace(body, 'supplement', 'refuse') WHERE stream = 'case/{walked}'")
    page = browser.get(f"/audit/cases/{walked}")
    assert page.one(".verdict summary").get_text(strip=True) == "Không khớp: chuỗi nhật ký bị đứt"
    assert "Tại sự kiện case/" in page.one(".verdict").get_text()
    assert "khác trạng thái đã ghi" in browser.get(f"/audit/cases/{walked}?step=3").text
    shown = browser.get(page.one(".verdict a")["href"]).one(".step-panel").get_text()
    assert "nội dung đã bị sửa" in shown


def test_says_that_the_rows_differ(browser, walked, forge):
    forge("UPDATE form_entry SET data = replace(data, 'Ba Xoài', 'Bốn Xoài')")
    page = browser.get(f"/audit/cases/{walked}")
    assert "Không khớp: dữ liệu hồ sơ khác với nhật ký" in page.text
    assert "các biểu mẫu đã nhập" in page.text
    assert "Bốn Xoài" not in browser.get(f"/audit/cases/{walked}?step=8").text


def test_says_what_is_missing_and_was_not_erased_on_record(browser, walked, forge):
    forge("DELETE FROM event_private")
    page = browser.get(f"/audit/cases/{walked}?step=3")
    assert "Không khớp: mất nội dung đã nhập mà không có quyết định xóa" in page.text
    assert "Nội dung đã nhập bị mất mà không có quyết định xóa." in page.text


def test_says_what_was_erased(browser, office, walked):
    stop_case(walked, "Xin rút", actor=office.actor("officer"), now=office.now)
    office.work()
    erase(office, walked)
    page = browser.get(f"/audit/cases/{walked}?step=3")
    assert "đã xóa, mã băm vẫn khớp; sơ đồ vẫn đi đúng như đã ghi" in page.text
    assert "bước đã ghi: đã xóa, mã băm vẫn khớp" in page.one(".verdict").get_text()
    assert "Đã kiểm chứng: khớp" in page.text
    assert "Nội dung đã nhập được xóa theo quy định; mã băm trong nhật ký vẫn khớp." in page.text
    assert "Thiếu xác nhận" not in page.text


def test_scripts_get_the_part_beside_the_diagram_alone(browser, walked):
    answer = browser.client.get(f"/audit/cases/{walked}?step=3", headers={"HX-Request": "true"})
    assert "Bước 3 / 9" in answer.text
    assert "<html" not in answer.text
    assert "Thiếu xác nhận của ấp" in answer.text


def test_is_run_again_once_for_the_same_record(browser, walked, monkeypatch):
    browser.get(f"/audit/cases/{walked}")
    monkeypatch.setattr(replays, "replay", None)
    assert "Đã kiểm chứng: khớp" in browser.get(f"/audit/cases/{walked}?step=2").text


def test_typed_text_stays_text(browser, office, campaign):
    code = office.nominate(nominee_name="<script>alert(1)</script>")
    page = browser.get(f"/audit/cases/{code}")
    assert "<script>alert(1)</script>" in page.text
    assert not page.all("main script")


def test_asks_the_database_as_often_for_long_as_for_short_cases(browser, office, walked):
    short = office.nominate(nominee_name="Người Thứ Hai")
    for code in (short, walked):
        browser.get(f"/audit/cases/{code}?step=1")
    few = statements(lambda: browser.get(f"/audit/cases/{short}?step=1"))
    assert statements(lambda: browser.get(f"/audit/cases/{walked}?step=1")) == few


def test_is_for_auditors_of_the_unit_only(browser, office, walked):
    browser.sign_in_as(office.person("officer"))
    browser.get(f"/audit/cases/{walked}", 403)
