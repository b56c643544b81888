"""Anybody checks a decision or certificate by its code: all that it prints, how it stands now, and nothing else."""

import re

import pytest
from sqlalchemy import select

from tests.decided import decision
from tests.pages import Browser
from tests.seated import council, database
from tests.sittings import OURS_CODES
from tests.statements import statements
from tests.webapp.documents.papers import needs_poppler
from tests.webapp.operations.procedures.reading import read
from webapp.documents.blocks import articles
from webapp.extensions import db
from webapp.models import Award, Case, Certificate, Decision, Paper, Person, Verification
from webapp.verification_key import verification_key_of
from workflows.paper_codes import PaperCode, address, is_proved, keys_in

__all__ = ["council", "database", "decision"]
COUNCIL = "concluded"
WRONG = "K7Q4XMT2RB"


@pytest.fixture
def visitor(app):
    return Browser(app)


def codes(kind="decision"):
    column = Verification.decision_id if kind == "decision" else Verification.certificate_id
    return db.session.scalars(select(Verification).where(column.is_not(None)).order_by(Verification.id)).all()


def path_of(row):
    return address("", PaperCode(row.code, row.signature))


def typed(visitor, code, status=200):
    visitor.get("/verify")
    return visitor.submit("main form", status, code=code)


def test_scanned_decision_shows_every_field_it_prints(visitor, decision):
    [row] = codes()
    page = visitor.get(path_of(row))
    assert page.heading == "Quyết định số 09/QĐ-UBND"
    assert page.one(".code-status").get_text(strip=True) == "Còn hiệu lực"
    facts = row.fields["facts"]
    told = {name: part for name, part in facts.items() if name not in ("blocks", "grouping")}
    told["articles"] = articles(*(facts[name] for name in ("blocks", "acts", "reason", "fund", "groups")))
    printed = [text for text in texts_of(told) if text not in ("individual", "collective", "household")]
    shown = " ".join(page.text.split()).lower()
    assert [text for text in printed if without_stop(text).lower() not in shown] == []
    assert "1.350.000 đ" in page.text.replace("\xa0", " ")
    assert "một triệu ba trăm năm mươi nghìn đồng" in shown
    assert page.answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.answer.headers["Cache-Control"] == "no-store"


