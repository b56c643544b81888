"""Words typed into the tracking table: with marks or without, composed or not, names, units, codes and numbers."""

import unicodedata

import pytest
from sqlalchemy import select

from tests.offices import scene
from webapp.extensions import db
from webapp.models import Award, Case, Decision, FormEntry, Nomination, Submission, SubmissionLine
from webapp.queries.standing import standing_of
from webapp.queries.tracking import Order, tracking_rows
from webapp.queries.tracking_filters import Wanted
from workflows.values import local_day


def found(office, words):
    standing = standing_of(db.session(), office.person("secretary"), local_day(office.at))
    rows = tracking_rows(db.session(), standing, Wanted(q=words), office.at, Order(), 1)
    return [row.title for row in rows]


NAMES = ("Đỗ Thị Thưởng", "Lưu Ngọc Ơn", "Nguyễn Văn Đức", "Tô Thị Ái")


@scene
def named(office):
    """Four nominations with the letters đ, ơ, ư and all tones in their names."""
    office.open_campaign()
    return [office.nominate(nominee_name=name) for name in NAMES]


TYPED = [
    ("Đỗ Thị Thưởng", "Đỗ Thị Thưởng"),
    ("đỗ thị thưởng", "Đỗ Thị Thưởng"),
    ("do thi thuong", "Đỗ Thị Thưởng"),
    ("DO THI THUONG", "Đỗ Thị Thưởng"),
    ("  do   thi ", "Đỗ Thị Thưởng"),
    ("thưởng", "Đỗ Thị Thưởng"),
    ("thuơng", "Đỗ Thị Thưởng"),
    ("luu ngoc on", "Lưu Ngọc Ơn"),
    ("Lưu Ngoc Ơn", "Lưu Ngọc Ơn"),
    ("ngọc ơn", "Lưu Ngọc Ơn"),
    ("van duc", "Nguyễn Văn Đức"),
    ("van đuc", "Nguyễn Văn Đức"),
    ("to thi ai", "Tô Thị Ái"),
    ("tô thị á", "Tô Thị Ái"),
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_found_with_marks_and_without(office, named, form):
    """NFD is what some keyboards and most Macs send: the letter and its marks one by one."""
    asked = {typed: unicodedata.normalize(form, typed) for typed, _name in TYPED}
    assert {typed: found(office, sent) for typed, sent in asked.items()} == {
        typed: [name] for typed, name in TYPED
    }


def test_what_only_looks_alike_is_not_found(office, named):
    assert found(office, "do thi thuongg") == found(office, "%") == found(office, "_") == []


@scene
def numbered(office):
    """A nomination that came with a batch whose paper has a number, and stands in a decision with another."""
    office.open_campaign()
    first, _second = office.nominate(nominee_name="Có Số"), office.nominate(nominee_name="Không Số")
    session = db.session()
    nomination = session.scalar(
        select(Nomination).join(Case, Case.id == Nomination.case_id).where(Case.code == first)
    )
    carrier = session.scalar(select(Case).where(Case.process == "campaign"))
    batch = Submission(
        case_id=carrier.id,
        campaign_id=nomination.campaign_id,
        round_id=nomination.round_id,
        unit_id=carrier.unit_id,
        lines=[SubmissionLine(nomination=nomination, position=1)],
    )
    decision = Decision(
        case_id=carrier.id,
        unit_id=carrier.unit_id,
        title="Quyết định",
        number=2655,
        year=2019,
        symbol="QĐ-UBND",
    )
    signing = FormEntry(
        case_id=carrier.id,
        form="submission/sign_submission",
        data={"document_number": "52/TTr-PLĐTBXH"},
        digest="0" * 64,
        person_id=office.person("officer").id,
        submitted_at=office.at,
    )
    session.add_all([batch, decision, signing])
    session.flush()
    session.add(Award(decision_id=decision.id, nomination_id=nomination.id, position=1))
    session.commit()
    return carrier.code


NUMBERS = {
    "2655": ["Có Số"],
    "2655/2019": ["Có Số"],
    "2655/2018": [],
    "2655/QĐ-UBND": ["Có Số"],
    "2655/qd-ubnd": ["Có Số"],
    "2655 / qđ": ["Có Số"],
    "265": [],
    "52/TTr-PLĐTBXH": ["Có Số"],
    "52/ttr-pldtbxh": ["Có Số"],
    "52/": ["Có Số"],
    "2/TTr": [],
    "99999999999999999999": [],
}


def test_numbers_of_decisions_and_of_batches_are_found(office, numbered):
    assert {number: found(office, number) for number in NUMBERS} == NUMBERS
    assert found(office, numbered) == ["Có Số"], "the code of the batch"


@pytest.mark.parametrize("number", ["2655", "2655/2019", "2655/qđ-ubnd", "52/TTr-PLĐTBXH"])
def test_the_search_everywhere_knows_numbers_too(signed_in, numbered, number):
    page = signed_in("secretary").get(f"/search?q={number}")
    assert "Có Số" in page.one("section[aria-labelledby=found-nominations]").get_text()
    decisions = page.all("section[aria-labelledby=found-others] .row-link")
    assert bool(decisions) == number.startswith("2655")
