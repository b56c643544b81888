"""The plan as a draft beside the tasks of those who approve and publish it."""

import datetime as dt
import io

import pytest
from docx import Document

from tests.factories import CAMPAIGN
from tests.offices import scene
from tests.people import AN_CU, AN_PHU
from tests.webapp.documents.papers import needs_poppler, text

WORDS = {
    "abstract": "Phát động thi đua giúp hộ nghèo có nhà ở",
    "purpose": "- Mọi hộ nghèo có nhà ở;\n- Không để ai bị bỏ lại",
    "requirements": "Thiết thực, không hình thức",
    "contents": "Hộ gia đình vượt khó vươn lên thoát nghèo\nMỗi ấp giúp một hộ",
}


@scene
def opened(office):
    """The campaign's procedure, its plan to be drafted; returns the code of its case."""
    day = office.at.date()
    return office.start(
        "secretary",
        "campaign",
        registration_opens=day.isoformat(),
        registration_closes=(day + dt.timedelta(days=30)).isoformat(),
        addressed_units=[AN_CU, AN_PHU],
        acknowledge_by=(day + dt.timedelta(days=10)).isoformat(),
    )


@scene
def drafted(office, opened):
    """The same, the draft waits for the chairman."""
    office.do("secretary", "draft_plan", opened, **WORDS)
    return opened


def address(code, form="pdf"):
    return f"/cases/{code}/drafts/campaign_plan.{form}"


def task_page(browser, office, element, code):
    return browser.get(f"/tasks/{office.task(element, code).public_id}")


@needs_poppler
def test_the_chairman_reads_what_he_approves(signed_in, office, drafted):
    browser = signed_in("authority")
    page = task_page(browser, office, "approve_plan", drafted)
    link = page.one(f"a[href='{address(drafted)}']")
    assert "Kế hoạch phát động phong trào thi đua (dự thảo)" in link.get_text()
    assert page.one("#papers-title .count").get_text() == "1"
    assert "bản đã ký được đính kèm khi ban hành" in page.text
    draft = text(browser.client.get(address(drafted)).data)
    for said in (
        "DỰ THẢO",
        "Số: /KH-UBND",
        "KẾ HOẠCH Phát động thi đua giúp hộ nghèo có nhà ở",
        "- Mọi hộ nghèo có nhà ở. - Không để ai bị bỏ lại.",
        "- Thiết thực, không hình thức.",
        "II. NỘI DUNG THI ĐUA - Mỗi ấp giúp một hộ.",
        "Chậm nhất ngày 12/12/2019",
        "Nơi nhận: - Ủy ban nhân dân xã An Cư; - Ủy ban nhân dân xã An Phú; - Lưu: VT.",
    ):
        assert said in draft
    for replaced in (
        "Cải thiện sinh kế, nâng cao",
        "(Đã ký)",
        "Phụ lục",
        "Chậm nhất ngày 12/12/2019 (giả định)",
    ):
        assert replaced not in draft
    assert draft.count("Hộ gia đình vượt khó vươn lên thoát nghèo") == 4, (
        "a strand, and a line of three rounds"
    )


def test_it_is_there_as_a_word_file(signed_in, office, drafted):
    browser = signed_in("authority")
    assert task_page(browser, office, "approve_plan", drafted).one(f"a[href='{address(drafted, 'docx')}']")
    answer = browser.client.get(address(drafted, "docx"))
    assert "attachment" in answer.headers["Content-Disposition"]
    document = Document(io.BytesIO(answer.data))
    assert WORDS["abstract"] in [paragraph.text for paragraph in document.paragraphs]
    assert "DỰ THẢO" in document.sections[0].header.paragraphs[0].text


def test_reading_it_is_noted(signed_in, office, drafted):
    signed_in("authority").client.get(address(drafted))
    assert [each.fields["case"] for each in office.access("dossier_read")] == [drafted]


def test_there_is_none_before_it_is_drafted(signed_in, office, opened):
    page = task_page(signed_in("secretary"), office, "draft_plan", opened)
    assert not page.all(f"a[href='{address(opened)}']")
    signed_in("secretary").get(address(opened), status=404)


@pytest.mark.parametrize("username", ["officer", "registrant", "police", "stranger"])
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_who_may_not_read_the_case_reads_no_draft(signed_in, drafted, username, form):
    signed_in(username).get(address(drafted, form), status=404)


@needs_poppler
def test_returned_draft_says_its_newest_words(signed_in, office, drafted):
    office.do("authority", "approve_plan", drafted, decision="return")
    office.do("secretary", "draft_plan", drafted, **WORDS | {"abstract": "Phát động lại"})
    draft = text(signed_in("authority").client.get(address(drafted)).data)
    assert "KẾ HOẠCH Phát động lại Căn cứ" in draft


@needs_poppler
def test_it_stays_a_draft_until_the_signed_plan_is_published(signed_in, office, drafted):
    office.do("authority", "approve_plan", drafted, decision="approve")
    browser = signed_in("secretary")
    assert task_page(browser, office, "publish_plan", drafted).one(f"a[href='{address(drafted)}']")
    draft = text(browser.client.get(address(drafted)).data)
    assert office.person("authority").name in draft
    assert "(Đã ký)" not in draft
    office.do("secretary", "publish_plan", drafted)
    assert not browser.get(f"/campaigns/{CAMPAIGN}/progress").all(f"a[href='{address(drafted)}']")
    browser.get(address(drafted), status=404)


def test_the_task_leads_to_targets_and_ceilings(signed_in, office, drafted):
    page = task_page(signed_in("authority"), office, "approve_plan", drafted)
    links = [link["href"] for link in page.all(".task-campaign a")]
    here = f"/campaigns/{CAMPAIGN}"
    assert links == [here, f"{here}/plan", f"{here}/indicators", f"{here}/quotas"]
    for link in links:
        signed_in("authority").get(link)


@needs_poppler
def test_what_the_form_began_with_is_not_written_twice(signed_in, office, opened):
    """Left as it stands, the list of strands is the plan's own: each once, with its contents."""
    task = office.task("draft_plan", opened)
    begun = signed_in("secretary").get(f"/tasks/{task.public_id}").form("form.task-form")["contents"]
    office.do("secretary", "draft_plan", opened, **{**WORDS, "contents": begun.replace("\r\n", "\n").strip()})
    draft = text(signed_in("authority").client.get(address(opened)).data)
    assert "II. NỘI DUNG THI ĐUA 1. Hộ gia đình vượt khó" in draft
    assert "- 1. Hộ gia đình" not in draft
