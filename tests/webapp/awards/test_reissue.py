"""A lost or misprinted certificate is made anew: marked as a copy, under its number, with a code of its own."""

import pytest
from sqlalchemy import select

from tests.amending import issue
from tests.offices import scene
from tests.sittings import OURS_CODES
from tests.webapp.documents.papers import needs_poppler, text
from webapp.extensions import db
from webapp.models import Award, Certificate, Verification
from webapp.operations.certificates import reissue_certificate
from webapp.operations.refusals import Forbidden, NotFound, NotNow
from workflows.paper_codes import PaperCode, address, is_proved, read_address

COUNCIL = "concluded"


@scene
def issued(council):
    """A decision on two nominations with its certificates."""
    return issue(council, OURS_CODES[:2])


def certificates():
    """All certificates of Nguyễn Thị Ượng, who has the second number of the register."""
    db.session.rollback()
    query = select(Certificate).join(Award, Award.id == Certificate.award_id)
    return db.session.scalars(query.where(Award.register_number == 2).order_by(Certificate.issue)).all()


def code_of(certificate):
    query = select(Verification).where(Verification.certificate_id == certificate.id)
    return db.session.scalars(query).one()


def made_anew(browser, council, username="clerk"):
    [first] = certificates()
    browser.sign_in_as(council.person(username))
    page = browser.get(f"/awards/certificates/{first.public_id}")
    browser.get(page.one("a[href$='/reissue']")["href"])
    return browser.submit("main form", cause="lost", reason="Đơn ngày 02/01/2020: bị cháy cùng nhà")


@needs_poppler
def test_the_copy_says_what_it_is_and_keeps_the_number(browser, council, issued):
    page = made_anew(browser, council)
    first, second = certificates()
    assert (first.state, second.state, second.issue) == ("replaced", "valid", 2)
    assert (second.cause, second.copy_of_id) == ("lost", first.id)
    assert "BẢN CẤP LẠI lần 1" in page.text
    assert "bị cháy cùng nhà" in page.text
    assert {name: told for name, told in second.printed.items() if name != "copy"} == first.printed
    sheet = text(browser.client.get(page.one("a[href$='/paper.pdf']")["href"]).data)
    assert "BẢN CẤP LẠI lần 1" in sheet
    assert "Số vào sổ: 02" in sheet
    assert council.access("certificate_read")


def test_decision_and_register_show_that_there_is_a_copy(browser, council, issued):
    made_anew(browser, council)
    assert "cấp lại lần 1" in browser.get(f"/awards/decisions/{issued}").text
    rows = [row.get_text(" ") for row in browser.get("/awards/register").all("tbody tr")]
    assert ["cấp lại lần 1" in row for row in rows] == [False, True]
    assert "mất, hỏng" in browser.get(f"/awards/decisions/{issued}").text


def test_the_phone_tells_the_copy_from_the_one_it_replaced(browser, council, issued):
    made_anew(browser, council)
    first, second = certificates()
    old, new = code_of(first), code_of(second)
    page = browser.get(address("", PaperCode(old.code, old.signature)))
    assert page.one(".code-status").get_text(strip=True) == "Đã được cấp lại bản khác"
    page = browser.get(address("", PaperCode(new.code, new.signature)))
    assert page.one(".code-status").get_text(strip=True) == "Còn hiệu lực"
    assert "BẢN CẤP LẠI lần 1" in page.text


def test_the_mark_of_a_copy_is_signed_with_the_rest(app, council, issued):
    """Nobody makes a first issue out of a copy: the mark belongs to what the address proves."""
    [first] = certificates()
    reissue_certificate(
        first.public_id, "misprint", "In lệch", actor=council.actor("secretary"), now=council.now
    )
    row = code_of(certificates()[1])
    paper = PaperCode(row.code, row.signature, "reissue", row.fields["signed"])
    read = read_address(address("https://x", paper))
    publics = __import__("webapp.public.verifying", fromlist=["x"]).public_keys()
    assert is_proved(read, "reissue", read.fields, publics)
    bare = {name: told for name, told in read.fields.items() if name != "copy"}
    assert not is_proved(read, "certificate", bare, publics)
    assert not is_proved(read, "reissue", read.fields | {"copy": "BẢN CẤP LẠI lần 2"}, publics)


def test_only_the_newest_is_made_anew_and_only_by_who_prints(app, council, issued):
    [first] = certificates()

    def anew(username, which=first):
        act = {"actor": council.actor(username), "now": council.now}
        return reissue_certificate(which.public_id, "lost", "Mất", **act)

    for username, refused in (("office", Forbidden), ("authority", Forbidden), ("other_officer", NotFound)):
        with pytest.raises(refused):
            anew(username)
    anew("specialist")
    with pytest.raises(NotNow, match="certificate_replaced"):
        anew("specialist")
    anew("clerk", certificates()[1])
    assert [each.printed.get("copy") for each in certificates()] == [
        None,
        "BẢN CẤP LẠI lần 1",
        "BẢN CẤP LẠI lần 2",
    ]


def test_a_reason_is_asked_for(browser, council, issued):
    [first] = certificates()
    browser.sign_in_as(council.person("clerk"))
    browser.get(f"/awards/certificates/{first.public_id}/reissue")
    page = browser.submit("main form", 422, cause="lost", reason=" ")
    assert page.all(".field-fault")
    assert len(certificates()) == 1


def test_who_does_not_print_gets_no_paper(browser, council, issued):
    [first] = certificates()
    browser.sign_in_as(council.person("authority"))
    assert not browser.get(f"/awards/certificates/{first.public_id}").all("a[href$='/reissue']")
    for path in ("reissue", "paper.pdf"):
        browser.get(f"/awards/certificates/{first.public_id}/{path}", status=403)
    browser.sign_in_as(council.person("other_officer"))
    browser.get(f"/awards/certificates/{first.public_id}", status=404)
