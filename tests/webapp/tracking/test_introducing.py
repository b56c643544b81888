"""Exemplars as those see them who verify, introduce and approve: pictures, changes, the page before it is public."""

import io

import pytest

from tests.factories import CAMPAIGN
from tests.introducing import HEADLINE, NAME, SECRET, day, introduced, photograph, propose, select
from tests.people import AN_CU
from webapp.operations.refusals import InvalidForm

__all__ = ["introduced"]


def task_page(signed_in, office, username, element, code):
    return signed_in(username).get(f"/tasks/{office.task(element, code).public_id}")


def test_the_photographs_of_a_proposal_are_seen(signed_in, office, campaign):
    registrant = signed_in("registrant")
    registrant.get(f"/campaigns/{CAMPAIGN}/start/exemplar")
    page = registrant.submit(
        exemplar_kind="model",
        exemplar_name=NAME,
        submitting_unit=AN_CU,
        story="Mười hộ góp vốn xoay vòng nuôi bò.",
        **{
            "pictures-0-picture-_file": (io.BytesIO(photograph(size=(60, 30))), "IMG_0012.jpg"),
            "pictures-0-description": "Đàn bò của tổ",
            "pictures-0-_row": "1",
        },
    )
    code = page.answer.request.path.rpartition("/")[2]
    for seen in (page, task_page(signed_in, office, "officer", "verify_exemplar", code)):
        [picture] = seen.all(".picture-row li")[:1]
        assert picture.img["src"].endswith("/thumbnail")
        assert picture.get_text(" ", strip=True).startswith("Đàn bò của tổ")
        [paper] = seen.all(".file-list .file-text a")
        assert "Đàn bò của tổ" in paper.text


def test_what_was_supplemented_is_marked(signed_in, office, campaign):
    code = propose(office, story="Mười hộ nuôi bò.")
    office.do("officer", "verify_exemplar", code, decision="supplement")
    office.do("registrant", "supplement_exemplar", code, story="Mười hộ nuôi bò.\nDanh sách: ông Chau Ray.")
    page = task_page(signed_in, office, "officer", "verify_exemplar", code)
    assert [line.text for line in page.all(".changed-line ins")] == ["Danh sách: ông Chau Ray."]
    assert "Ảnh không đổi" in page.one("[aria-labelledby=changed-title]").text


def test_the_introduction_begins_with_the_story_as_last_told(signed_in, office, campaign):
    code = propose(office)
    select(office, code)
    page = task_page(signed_in, office, "specialist", "prepare_introduction", code)
    assert page.form("form.task-form")["text"] == SECRET


def test_who_writes_the_introduction_sees_the_page_from_the_draft(signed_in, office, campaign):
    code = propose(office)
    select(office, code)
    specialist = signed_in("specialist")
    task_page(signed_in, office, "specialist", "prepare_introduction", code)
    page = specialist.submit("form.task-form", headline=HEADLINE, act="draft")
    assert page.one(".preview-headline").text == HEADLINE


def test_the_chairman_sees_the_public_page_he_approves(signed_in, office, campaign):
    code = propose(office)
    select(office, code)
    office.do(
        "specialist",
        "prepare_introduction",
        code,
        headline=HEADLINE,
        text="Mỗi hộ góp một triệu đồng, xoay vòng mua bò giống.",
        effects=[{"effect": "Hộ thoát nghèo", "before": 0, "after": 7, "measure": "hộ"}],
        introduced_until_date=day(office, 60),
    )
    page = task_page(signed_in, office, "authority", "approve_introduction", code)
    preview = page.one("[aria-labelledby=preview-title]")
    assert preview.select_one(".preview-headline").text == HEADLINE
    assert "Mỗi hộ góp một triệu đồng" in preview.text
    assert "Hộ thoát nghèo 0 7 hộ" in preview.get_text(" ", strip=True)


def test_an_exemplar_is_introduced_to_the_end_of_its_campaign_and_the_form_says_so(
    signed_in, office, campaign
):
    code = propose(office)
    select(office, code)
    page = task_page(signed_in, office, "specialist", "prepare_introduction", code)
    assert "Chậm nhất đến ngày kết thúc phong trào" in page.text
    with pytest.raises(InvalidForm) as refused:
        office.do("specialist", "prepare_introduction", code, introduced_until_date="2022-12-31")
    assert [(each.code, each.params["day"]) for each in refused.value.faults] == [
        ("introduced_too_long", "2020-12-31")
    ]
    office.do("specialist", "prepare_introduction", code, introduced_until_date="2020-12-31")
    assert office.task("approve_introduction", code)