def texts_of(node):
    """Every text in the facts of a paper that it prints as it is; days and numbers are written otherwise."""
    if isinstance(node, dict):
        return [text for value in node.values() for text in texts_of(value)]
    if isinstance(node, list):
        return [text for value in node for text in texts_of(value)]
    return [node] if isinstance(node, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", node) else []


def without_stop(text):
    return " ".join(text.split()).lstrip("- ").rstrip(" .;,/")


@needs_poppler
def test_it_tells_nothing_of_anybody_that_the_paper_does_not(visitor, decision):
    """Neither names of other people nor codes of cases; what stands on the page stands on the paper."""
    paper = read(decision, "decision").lower()
    page = visitor.get(path_of(codes()[0]))
    said = [
        each.get_text(" ", strip=True)
        for each in page.all("dd .code-line, .code-list li strong, .code-list .code-line, h3")
    ]
    assert len(said) > 10
    strange = [text for text in said for word in text.lower().split() if word.strip("().,;:“”") not in paper]
    assert strange == []
    for name in db.session.scalars(select(Person.name)):
        assert name not in page.text or name.lower() in paper
    for code in db.session.scalars(select(Case.code)):
        assert code not in page.text


def test_scanned_certificate_shows_its_fields(visitor, decision):
    rows = codes("certificate")
    assert len(rows) == 2
    page = visitor.get(path_of(rows[1]))
    assert page.heading == "Giấy khen"
    for text in ("Bà Nguyễn Thị Ượng", "Tặng Giấy khen", "09/QĐ-UBND", "Nguyễn Văn Chủ Tịch", "Tịnh Biên"):
        assert text in page.text
    signed = rows[1].fields["signed"]
    for name in signed.keys() - {"act"}:
        assert all(line in page.text for line in signed[name].splitlines()), name
    printed = db.session.scalars(select(Certificate.printed).order_by(Certificate.id)).all()[1]
    assert printed == {name: text for name, text in signed.items() if text}


def test_typed_code_leads_to_the_same(visitor, decision):
    [row] = codes()
    page = typed(visitor, f"{row.code[:5]}-{row.code[5:]}".lower())
    assert page.heading == "Quyết định số 09/QĐ-UBND"


def test_in_english(visitor, decision):
    visitor.get("/verify")
    visitor.post("/language", {"language": "en"})
    assert visitor.get(path_of(codes()[0])).one(".code-status").get_text(strip=True) == "Valid"


@pytest.mark.parametrize("place", [0, 5, 9, 11, 50, 96])
def test_a_changed_address_fits_nothing(visitor, decision, place):
    [row] = codes()
    segment = path_of(row).removeprefix("/v/")
    other = segment[:place] + ("2" if segment[place] != "2" else "3") + segment[place + 1 :]
    page = visitor.get(f"/v/{other}", 404)
    assert "09/QĐ-UBND" not in page.text
    assert "không khớp với văn bản nào" in page.text


def test_the_signature_of_another_paper_fits_nothing(visitor, decision):
    first, second = codes("certificate")
    visitor.get(address("", PaperCode(first.code, second.signature)), 404)


@pytest.mark.parametrize("what", ["signed", "facts"])
def test_a_row_that_was_changed_in_the_database_fits_nothing(visitor, decision, what):
    [row] = codes()
    kept = dict(row.fields)
    kept[what] = kept[what] | {"abstract": "Về việc khác"}
    row.fields = kept
    db.session.commit()
    visitor.get(path_of(row), 404)
    typed(visitor, row.code, 422)


def test_ten_wrong_ones_close_both_ways(visitor, decision):
    [row] = codes()
    for number in range(10):
        if number % 2:
            typed(visitor, WRONG, 422)
        else:
            visitor.get(f"/v/{row.code}.{'A' * 86}", 404)
    assert "09/QĐ-UBND" not in typed(visitor, row.code, 429).text
    visitor.get(path_of(row), 429)


def test_right_ones_do_not_close_the_way(visitor, decision):
    [row] = codes()
    for _each in range(15):
        visitor.get(path_of(row))


@pytest.mark.parametrize(
    ("status", "kind", "word", "said"),
    [
        (
            "corrected",
            "correction",
            "Đã được đính chính",
            "Được đính chính theo Quyết định số 12/QĐ-UBND ngày 20",
        ),
        ("revoked_in_part", "revocation", "Đã bị hủy bỏ một phần", "Bị hủy bỏ theo Quyết định số 12/QĐ-UBND"),
        ("revoked", "revocation", "Đã bị hủy bỏ", "Bị hủy bỏ theo Quyết định số 12/QĐ-UBND"),
    ],
)
def test_what_happened_to_a_decision_since_is_shown(visitor, council, decision, status, kind, word, said):
    later = follow_up(council, decision, kind)
    later.original.status = status
    db.session.commit()
    page = visitor.get(path_of(codes()[0]))
    assert page.one(".code-status").get_text(strip=True) == word
    assert said in page.text


def test_what_happened_to_an_award_since_is_shown_on_its_certificate_alone(visitor, council, decision):
    later = follow_up(council, decision, "revocation")
    award = db.session.scalars(select(Award).order_by(Award.position)).first()
    award.revoked_on, award.revoked_by = later.dated_on, later
    db.session.commit()
    first, second = codes("certificate")
    page = visitor.get(path_of(first))
    assert page.one(".code-status").get_text(strip=True) == "Đã bị hủy bỏ"
    assert "Bị hủy bỏ theo Quyết định số 12/QĐ-UBND" in page.text
    assert visitor.get(path_of(second)).one(".code-status").get_text(strip=True) == "Còn hiệu lực"


def test_a_replaced_certificate_says_so(visitor, council, decision):
    certificate = db.session.scalars(select(Certificate).order_by(Certificate.id)).first()
    certificate.state = "replaced"
    db.session.commit()
    page = visitor.get(path_of(codes("certificate")[0]))
    assert page.one(".code-status").get_text(strip=True) == "Đã được cấp lại bản khác"


def follow_up(council, code, kind):
    """A later decision about the one of this case, numbered 12, not yet committed."""
    original = db.session.scalars(select(Decision).join(Case).where(Case.code == code)).one()
    case = council.case(council.draft(OURS_CODES[2:3]))
    later = db.session.scalars(select(Decision).where(Decision.case_id == case.id)).one()
    later.kind, later.original_id, later.number, later.symbol = kind, original.id, 12, "QĐ-UBND"
    later.year, later.dated_on = 2019, original.dated_on.replace(day=20)
    later.original = original
    return later


def test_the_public_key_proves_what_was_signed(visitor, settings, decision):
    answer = visitor.client.get("/verify/key.pem")
    assert answer.mimetype == "application/x-pem-file"
    publics = keys_in(answer.data)
    assert len(publics) == 1
    for row in codes() + codes("certificate"):
        kind = "decision" if row.decision_id else "certificate"
        assert is_proved(PaperCode(row.code, row.signature), kind, row.fields["signed"], publics)


def test_papers_of_an_old_key_stay_valid(visitor, settings, decision):
    old = codes()[0].key_id
    new = verification_key_of(settings.data_dir).rotate()
    assert new.id != old
    assert visitor.get(path_of(codes()[0])).one(".code-status").get_text(strip=True) == "Còn hiệu lực"
    assert len(keys_in(visitor.client.get("/verify/key.pem").data)) == 2


def test_paper_is_drawn_of_what_was_signed_whatever_changes_later(council, decision):
    kept = {
        paper.document_type: paper.facts
        for paper in db.session.scalars(select(Paper).where(Paper.facts.is_not(None)))
    }
    assert {key: value for key, value in kept["decision"].items() if key != "code"} == codes()[0].fields[
        "facts"
    ]
    assert [one["code"]["text"].replace("-", "") for one in kept["certificate"]["certificates"]] == [
        row.code for row in codes("certificate")
    ]


def test_the_number_of_statements_is_small(visitor, decision):
    path = path_of(codes()[0])
    assert len(statements(lambda: visitor.get(path))) <= 8
