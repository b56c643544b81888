"""Decision and certificates: what they are made of, and what they say."""

import pytest
from sqlalchemy import select

from tests.offices import scene
from tests.sittings import OURS_CODES
from tests.webapp.documents.papers import needs_poppler, text
from tests.webapp.operations.procedures.reading import read
from webapp.documents import render
from webapp.documents.formats import by_kind
from webapp.extensions import db
from webapp.models import Award, Decision, Nominee, Unit
from webapp.queries.award_papers import decision_facts, fund_sentence
from webapp.queries.certificate_facts import certificate_facts, short_award
from webapp.queries.facts import head_of, letterhead, nominee, of_province, recipients, symbol_of

COUNCIL = "concluded"
pytestmark = needs_poppler


@scene
def decision(council):
    """A decision with its number, its legal bases typed."""
    code = council.draft(OURS_CODES[:2], legal_bases="- Căn cứ Luật A;\nCăn cứ Luật B.")
    council.sign(code)
    council.number(code, 9)
    return code


def test_decision_and_certificates_name_awardees_signer_and_numbers(council, decision):
    paper = read(decision, "decision")
    assert "Số: 09/QĐ-UBND" in paper
    assert "Căn cứ Luật A; Căn cứ Luật B; Căn cứ Kế hoạch ngày 02 tháng 12 năm 2019" in paper
    assert paper.count("Theo đề nghị của Trưởng phòng Nội vụ.") == 1
    assert "Tặng Giấy khen cho 01 tập thể, 01 cá nhân đã có thành tích" in paper
    assert "CHỦ TỊCH (Đã ký) Nguyễn Văn Chủ Tịch" in paper
    certificates = read(decision, "certificate")
    assert "Bà Nguyễn Thị Ượng" in certificates
    assert "Số vào sổ: 02" in certificates


def test_deputy_signs_in_the_place_of_the_chairman(council, decision):
    found = db.session.scalar(select(Decision))
    found.signer, found.signer_position = council.person("chair").public_id, None
    facts = decision_facts(db.session(), found)
    assert (facts["signature"]["lead"], facts["signature"]["position"]) == (["KT. Chủ tịch"], "Phó Chủ tịch")
    db.session.rollback()


def test_the_longest_achievement_stands_whole_on_the_certificate(council, decision):
    award = db.session.scalar(select(Award))
    award.nomination.achievement = "đã có thành tích xuất sắc trong phong trào thi đua " * 19
    facts = certificate_facts(db.session(), award.decision)
    said = text(render("certificate", facts).pdf)
    assert award.nomination.achievement.strip()[1:] in said
    db.session.rollback()


def test_certificate_is_of_the_type_of_its_award_and_level(council, decision):
    facts = certificate_facts(db.session(), db.session.scalar(select(Decision)))
    assert [each["type"] for each in facts["certificates"]] == ["merit_district"] * 2
    first = facts["certificates"][0]["printed"]
    assert (first["act"], first["award"], first["position"]) == ("Tặng", "Giấy khen", "Chủ tịch")
    assert first["decision"].startswith("Số quyết định: 09/QĐ-UBND\nngày ")


@pytest.mark.parametrize(("name", "salutation"), [("Lê Thị Na", "Bà"), ("Bà Lê Thị Na", None)])
def test_form_of_address_stands_once(name, salutation):
    row = Nominee(kind="individual", name=name, unit=Unit(name="xã An Cư"))
    assert nominee(row, {"honorific": "ms"})["salutation"] == salutation


@pytest.mark.parametrize(
    ("name", "honorific", "salutation"),
    [
        ("Chau Sóc Kim", "mr", "Hộ gia đình ông"),
        ("Chau Sóc Kim", "", "Hộ gia đình"),
        ("Hộ bà Nguyễn Thị Ượng", "ms", None),
    ],
)
def test_household_is_named_by_its_head(name, honorific, salutation):
    row = Nominee(kind="household", name="Cũ", unit=Unit(name="xã An Cư"))
    named = nominee(row, {"head_honorific": honorific, "name_on_paper": name})
    assert (named["salutation"], named["name"]) == (salutation, name)


