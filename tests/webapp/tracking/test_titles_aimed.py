"""The title a registration aims at: offered by plan and kind of nominee, shown wherever the registration is."""

import io

import pytest
from openpyxl import load_workbook

from tests.factories import CAMPAIGN, PDF
from tests.offices import scene
from tests.titles import offer_titles
from webapp.operations.refusals import InvalidForm

TEMPLATE = f"/campaigns/{CAMPAIGN}/import/registration/template"


@scene
def in_hand(office):
    """A registration of a person in a campaign with titles, its sheet in the officer's hands."""
    offer_titles(office)
    office.open_campaign()
    return office.register(nominee_name="Nguyễn Văn Ất")


def headings(browser):
    sheet = load_workbook(io.BytesIO(browser.client.get(TEMPLATE).data)).worksheets[0]
    return [str(cell).rstrip(" *") for cell in next(sheet.iter_rows(values_only=True))]


def test_only_titles_of_the_plan_for_this_kind_are_offered(signed_in, office, in_hand):
    page = signed_in("officer").get(f"/tasks/{office.task('fill_on_behalf', in_hand).public_id}")
    offered = [
        label.get_text(strip=True) for label in page.all("[name=title_aimed] ~ label, #title_aimed option")
    ]
    assert "Lao động tiên tiến" in " ".join(offered)
    assert "Tập thể lao động tiên tiến" not in " ".join(offered)
    assert "Giấy khen" not in " ".join(offered)


def test_a_campaign_without_titles_does_not_ask(signed_in, office):
    office.open_campaign()
    browser = signed_in("officer")
    page = browser.get(f"/tasks/{office.task('fill_on_behalf', office.register()).public_id}")
    assert "Danh hiệu thi đua đăng ký" not in page.text
    assert "Danh hiệu thi đua đăng ký" not in headings(browser)


def test_lists_pages_and_the_nomination_say_it(signed_in, office, in_hand):
    office.do("officer", "fill_on_behalf", in_hand, title_aimed="advanced_worker")
    office.do("officer", "check_registration", in_hand, decision="accept")
    office.work()
    nomination = office.nominate(nominee_name="Nguyễn Văn Ất")
    browser = signed_in("officer")
    assert "Danh hiệu thi đua đăng ký" in headings(browser)
    for page in ("/registrations", f"/registrations/{in_hand}", f"/nominations/{nomination}"):
        assert "Lao động tiên tiến" in browser.get(page).text


def test_a_title_for_others_is_refused(office, in_hand):
    with pytest.raises(InvalidForm) as refusal:
        office.do("officer", "fill_on_behalf", in_hand, title_aimed="advanced_collective")
    assert [fault.pointer for fault in refusal.value.faults] == ["/title_aimed"]


def test_a_row_of_a_list_with_a_title_for_others_is_named(signed_in, in_hand):
    browser = signed_in("officer")
    browser.get(f"/campaigns/{CAMPAIGN}/import/registration")
    book = load_workbook(io.BytesIO(browser.client.get(TEMPLATE).data))
    sheet = book.worksheets[0]
    columns = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[1]}
    strand = "Đồng thuận hợp tác, trách nhiệm vì người nghèo và công tác giảm nghèo"
    sheet.cell(2, columns["Tên người, hộ gia đình hoặc tập thể"], "Nguyễn Văn Bính")
    sheet.cell(2, columns["Loại đối tượng"], "Cá nhân")
    sheet.cell(2, columns["Nội dung thi đua"], strand)
    sheet.cell(2, columns["Danh hiệu thi đua đăng ký"], "Tập thể lao động tiên tiến")
    written = io.BytesIO()
    book.save(written)
    sent = {
        "list": (io.BytesIO(written.getvalue()), "danh-sach.xlsx"),
        "paper_number": "12/DS",
        "paper_date": "02/12/2019",
        "signed_scan-_file": (io.BytesIO(PDF), "ban-ky.pdf"),
        "commitment": "Cam kết thực hiện.",
    }
    page = browser.submit("main form", 422, **sent)
    assert "Danh hiệu này không dành cho loại đối tượng này" in page.text
