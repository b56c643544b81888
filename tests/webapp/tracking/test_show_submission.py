"""The page of one submission batch, and the list of them."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.factories import ROUND
from tests.offices import scene
from tests.webapp.documents.papers import needs_poppler, text
from webapp.documents.formats import long_day
from workflows.values import VIETNAM


@scene
def prepared(office, nominations):
    """A batch with one nomination of An Cư, to be signed."""
    code = nominations[0]
    for username, element, form in (
        ("officer", "prepare_on_behalf", {"name_on_paper": "Nguyễn Văn Ất"}),
        ("officer", "check_dossier", {"decision": "complete"}),
        ("officer", "record_meeting", {"decision": "agree"}),
        ("commune_chair", "conclude_commune_council", {"decision": "agree"}),
        ("officer", "post_publicly", {}),
    ):
        office.do(username, element, code, **form)
    office.move(days=20)
    office.do("officer", "conclude_posting", code, decision="clear")
    batch = office.start("officer", "submission", round=ROUND)
    office.do("officer", "prepare_submission", batch, nominations=[code])
    return batch


@scene
def batch(office, prepared):
    """The same batch, signed."""
    office.do("commune_chair", "sign_submission", prepared, decision="sign")
    office.work()
    return prepared


def names(page):
    return [link.get_text(strip=True) for link in page.all(".data-table .row-link")]


def test_it_shows_its_lines_and_the_paper_the_system_drew(signed_in, nominations, batch):
    page = signed_in("specialist").get(f"/submissions/{batch}")
    assert page.heading == "Đợt trình của xã An Cư"
    assert names(page) == ["Nguyễn Văn Ất"]
    assert "Tờ trình kèm danh sách" in page.one(".file-list").get_text()
    assert "chưa tiếp nhận" in page.text
    assert page.one(".notice-take a.btn-primary")


@needs_poppler
def test_whoever_signs_reads_the_paper_before(signed_in, office, prepared):
    browser = signed_in("commune_chair")
    address = f"/cases/{prepared}/drafts/submission.pdf"
    task = browser.get(f"/tasks/{office.task('sign_submission', prepared).public_id}")
    assert "Tờ trình kèm danh sách (dự thảo)" in task.one(f"a[href='{address}']").get_text()
    draft = text(browser.client.get(address).data)
    assert "DỰ THẢO" in draft
    assert "Nguyễn Văn Ất" in draft
    assert "(Đã ký)" not in draft


@pytest.mark.parametrize("document", ["decision", "nonsense"])
def test_only_what_is_a_draft_can_be_looked_at_as_one(signed_in, batch, document):
    signed_in("commune_chair").get(f"/cases/{batch}/drafts/{document}.pdf", status=404)


def test_the_address_of_a_draft_that_was_signed_leads_to_the_signed_paper(signed_in, batch):
    draft = signed_in("commune_chair").client.get(f"/cases/{batch}/drafts/submission.pdf")
    assert draft.status_code == 302
    assert "(Đã ký)" in text(signed_in("commune_chair").client.get(draft.location).data)


def test_stranger_reads_no_draft(signed_in, prepared):
    signed_in("other_officer").get(f"/cases/{prepared}/drafts/submission.pdf", status=404)


def test_received_batch_says_what_became_of_each_line(signed_in, office, nominations, batch):
    line = {"nomination": nominations[0], "line": "returned", "reason": "Thiếu xác nhận của ấp"}
    office.do("specialist", "receive_submission", batch, lines=[line])
    office.work()
    page = signed_in("officer").get(f"/submissions/{batch}")
    assert "Trả lại" in page.one(".data-table tbody").get_text()
    assert "Thiếu xác nhận của ấp" in page.one(".data-table tbody").get_text()
    assert "Đã tiếp nhận" in page.one(".case-state").get_text()
    nomination = signed_in("officer").get(f"/nominations/{nominations[0]}")
    assert "trả lại ngày" in nomination.one(".facts").get_text()


def test_another_commune_does_not_learn_of_it(signed_in, batch):
    signed_in("other_officer").get(f"/submissions/{batch}", status=404)
    assert names(signed_in("other_officer").get("/submissions")) == []


def test_list_counts_lines_and_says_who_has_it(signed_in, batch):
    browser = signed_in("specialist")
    row = browser.get("/submissions").one(".data-table tbody tr").get_text(" ", strip=True)
    for said in (batch, "xã An Cư", "Khen thưởng năm 2019", "1", "Chuyên viên TĐKT"):
        assert said in row
    assert names(browser.get("/submissions?state=received")) == []
    assert names(browser.get("/submissions?q=an+cu")) == ["xã An Cư"]
    assert names(browser.get("/submissions?state=nonsense")) == ["xã An Cư"]


def test_the_batch_with_its_list_as_a_word_file(signed_in, batch):
    browser = signed_in("officer")
    page = browser.get(f"/submissions/{batch}")
    link = next(a for a in page.all("a") if a.get("href", "").endswith("/list.docx"))
    sent = browser.client.get(link["href"])
    assert sent.status_code == 200
    words = "".join(node.text or "" for node in Document(BytesIO(sent.data)).element.body.iter(qn("w:t")))
    assert "Nguyễn Văn Ất" in words
    assert "chịu trách nhiệm về tính chính xác" in words
    assert signed_in("stranger").client.get(link["href"]).status_code in (403, 404)


def words_of(sent):
    nodes = Document(BytesIO(sent.data)).element.body.iter(qn("w:t"))
    return "".join(node.text or "" for node in nodes)


@needs_poppler
def test_who_submitted_gets_a_receipt_with_the_day_of_the_result(signed_in, office, nominations, batch):
    signed_in("officer").get(f"/cases/{batch}/receipts/submitted.pdf", status=404)
    office.do(
        "specialist", "receive_submission", batch, lines=[{"nomination": nominations[0], "line": "received"}]
    )
    office.work()
    officer = signed_in("officer")
    due = office.task("appraise", nominations[0]).due.astimezone(VIETNAM)
    for page, number in (
        (f"/submissions/{batch}", batch),
        (f"/nominations/{nominations[0]}", nominations[0]),
    ):
        links = [a["href"] for a in officer.get(page).all("a[href*=receipt]")]
        pdf, word = links
        told = " ".join(text(officer.client.get(pdf).data).split())
        for said in (
            f"Số: {number}",
            "Ủy ban nhân dân huyện Tịnh Biên đã tiếp nhận hồ sơ đề nghị khen thưởng của Ủy ban nhân dân xã An Cư.",
            "Nguyễn Văn Ất",
            "Báo cáo thành tích",
            "Thời hạn giải quyết theo quy định: 10 ngày làm việc.",
            f"Ngày hẹn trả kết quả: {long_day(due.date().isoformat())}.",
            office.person("specialist").name,
        ):
            assert said in told
        assert "10 ngày làm việc" in words_of(officer.client.get(word))
    signed_in("other_officer").get(f"/cases/{batch}/receipts/submitted.pdf", status=404)


@needs_poppler
def test_a_returned_line_stands_on_the_receipt_with_its_reason(signed_in, office, nominations, batch):
    line = {"nomination": nominations[0], "line": "returned", "reason": "Thiếu xác nhận của ấp"}
    office.do("specialist", "receive_submission", batch, lines=[line])
    office.work()
    officer = signed_in("officer")
    told = text(officer.client.get(f"/cases/{batch}/receipts/submitted.pdf").data)
    assert "Số hồ sơ đã nhận: 00." in told
    assert "Không nhận: Thiếu xác nhận của ấp" in " ".join(told.split())
    assert officer.get(f"/nominations/{nominations[0]}").all("a[href*=receipt]") == []