def test_address_of_a_commune_does_not_name_it_again():
    commune = Unit(name="xã Văn Giáo", parent=Unit(name="huyện Tịnh Biên"))
    row = Nominee(
        kind="commune",
        name="Xã Văn Giáo",
        unit=commune,
        address="xã Văn Giáo, huyện Tịnh Biên, tỉnh An Giang",
    )
    assert nominee(row, {})["address"] == "huyện Tịnh Biên"


def test_paper_names_the_province_that_decides():
    province = Unit(name="tỉnh Ninh Bình", kind="committee")
    award = "Bằng khen của Chủ tịch Ủy ban nhân dân cấp tỉnh"
    assert of_province(award, Unit(name="huyện Nho Quan", parent=province)) == (
        "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình"
    )
    assert short_award(of_province(award, province)) == "Bằng khen"


@pytest.mark.parametrize(
    ("kind", "name", "symbol", "head"),
    [
        ("committee", "xã An Cư", "TTr-UBND", "Chủ tịch"),
        ("office", "Phòng Lao động – Thương binh và Xã hội huyện Tịnh Biên", "TTr-LĐTBXH", "Trưởng phòng"),
        ("office", "Sở Nội vụ", "TTr-NV", "Giám đốc"),
        ("mass_organisation", "Hội Nông dân huyện Tịnh Biên", "TTr-HND", "Chủ tịch"),
        ("front", "Ủy ban Mặt trận Tổ quốc Việt Nam huyện Tịnh Biên", "TTr-MTTQ", "Chủ tịch"),
    ],
)
def test_each_sort_of_unit_has_its_symbol_and_its_head(kind, name, symbol, head):
    unit = Unit(name=name, kind=kind, parent=Unit(name="huyện Tịnh Biên", kind="committee"))
    assert (symbol_of("TTr", unit), head_of(unit)) == (symbol, head)


def test_mass_organisation_does_not_stand_under_the_committee():
    above = Unit(name="huyện Tịnh Biên", kind="committee")
    organisation = Unit(name="Hội Nông dân huyện Tịnh Biên", kind="mass_organisation", parent=above)
    office = Unit(name="Phòng Nội vụ huyện Tịnh Biên", kind="office", parent=above)
    heads = [letterhead(unit, "TTr", None, None) for unit in (organisation, office)]
    assert [(head["parent"], head["body"]) for head in heads] == [
        (None, "Hội Nông dân huyện Tịnh Biên"),
        ("Ủy ban nhân dân huyện Tịnh Biên", "Phòng Nội vụ"),
    ]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Như Điều 3\nLưu: VT, PNV.", ["Như Điều 3", "Lưu: VT, PNV"]),
        ("- Như Điều 3; - Lưu: VT", ["Như Điều 3", "Lưu: VT"]),
        (None, ["Lưu: VT"]),
    ],
)
def test_archive_stands_last_as_it_was_typed(typed, written):
    assert recipients(typed) == written


def test_decision_cites_its_plan_and_says_where_the_money_comes_from(council):
    council.draft(OURS_CODES[:2])
    facts = decision_facts(db.session(), db.session.scalar(select(Decision)))
    assert any(base.startswith("Căn cứ Kế hoạch ngày 02 tháng 12 năm 2019") for base in facts["bases"])
    assert facts["fund"] == "Kinh phí trích từ Quỹ thi đua, khen thưởng của huyện"
    assert fund_sentence("Quỹ thi đua của huyện") == "Nguồn chi: Quỹ thi đua của huyện"
    assert facts["acts"] == [{"act": "Tặng Giấy khen", "award": "Giấy khen"}]


def test_register_runs_like_the_annex(council, decision):
    found = db.session.scalar(select(Decision))
    listed = [
        line["nominee"]["name"]
        for group in decision_facts(db.session(), found)["groups"]
        for _kind, lines in by_kind(group["lines"])
        for line in lines
    ]
    assert listed == [award.nomination.case.title for award in found.awards]
    assert [award.register_number for award in found.awards] == [1, 2]


def test_certificates_are_signed_by_hand(council, decision):
    assert "(Đã ký)" not in read(decision, "certificate")
