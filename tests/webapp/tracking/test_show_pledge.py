"""The pledge of a registration as a paper: a draft while it is checked, then version by version."""

import io

import pytest
from docx import Document

from tests.offices import scene
from tests.webapp.documents.papers import needs_poppler, text


@scene
def in_check(office):
    """A registration that is being checked; another one of which nothing has been filled in."""
    office.open_campaign()
    filled, empty = (office.register(nominee_name=f"Nguyễn Văn {name}") for name in ("Ất", "Bính"))
    targets = [
        {"indicator": "Thoát nghèo", "pledge": "Thoát nghèo trong năm", "target": 1.5, "measure": "ha"}
    ]
    office.do("officer", "fill_on_behalf", filled, targets=targets, commitment="Cam kết thực hiện đúng.")
    return filled, empty


@needs_poppler
def test_a_draft_then_the_first_version(signed_in, office, in_check):
    code, _empty = in_check
    browser = signed_in("officer")
    page = browser.get(f"/registrations/{code}")
    link = f"/registrations/{code}/pledge.pdf"
    assert page.one(f"a[href='{link}']")
    draft = text(browser.client.get(link).data)
    assert "DỰ THẢO" in draft
    assert "chưa được chấp nhận" in draft
    office.do("officer", "check_registration", code, decision="accept")
    office.work()
    accepted = text(browser.client.get(f"{link}?version=1").data)
    assert "DỰ THẢO" not in accepted
    for said in (
        "BẢN ĐĂNG KÝ THI ĐUA",
        "Nguyễn Văn Ất",
        "Thoát nghèo trong năm",
        "1,5 ha",
        "bản số 1",
        "2%/năm",
    ):
        assert said in accepted


def test_as_a_word_file_to_go_on_writing_in(signed_in, in_check):
    answer = signed_in("officer").client.get(f"/registrations/{in_check[0]}/pledge.docx")
    written = " ".join(each.text for each in Document(io.BytesIO(answer.data)).paragraphs)
    assert "Nguyễn Văn Ất" in written
    assert "Cam kết thực hiện đúng" in written


@pytest.mark.parametrize(
    ("who", "which", "query"), [("other_officer", 0, ""), ("officer", 1, ""), ("officer", 0, "?version=2")]
)
def test_there_is_none_of_others_of_nothing_and_of_no_such_version(signed_in, in_check, who, which, query):
    signed_in(who).get(f"/registrations/{in_check[which]}/pledge.pdf{query}", status=404)
