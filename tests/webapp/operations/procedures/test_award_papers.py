"""Decision and certificates: what they are made of, and what they say."""

import pytest
from sqlalchemy import select

from tests.offices import scene
from tests.sittings import OURS_CODES
from tests.webapp.documents.papers import needs_poppler
from tests.webapp.operations.procedures.reading import read
from webapp.extensions import db
from webapp.models import Award, Decision, Nominee, Unit
from webapp.queries.award_papers import certificate_facts, decision_facts
from webapp.queries.facts import nominee

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
    assert "Căn cứ Luật A; Căn cứ Luật B." in paper
    assert "Tặng Giấy khen cho 01 tập thể, 01 cá nhân đã có thành tích" in paper
    assert "CHỦ TỊCH (Đã ký) Nguyễn Văn Chủ Tịch" in paper
    certificates = read(decision, "certificate")
    assert "Bà Nguyễn Thị Ượng" in certificates
    assert "Số vào sổ: 02" in certificates


def test_deputy_signs_in_the_place_of_the_chairman(council, decision):
    found = db.session.scalar(select(Decision))
    found.signer = council.person("chair").public_id
    facts = decision_facts(db.session(), found)
    assert (facts["signature"]["lead"], facts["signature"]["position"]) == (["KT. Chủ tịch"], "Phó Chủ tịch")
    db.session.rollback()


def test_long_achievement_is_cut_at_a_word(council, decision):
    award = db.session.scalar(select(Award))
    award.nomination.achievement = "thành tích " * 60
    [first, *_] = certificate_facts(db.session(), award.decision)["certificates"]
    assert first["achievement"].endswith("thành tích…")
    assert len(first["achievement"]) <= 400
    db.session.rollback()


@pytest.mark.parametrize(("name", "salutation"), [("Lê Thị Na", "Bà"), ("Bà Lê Thị Na", None)])
def test_form_of_address_stands_once(name, salutation):
    row = Nominee(kind="individual", name=name, unit=Unit(name="xã An Cư"))
    assert nominee(row, {"honorific": "ms"})["salutation"] == salutation
