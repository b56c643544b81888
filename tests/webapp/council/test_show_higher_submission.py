"""The submission of a session to the level above, for the awards that one gives."""

import io

from docx import Document

from tests.sittings import SESSION
from tests.webapp.documents.papers import needs_poppler, text

COUNCIL = "concluded"


@needs_poppler
def test_session_that_passed_somebody_for_the_province_has_its_submission(browser, council):
    entry = {"nominee_name": "Võ Thành Lẫm", "proposed_award": "provincial_certificate_of_merit"}
    session = council.pass_all(council.bring(entry))
    address = f"/council/sessions/{session}/higher-submission"
    browser.sign_in_as(council.person("secretary"))
    browser.get(f"/council/sessions/{session}").one(f"a[href='{address}.pdf']")
    read = text(browser.client.get(f"{address}.pdf").data)
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh An Giang" in read
    assert "đã biểu quyết thông qua 01 trường hợp" in read
    assert "xem xét, tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh An Giang cho 01 cá nhân" in read
    assert "Ông Võ Thành Lẫm" in read
    document = Document(io.BytesIO(browser.client.get(f"{address}.docx").data))
    assert any("Võ Thành Lẫm" in cell.text for row in document.tables[-1].rows for cell in row.cells)


def test_session_without_one_has_none_and_a_stranger_gets_none(browser, council):
    browser.sign_in_as(council.person("secretary"))
    assert not browser.get(f"/council/sessions/{SESSION}").all("a[href*='higher-submission']")
    browser.get(f"/council/sessions/{SESSION}/higher-submission.pdf", status=404)
    browser.sign_in_as(council.person("officer"))
    browser.get(f"/council/sessions/{SESSION}/higher-submission.pdf", status=404)
