"""The check page of a case, and the paper by which its erasure is proposed."""

from tests.webapp.erasures.conftest import NAME


def test_says_what_goes_and_what_stays(office, browser, withdrawn):
    browser.sign_in_as(office.person("clerk"))
    page = browser.get(f"/erasures/cases/{withdrawn}")
    assert "Biểu mẫu đã hoàn thành 3" in page.text
    assert "Giấy tờ cùng tên tệp và nội dung" in page.text
    assert "Nội dung đã nhập chỉ còn kiểm được bằng mã băm" in page.text
    assert "Còn phải lưu đến hết ngày 31/12/2029." in page.text


def test_is_reached_from_the_page_of_the_case_by_who_keeps_the_file(office, browser, withdrawn):
    link = f"a[href='/erasures/cases/{withdrawn}']"
    browser.sign_in_as(office.person("clerk"))
    assert browser.get(f"/nominations/{withdrawn}").all(link)
    browser.sign_in_as(office.person("officer"))
    assert not browser.get(f"/nominations/{withdrawn}").all(link)


def test_a_paper_is_asked_for(office, browser, withdrawn):
    browser.sign_in_as(office.person("clerk"))
    browser.get(f"/erasures/cases/{withdrawn}")
    page = browser.submit(number="", reason="", status=422)
    assert "Số văn bản" in page.one("#error-summary").get_text()


def test_what_names_the_nominee_is_not_taken_and_is_kept_to_be_mended(office, browser, withdrawn):
    browser.sign_in_as(office.person("clerk"))
    reason = f"Đơn của {NAME}"
    browser.get(f"/erasures/cases/{withdrawn}")
    page = browser.submit(number="12/ĐN", reason=reason, status=422)
    assert "có tên người được đề nghị" in page.one("#error-summary").get_text()
    assert page.one("textarea").get_text().strip() == reason


def test_is_proposed_and_waits_for_somebody_else(office, browser, withdrawn):
    browser.sign_in_as(office.person("clerk"))
    browser.get(f"/erasures/cases/{withdrawn}")
    page = browser.submit(number="12/ĐN", reason="Theo yêu cầu của chủ thể dữ liệu")
    assert "Đây là đề nghị của bạn; người khác sẽ quyết định." in page.text
    assert not page.all("button[value=agree]")
    again = browser.get(f"/erasures/cases/{withdrawn}")
    assert again.answer.request.path == page.answer.request.path


def test_says_what_is_in_the_way(office, browser, campaign):
    code = office.nominate(nominee_name=NAME)
    browser.sign_in_as(office.person("clerk"))
    page = browser.get(f"/erasures/cases/{code}")
    assert "Hiện chưa thể xóa dữ liệu của hồ sơ này." in page.text
    assert "Hồ sơ đang được xử lý." in page.text
    assert not page.all("main form")
