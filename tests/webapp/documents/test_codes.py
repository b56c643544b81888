"""The square on a paper is read back as a phone reads it, and says what was signed."""

import io

import zxingcpp
from PIL import Image

from tests.webapp.documents.certificates import DESCRIBED, EXAMPLES
from tests.webapp.documents.papers import example, needs_poppler, pages, rendered_example, text
from tests.webapp.documents.squares import page_of, scanned
from tests.workflows.test_paper_codes import BASE, KEY
from webapp.documents import render
from webapp.documents.certificates import Blank, certificate_type, certificate_types
from webapp.documents.certificates.layout import CODE
from webapp.documents.certificates.paper import certificate_of, certificates_pdf
from webapp.documents.certificates.writer import write
from webapp.documents.codes import certificate_fields, decision_fields, picture
from workflows.paper_codes import FIELDS, PaperCode, address, read_address, sign, signed_bytes
from workflows.record import digest

pytestmark = needs_poppler


def test_decision_says_what_was_signed():
    facts, pdf = example("decision"), rendered_example("decision")
    assert scanned(pdf, page_of(pdf, "Mã kiểm tra")) == [facts["code"]["url"]]
    assert read_address(facts["code"]["url"]).fields == decision_fields(facts)
    assert "Mã kiểm tra: K7Q4X-MT2R" in text(pdf)
    assert "nhập mã tại thidua.example.gov.vn/verify" in text(pdf)


def test_each_certificate_says_what_is_printed_on_it():
    for name in EXAMPLES:
        facts = with_code(name)
        pdf = certificates_pdf(facts)
        [one] = facts["certificates"]
        assert scanned(pdf, 1) == [one["code"]["url"]], name
        assert read_address(one["code"]["url"]).fields == certificate_fields(one["printed"])
        assert "Mã kiểm tra: K7Q4X-MT2RD" in text(pdf)


def test_every_field_of_every_certificate_is_signed():
    printed = {field.name for kind in certificate_types().values() for field in kind.variable}
    assert printed == {*FIELDS["reissue"], CODE}


def test_a_blank_bears_no_code_unless_it_is_to():
    certificate = certificate_of(with_code("merit_district")["certificates"][0])
    size = certificate_type("merit_district").own_size
    for bears in (False, True):
        pdf = write([certificate], DESCRIBED, blank=Blank(size, code=bears))
        assert bool(scanned(pdf, 1)) is bears
        assert ("Mã kiểm tra" in text(pdf)) is bears


def with_code(name):
    """Facts of one certificate with the code that a key known to everybody signed."""
    printed = EXAMPLES[name]
    fields = certificate_fields(printed)
    signature = sign(KEY, signed_bytes("K7Q4XMT2RD", "certificate", fields))
    url = address(BASE, PaperCode("K7Q4XMT2RD", signature, "certificate", fields))
    code = {"text": "K7Q4X-MT2RD", "url": url, "page": "thidua.example.gov.vn/verify"}
    return {
        "issuer": printed["issuer"],
        "date": "2019-02-05",
        "certificates": [
            {"type": name, "sheet": certificate_type(name).sheet, "printed": printed, "code": code}
        ],
    }


def test_the_digest_covers_all_that_is_printed_but_the_code():
    facts = example("decision")
    content = decision_fields(facts)["content"]
    assert content == digest({key: value for key, value in facts.items() if key != "code"})
    assert decision_fields(facts | {"code": None})["content"] == content
    for key in facts.keys() - {"code"}:
        assert decision_fields(facts | changed(facts, key))["content"] != content, key


def changed(facts, key):
    value = facts[key]
    if isinstance(value, str):
        return {key: value + "."}
    if isinstance(value, list):
        return {key: value + value[:1]}
    return {key: {name: "X" if name in ("name", "place", "force") else text for name, text in value.items()}}


def test_a_draft_has_no_code():
    pdf = render("decision", example("decision") | {"code": None}, draft=True).pdf
    assert "Mã kiểm tra" not in text(pdf)
    assert [found for page in range(1, len(pages(pdf)) + 1) for found in scanned(pdf, page)] == []


def test_picture_of_one_bit_is_read_back_and_the_same_each_time():
    url = example("decision")["code"]["url"]
    png = picture(url)
    assert png == picture(url)
    with Image.open(io.BytesIO(png)) as square:
        assert square.mode == "1"
        found = zxingcpp.read_barcodes(square.convert("L").resize([4 * side for side in square.size], 0))
    assert [each.text for each in found] == [url]
