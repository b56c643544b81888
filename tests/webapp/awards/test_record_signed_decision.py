"""Entering a decision that was signed elsewhere: compared on the page before the form is sent."""

import io

from tests.offices import scene
from tests.sittings import OURS_CODES, SIGNATURE, VIETNAM
from tests.webapp.awards.test_decision_forms import opened
from webapp.documents import render
from webapp.extensions import db
from webapp.queries.award_papers import decision_facts
from webapp.queries.decisions import decision_of

COUNCIL = "concluded"
CODE = "QD-2019-0001"
FORM = "form.task-form"


@scene
def sent_out(council):
    """A decision on two nominations that is being signed elsewhere."""
    council.draft(OURS_CODES[:2])
    council.do("head", "submit_decision", CODE, decision="submit", signature=SIGNATURE)
    council.do("office", "check_decision", CODE, decision="approve", signing="elsewhere")
    return council


def paper(council, prize=0):
    """The signed file as it comes back; ``prize`` is what the first prize was raised by."""
    facts = decision_facts(db.session(), decision_of(db.session(), council.case(CODE)))
    facts["groups"][0]["lines"][0]["prize"] += prize
    return io.BytesIO(render("decision", facts).pdf), "qd-da-ky.pdf"


def filled(council):
    day = council.at.astimezone(VIETNAM).strftime("%d/%m/%Y")
    return {"decision": "record", "number": "8", "dated_on": day}


def test_elsewhere_is_the_usual_way(browser, council):
    council.draft(OURS_CODES[:2])
    council.do("head", "submit_decision", CODE, decision="submit", signature=SIGNATURE)
    page = opened(browser, council, "office", "check_decision", CODE)
    assert page.form(FORM)["signing"] == "elsewhere"


def test_the_right_file_is_found_to_be_ours_and_stands_on_the_page(browser, sent_out):
    page = opened(browser, sent_out, "clerk", "record_signed_decision", CODE)
    form = page.form(FORM)
    assert (form["symbol"], form["signed_as"]) == ("QĐ-UBND", "chief")
    assert form["signer"] == sent_out.person("authority").public_id
    page = browser.submit(
        FORM, **filled(sent_out), **{"signed_decision-_file": paper(sent_out), "act": "draft"}
    )
    assert "Tên, số tiền, tổng số khớp với phần mềm." in page.text
    assert "Tệp không có chữ ký số." in page.text
    assert not page.all("#f-differences_reason, #f-read_by_eye")
    browser.submit(FORM, act="complete")
    browser.sign_in_as(sent_out.person("head"))
    page = browser.get(f"/awards/decisions/{CODE}")
    assert "08/QĐ-UBND" in page.text
    assert "Chủ tịch · ký ở ngoài phần mềm" in page.text
    assert "Bản đã ký, đã đối chiếu" in page.text
    assert "không in trên văn bản" in page.text
    shown = browser.get(page.one("a[href^='/v/']")["href"])
    assert "văn bản không mang mã" in shown.text
    assert "Hãy đối chiếu với văn bản" not in shown.text


def test_another_file_is_sent_only_with_a_reason(browser, sent_out):
    opened(browser, sent_out, "clerk", "record_signed_decision", CODE)
    sent = {**filled(sent_out), "signed_decision-_file": paper(sent_out, prize=50_000)}
    page = browser.submit(FORM, status=422, **sent, act="complete")
    assert "Tệp có 3 chỗ khác với phần mềm." in page.text
    assert "Tổ tự quản số 1: phần mềm ghi 900.000 đ, tệp ghi 950.000 đ." in page.text
    browser.submit(FORM, differences_reason="Sửa tay khi ký, đã báo Phòng Nội vụ.", act="complete")
    page = browser.get(f"/awards/decisions/{CODE}")
    assert "Lý do chấp nhận: Sửa tay khi ký, đã báo Phòng Nội vụ." in page.text


def test_a_draft_is_not_taken_for_what_was_signed(browser, sent_out):
    opened(browser, sent_out, "clerk", "record_signed_decision", CODE)
    draft = io.BytesIO(browser.client.get(f"/cases/{CODE}/drafts/decision.pdf").data), "du-thao.pdf"
    sent = {**filled(sent_out), "signed_decision-_file": draft, "act": "complete"}
    page = browser.submit(FORM, status=422, **sent)
    assert "Tệp ghi “DỰ THẢO”: không phải bản quyết định đã ký." in page.text
