"""Proposing an exemplar with pictures: nothing chosen is chosen twice, and who works on it sees them."""

import io

import pytest
from sqlalchemy import select

from tests.factories import CAMPAIGN, PDF
from tests.introducing import NAME, photograph
from tests.introducing import select as choose
from tests.people import AN_CU
from webapp.models import Case, Paper, WaitingPaper

START = f"/campaigns/{CAMPAIGN}/start/exemplar"
SMALL = photograph(size=(60, 30))


def chosen(name="dan-bo.jpg", content=SMALL):
    return (io.BytesIO(content), name)


def whole(**changes):
    fields = {
        "exemplar_kind": "model",
        "exemplar_name": NAME,
        "submitting_unit": AN_CU,
        "story": "Mười hộ góp vốn xoay vòng nuôi bò.",
        "pictures-0-picture-_file": chosen(),
        "pictures-0-description": "Đàn bò của tổ",
    }
    return fields | changes


def pictures(office):
    return office.read(select(Paper).where(Paper.kind == "picture").order_by(Paper.id))


def cases(office):
    return office.read(select(Case).where(Case.process == "exemplar"))


@pytest.fixture
def proposing(browser, office, campaign):
    """The registrant has the form before them."""
    browser.sign_in_as(office.person("registrant"))
    browser.get(START)
    return browser


def test_a_picture_comes_with_the_proposal(proposing, office):
    proposing.submit(**whole())
    [case] = cases(office)
    [paper] = pictures(office)
    assert (paper.case_id, paper.kind, paper.filename) == (case.id, "picture", "dan-bo.jpg")


def test_a_picture_is_kept_though_the_form_has_faults(proposing, office):
    page = proposing.submit("main form", 422, **whole(story=""))
    kept = page.form("main form")["pictures-0-picture"]
    assert page.one(".field-files a").get_text(strip=True) == "dan-bo.jpg"
    assert proposing.client.get(page.one(".field-files a")["href"]).data == SMALL
    proposing.submit(story="Mười hộ góp vốn.")
    [case] = cases(office)
    assert office.read(select(Paper.case_id).where(Paper.public_id == kept)) == [case.id]


def test_pictures_are_added_row_by_row_without_script(proposing, office):
    page = proposing.submit(_add="pictures", **whole())
    assert cases(office) == []
    assert page.form("main form")["pictures-0-description"] == "Đàn bò của tổ"
    assert len(page.all("#f-pictures > .rows > .row-card")) == 2
    second = {"pictures-1-picture-_file": chosen("chuong.png", photograph("PNG", (40, 40)))}
    proposing.submit(**second, **{"pictures-1-description": "Chuồng trại"})
    names = office.read(select(Paper.filename).where(Paper.case_id == cases(office)[0].id))
    assert sorted(names) == ["chuong.png", "dan-bo.jpg"]


def test_a_picture_can_be_taken_out_again(proposing, office):
    page = proposing.submit("main form", 422, **whole(story=""))
    kept = page.form("main form")["pictures-0-picture"]
    page = proposing.submit(_remove=f"pictures-0-picture:{kept}", story="Mười hộ.")
    assert page.all(".field-files") == []
    proposing.submit(_remove="pictures-0")
    proposing.submit()
    [case] = cases(office)
    assert office.read(select(Paper).where(Paper.case_id == case.id)) == []


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("dan-bo.jpg", b"", "không có nội dung"),
        ("dan-bo.pdf", PDF, "phải là ảnh PNG hoặc JPEG"),
        ("dan-bo.jpg", photograph()[:300], "phải là ảnh PNG hoặc JPEG"),
    ],
)
def test_what_is_no_picture_is_named_and_the_rest_is_kept(proposing, office, name, content, text):
    page = proposing.submit("main form", 422, **whole(**{"pictures-0-picture-_file": chosen(name, content)}))
    assert text in page.one(".field-fault").get_text()
    assert page.form("main form")["exemplar_name"] == NAME
    assert page.form("main form")["pictures-0-description"] == "Đàn bò của tổ"
    assert cases(office) == office.read(select(WaitingPaper)) == []


def test_eleven_are_too_many(proposing, office):
    rows = {f"pictures-{row}-description": "Đàn bò" for row in range(11)}
    files = {f"pictures-{row}-picture-_file": chosen(f"{row}.jpg") for row in range(11)}
    page = proposing.submit("main form", 422, **whole(**rows, **files))
    assert "10" in page.one(".error-summary").get_text()
    assert len(page.all(".field-files")) == 11, "one is taken out, none is chosen again"
    proposing.submit(_remove="pictures-4")
    proposing.submit()
    assert len(office.read(select(Paper).where(Paper.case_id == cases(office)[0].id))) == 10


def test_a_form_sent_again_with_its_picture_leads_to_the_case_it_opened(proposing, office):
    hidden = proposing.page.form("main form")
    first = proposing.post(START, {**hidden, **whole()})
    again = proposing.post(START, {**hidden, **whole()})
    assert again.answer.request.path == first.answer.request.path
    assert len(cases(office)) == 1


def test_nobody_else_sees_a_picture_before_there_is_a_case(proposing, office):
    page = proposing.submit("main form", 422, **whole(story=""))
    url = page.one(".field-files a")["href"]
    for username in ("officer", "specialist", "auditor", "admin"):
        proposing.sign_in_as(office.person(username))
        proposing.get(url, status=404)


def test_who_verifies_sees_it_and_the_introduction_offers_it(proposing, office):
    proposing.submit(**whole())
    [case] = cases(office)
    proposing.sign_in_as(office.person("officer"))
    page = proposing.get(f"/tasks/{office.task('verify_exemplar', case.code).public_id}")
    assert "Đàn bò của tổ" in page.text
    assert f"/papers/{pictures(office)[0].public_id}" in {link["href"] for link in page.all("main a[href]")}
    assert proposing.client.get(f"/papers/{pictures(office)[0].public_id}").data == SMALL
    choose(office, case.code)
    proposing.sign_in_as(office.person("specialist"))
    page = proposing.get(f"/tasks/{office.task('prepare_introduction', case.code).public_id}")
    offered = page.form("form.task-form")
    assert offered["pictures-0-description"] == "Đàn bò của tổ"
    assert offered["pictures-0-picture"] == pictures(office)[0].public_id


def test_what_was_supplemented_is_what_the_introduction_offers(proposing, office):
    proposing.submit(**whole())
    [case] = cases(office)
    office.do("officer", "verify_exemplar", case.code, decision="supplement")
    proposing.get(f"/tasks/{office.task('supplement_exemplar', case.code).public_id}")
    offered = proposing.page.form("form.task-form")
    assert offered["pictures-0-description"] == "Đàn bò của tổ", "what is there already is not chosen again"
    more = {"pictures-1-picture-_file": chosen("chuong.jpg"), "pictures-1-description": "Chuồng trại"}
    proposing.submit("form.task-form", act="complete", **more)
    choose(office, case.code)
    proposing.sign_in_as(office.person("specialist"))
    page = proposing.get(f"/tasks/{office.task('prepare_introduction', case.code).public_id}")
    offered = page.form("form.task-form")
    assert [offered[f"pictures-{row}-description"] for row in (0, 1)] == ["Đàn bò của tổ", "Chuồng trại"]
