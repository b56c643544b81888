"""A unit's accepted registrations go up as one list: gathered, signed, confirmed or returned, marked on each."""

import io

from openpyxl import load_workbook

from tests.factories import CAMPAIGN
from tests.offices import scene
from tests.statements import statements
from tests.webapp.documents.papers import needs_poppler, text


@scene
def accepted(office):
    """Three registrations of An Cư, the last one not yet accepted."""
    office.open_campaign()
    codes = [office.register(nominee_name=f"Nguyễn Văn {name}") for name in ("Ất", "Bính", "Đinh")]
    for code in codes:
        office.do("officer", "fill_on_behalf", code)
    for code in codes[:2]:
        office.do("officer", "check_registration", code, decision="accept")
    office.work()
    return codes


@scene
def gathered(office, accepted):
    """The list of both accepted ones; returns its code."""
    code = office.start("officer", "registration_list")
    office.do("officer", "gather_registrations", code, registrations=accepted[:2])
    return code


def sign(office, code):
    office.do(
        "commune_chair",
        "sign_list",
        code,
        decision="sign",
        document_number="12/TH-UBND",
        issued_on="2019-12-02",
    )
    office.work()


def test_the_address_of_the_draft_leads_to_what_was_signed(signed_in, office, gathered):
    draft = f"/cases/{gathered}/drafts/registration_list.pdf"
    browser = signed_in("commune_chair")
    assert browser.client.get(draft).data.startswith(b"%PDF")
    sign(office, gathered)
    answer = browser.client.get(draft, follow_redirects=True)
    assert answer.data.startswith(b"%PDF")
    assert answer.request.path.startswith("/papers/")


def test_only_accepted_ones_that_stand_on_no_other_list_are_offered(signed_in, office, accepted):
    browser = signed_in("officer")
    browser.get(f"/campaigns/{CAMPAIGN}/start/registration_list")
    page = browser.submit()
    assert page.heading == "Lập bản tổng hợp đăng ký"
    offered = page.one("main").get_text(" ")
    assert [code in offered for code in accepted] == [True, True, False]
    assert page.form("form.task-form")["registrations"] == accepted[:2], "all of them at first"
    first = office.task("gather_registrations").case.code
    office.do("officer", "gather_registrations", first, registrations=accepted[:1])
    second = office.start("officer", "registration_list")
    page = browser.get(f"/tasks/{office.task('gather_registrations', second).public_id}")
    assert [code in page.text for code in accepted] == [False, True, False]


def test_what_the_organiser_confirms_is_marked_on_each(signed_in, office, accepted, gathered):
    sign(office, gathered)
    office.do("specialist", "confirm_list", gathered, decision="return", return_reason="Thiếu một hộ.")
    office.do("officer", "gather_registrations", gathered, registrations=accepted[:2])
    sign(office, gathered)
    browser = signed_in("officer")
    assert "chưa được xác nhận" in browser.get(f"/registrations/{accepted[0]}").text
    office.do("specialist", "confirm_list", gathered, decision="confirm")
    office.work()
    for code in accepted[:2]:
        assert "bản số 1 được xác nhận ngày 02/12/2019" in browser.get(f"/registrations/{code}").text
    page = browser.get(f"/registration-lists/{gathered}")
    assert "Đã xác nhận" in page.one(".case-state").get_text()
    assert [link.get_text() for link in page.all(".data-table .row-link")] == [
        "Nguyễn Văn Ất",
        "Nguyễn Văn Bính",
    ]


@needs_poppler
def test_the_list_as_files(signed_in, office, accepted, gathered):
    client, address = signed_in("officer").client, f"/registration-lists/{gathered}/list"
    assert "DỰ THẢO" in text(client.get(f"{address}.pdf").data)
    sign(office, gathered)
    paper = text(client.get(f"{address}.pdf").data)
    assert "DỰ THẢO" not in paper
    for said in ("Số: 12/TH-UBND", "02 đăng ký thi đua (02 cá nhân)", "Nguyễn Văn Bính", accepted[0]):
        assert said in paper
    book = load_workbook(io.BytesIO(client.get(f"{address}.xlsx").data))
    names = [row[2] for row in book["Danh sách"].iter_rows(min_row=4, values_only=True)]
    assert names == ["Nguyễn Văn Ất", "Nguyễn Văn Bính"]
    assert client.get(f"{address}.docx").data[:2] == b"PK"


def test_none_is_opened_with_nothing_to_gather(signed_in, office, accepted, gathered):
    browser = signed_in("officer")
    browser.get(f"/campaigns/{CAMPAIGN}/start/registration_list")
    page = browser.submit(status=409)
    assert "không có đăng ký đã được chấp nhận nào còn ở ngoài bản tổng hợp" in page.text


def test_others_do_not_learn_of_it(signed_in, gathered):
    other = signed_in("other_officer")
    other.get(f"/registration-lists/{gathered}", status=404)
    other.get(f"/registration-lists/{gathered}/list.pdf", status=404)
    assert "Chưa có bản tổng hợp" in other.get("/registration-lists").text


def test_number_of_statements_does_not_grow_with_the_lists(signed_in, office, gathered):
    browser = signed_in("specialist")
    browser.get("/registration-lists")
    before = statements(lambda: browser.get("/registration-lists"))
    for number in range(3):
        code = office.register(nominee_name=f"Nguyễn Văn {number}")
        office.do("officer", "fill_on_behalf", code)
        office.do("officer", "check_registration", code, decision="accept")
        office.work()
        office.do("officer", "gather_registrations", office.start("officer", "registration_list"))
    assert len(statements(lambda: browser.get("/registration-lists"))) == len(before)
