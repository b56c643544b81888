"""Sheets from the printer: measured on a page that shows what comes of it, by those who print certificates."""

import re

import pytest
from sqlalchemy import select

from tests.people import TINH_BIEN
from tests.webapp.documents.certificates import words
from tests.webapp.documents.papers import needs_poppler, text
from webapp import eventlog
from webapp.documents.certificates import certificate_type, laid_out
from webapp.documents.certificates.writer import Certificate, Described, write
from webapp.extensions import db
from webapp.models import Blank
from webapp.queries.blanks import sheet_of

COUNCIL = "concluded"
NEW = "/awards/blanks/new/merit_district"
KIND = certificate_type("merit_district")
ROW = {field.name: number for number, field in enumerate(KIND.variable)}


@pytest.fixture
def printer(browser, council):
    """The specialist of the district at the form of a new blank."""
    browser.sign_in_as(council.person("specialist"))
    browser.get(NEW)
    return browser


def typed(name="Phôi đỏ 2019", **cells):
    """The form as somebody fills it; ``bearer_dx="2,5"`` is a cell of the table."""
    found = {"name": name}
    for cell, value in cells.items():
        field, _, part = cell.rpartition("_")
        found[f"places-{ROW[field]}-{part}" if field in ROW else cell] = value
    return found


def saved():
    db.session.rollback()
    return list(db.session.scalars(select(Blank).order_by(Blank.id)))


def test_a_blank_is_measured_once_and_found_again(printer):
    page = printer.submit(".blank-form", **typed(bearer_dx="2,5", bearer_dy="-1", award_hidden="true"))
    assert page.heading == "Phôi đỏ 2019"
    assert page.form(".blank-form")[f"places-{ROW['bearer']}-dx"] == "2,5"
    [blank] = saved()
    assert (blank.unit.code, blank.type, blank.version) == (TINH_BIEN, "merit_district", 1)
    assert sheet_of(blank).shifts == {"bearer": (2.5, -1.0)}
    assert sheet_of(blank).hidden == {"award"}
    assert (sheet_of(blank).ground, sheet_of(blank).code) == (False, False)
    assert "Phôi đỏ 2019" in printer.get("/awards/blanks").text
    printer.get(f"/awards/blanks/{blank.public_id}")
    printer.submit(".blank-form", **typed(bearer_dx="3"))
    [blank] = saved()
    assert (blank.version, sheet_of(blank).shifts["bearer"]) == (2, (3.0, -1.0))


def test_two_blanks_of_a_name_are_told_apart_at_once(printer):
    printer.submit(".blank-form", **typed())
    printer.get(NEW)
    page = printer.submit(".blank-form", 422, **typed())
    assert "Đơn vị đã có phôi tên này" in page.text
    assert len(saved()) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"width": "20"}, "Chiều rộng"),
        ({"bearer_dx": "500"}, "Sang phải"),
        ({"bearer_dy": "ba"}, "Xuống dưới"),
        ({"name": " "}, "phôi"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(printer, changes, said):
    page = printer.submit(
        ".blank-form", 422, **(typed() | typed(**changes) if "name" not in changes else changes)
    )
    assert said in page.one("#error-summary").get_text()
    assert saved() == []


def test_who_was_slower_sees_what_the_other_measured(printer):
    printer.submit(".blank-form", **typed())
    [blank] = saved()
    page = printer.get(f"/awards/blanks/{blank.public_id}")
    old = page.form(".blank-form")
    printer.submit(".blank-form", **typed(bearer_dx="3"))
    page = printer.post(f"/awards/blanks/{blank.public_id}", old)
    assert "vừa được người khác đo lại" in page.one("body").get_text()
    assert sheet_of(saved()[0]).shifts == {"bearer": (3.0, 0.0)}


def test_a_blank_is_deleted(printer):
    printer.submit(".blank-form", **typed())
    printer.submit(".blank-delete")
    assert saved() == []


def test_each_measuring_is_in_the_log(printer):
    printer.submit(".blank-form", **typed())
    printer.submit(".blank-form", **typed(bearer_dx="3"))
    printer.submit(".blank-delete")
    db.session.rollback()
    written = eventlog.read_stream(db.session(), "blanks")
    assert [each.type for each in written] == ["blank_saved", "blank_saved", "blank_deleted"]


def test_the_picture_has_each_letter_where_the_pdf_has_it(printer):
    query = f"width=297&height=210&places-{ROW['bearer']}-field=bearer&places-{ROW['bearer']}-dx=2,5"
    answer = printer.client.get(f"/awards/blanks/preview/merit_district.svg?{query}")
    assert answer.mimetype == "image/svg+xml"
    svg = answer.get_data(as_text=True)
    moved = [float(x) for x in re.findall(r"translate\(([\d.]+) [\d.]+\) scale\([\d.]+ -", svg)]
    [line] = [line for line in laid_out(KIND, KIND.own_size, KIND.sample) if line.field == "bearer"]
    assert round(line.x + 2.5, 3) in moved
    assert round(line.x, 3) not in moved
    halfway = printer.client.get("/awards/blanks/preview/merit_district.svg?width=&height=x&places-0-dx=-")
    assert halfway.status_code == 200


@needs_poppler
def test_the_test_sheet_has_rulers_and_the_places_as_they_are_typed(printer):
    path = "/awards/blanks/test-sheet/merit_district.pdf"
    query = f"width=297&height=210&places-{ROW['bearer']}-field=bearer&places-{ROW['bearer']}-dx="
    plain, moved = (printer.client.get(f"{path}?{query}{dx}").data for dx in ("", "2,5"))
    said = text(moved)
    assert all(str(at) in said for at in (10, 100, 200, 290))
    assert "Họ tên, tên tập thể (+2,5; +0,0 mm)" in said
    assert "CỘNG HÒA" not in said
    at = {
        name: next(w for w in words(pdf) if w.text == "Ượng")
        for name, pdf in (("plain", plain), ("moved", moved))
    }
    assert at["moved"].left - at["plain"].left == pytest.approx(2.5, abs=0.01)


@needs_poppler
def test_a_saved_blank_is_what_certificates_are_written_on(printer):
    printer.submit(".blank-form", **typed(width="300", bearer_dx="2,5", award_hidden="true"))
    one = Certificate(KIND.name, KIND.sheet, KIND.sample)
    said = text(write([one], Described("Giấy khen", "Ủy ban nhân dân"), blank=sheet_of(saved()[0])))
    assert "Nguyễn Thị Ượng" in said
    assert "GIẤY KHEN" not in said


@pytest.mark.parametrize("role", ["head", "authority", "member1"])
def test_who_does_not_print_keeps_no_blanks(browser, council, role):
    browser.sign_in_as(council.person(role))
    for path in ("/awards/blanks", NEW, "/awards/blanks/preview/merit_district.svg"):
        browser.get(path, 403)


def test_blanks_of_another_unit_are_not_there(printer, council):
    printer.submit(".blank-form", **typed())
    [blank] = saved()
    blank.unit_id = blank.unit.parent_id
    db.session.commit()
    printer.get(f"/awards/blanks/{blank.public_id}", 404)
    printer.get("/awards/blanks/new/order_of_the_sun", 404)
    assert "Phôi đỏ 2019" not in printer.get("/awards/blanks").text
