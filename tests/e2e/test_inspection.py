"""An inspection in the browser: raised on a step, answered by the office, concluded, taken home as minutes."""

import io
import re
import zipfile

from playwright.sync_api import expect

from tests.e2e.actors import Person
from tests.e2e.axe import grave_findings
from tests.e2e.everybody import People
from tests.e2e.forms import Answer, Scan
from tests.e2e.keyboard import Keyboard
from tests.e2e.phone import PHONE, fits
from tests.webapp.documents.papers import needs_poppler, text

INSPECTION = "/inspections/KT-2019-0001"
CASE, OTHER = "HS-2018-0007", "HS-2018-0008"
SEEN = "Biên bản họp không có chữ ký của thư ký"
FOUND: dict[str, Answer] = {
    "Mức độ": "Thiếu sót, khuyết điểm",
    "Nội dung phát hiện": SEEN,
    "Yêu cầu, kiến nghị": "Giải trình và bổ sung chữ ký",
    "Giải trình trước hết ngày": "20/12/2019",
}
ANSWERED: dict[str, Answer] = {
    "Nội dung giải trình": "Biên bản có chữ ký lưu tại xã",
    "Tài liệu kèm theo": Scan("bien-ban-hop.pdf"),
}
CONCLUDED: dict[str, Answer] = {
    "Xử lý": "Kết luận, kết thúc phát hiện",
    "Kết quả": "Có thiếu sót, đã khắc phục",
    "Kết luận của đoàn kiểm tra": "Đã bổ sung đủ chữ ký",
}


def opens(person: Person, case: str, act: str) -> None:
    """Press what one may do beside the second step of a replay; the page that comes has no grave fault."""
    person.opens(f"/audit/cases/{case}?step=2").main.get_by_role("link", name=act).click()
    expect(person.main.locator("form [data-primary]")).to_be_visible()
    assert grave_findings(person.page) == []


def raises(person: Person, case: str) -> str:
    """Raise a finding on a step; returns its code."""
    opens(person, case, "Nêu phát hiện")
    person.fills_in(FOUND).main.get_by_role("button", name="Nêu phát hiện").last.click()
    person.page.wait_for_url(re.compile("/findings/PK-"))
    return person.page.url.rpartition("/")[2]


@needs_poppler
def test_raised_on_a_step_answered_concluded_taken_home(people: People) -> None:
    auditor, head = people.auditor, people.head
    code = raises(auditor, CASE)
    auditor.opens(f"/audit/cases/{CASE}?step=2").sees_in_main(code)
    head.opens(f"/nominations/{CASE}").sees_in_main(code)
    head.does("Giải trình phát hiện kiểm tra", code, ANSWERED)
    auditor.lists = ("mine",)
    auditor.does("Xem xét giải trình, kết luận", code, CONCLUDED)

    auditor.opens(f"/findings/{code}").sees_in_main("Có thiếu sót, đã khắc phục").sees_in_main("bien-ban-hop")
    assert grave_findings(auditor.page) == []
    auditor.opens(INSPECTION).sees_in_main(code)
    minutes = text(auditor.page.request.get(f"{INSPECTION}/minutes.pdf").body())
    for said in (code, SEEN, "Tài liệu kèm theo: bien-ban-hop.pdf", "Đã bổ sung đủ chữ ký"):
        assert said in " ".join(minutes.split()), said
    word = zipfile.ZipFile(io.BytesIO(auditor.page.request.get(f"{INSPECTION}/minutes.docx").body()))
    assert SEEN in word.read("word/document.xml").decode()


def test_a_note_is_kept_and_a_finding_withdrawn(people: People) -> None:
    auditor = people.auditor
    opens(auditor, OTHER, "Ghi chú")
    auditor.fills_in({"Ghi chú": "Hỏi lại xã An Cư"}).main.get_by_role("button", name="Lưu ghi chú").click()
    auditor.sees_in_main("Hỏi lại xã An Cư")
    code = raises(auditor, OTHER)
    auditor.main.get_by_role("link", name="Rút phát hiện").click()
    auditor.fills_in({"Lý do": "Đã đối chiếu bản giấy"})
    assert grave_findings(auditor.page) == []
    auditor.main.get_by_role("button", name="Rút phát hiện").last.click()
    auditor.sees_in_main("Đã rút")
    people.head.opens(f"/findings/{code}").sees_in_main("Đã đối chiếu bản giấy")


def test_its_pages_fit_a_phone(people: People) -> None:
    auditor = people.another("auditor", **PHONE)
    step = f"case={OTHER}&event=3"
    pages = ("", "/change", "/end", f"/note?{step}", f"/finding?{step}")
    for _address in auditor.walks([f"{INSPECTION}{page}" for page in pages] + ["/inspections/new"]):
        fits(auditor.page)
    for _address in auditor.walks(["/findings", "/findings/PK-2019-0001"]):
        fits(auditor.page)


def test_a_finding_is_raised_without_a_mouse(people: People) -> None:
    auditor = people.auditor.opens(f"{INSPECTION}/finding?case={CASE}&event=4")
    keys, main = Keyboard(auditor.page), auditor.main
    keys.goes_to(main.get_by_label("Lưu ý, rút kinh nghiệm")).presses("Space")
    for label, said in {
        "Nội dung phát hiện": "Ngày họp ghi sai",
        "Yêu cầu, kiến nghị": "Ghi lại cho đúng",
        "Giải trình trước hết ngày": "20/12/2019",
    }.items():
        keys.goes_to(main.get_by_label(label).first).types(said)
    keys.goes_to(main.locator("form [data-primary]")).presses("Enter")
    auditor.page.wait_for_url(re.compile("/findings/PK-"))
    auditor.sees_in_main("Ngày họp ghi sai")
