"""Nominations: list, read, create."""

import pytest
from sqlalchemy import func, select

from tests.factories import CAMPAIGN, ROUND, STRAND
from tests.people import AN_CU, AN_PHU, POLICE
from webapp.models import Nomination
from webapp.operations.interventions import freeze_case


def form(**changes):
    whole = {
        "campaign": CAMPAIGN,
        "round": ROUND,
        "strand": STRAND,
        "nominee_kind": "individual",
        "nominee_name": "Nguyễn Thị Lành",
        "submitting_unit": AN_CU,
        "proposed_award": "certificate_of_merit",
        "filled_by": "officer",
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def count(office):
    [found] = office.read(select(func.count()).select_from(Nomination))
    return found


def test_creates_a_nomination_as_the_page_does(program, office):
    officer = program("officer")
    code = officer.post("/nominations", form(), status=201)["code"]
    assert office.case(code).title == "Nguyễn Thị Lành"
    nomination = officer.get(f"/nominations/{code}")
    assert (nomination["kind"], nomination["route"], nomination["award"]) == (
        "individual",
        "commune",
        "certificate_of_merit",
    )
    assert nomination["unit"] == {"code": AN_CU, "name": "xã An Cư"}
    [task] = nomination["tasks"]
    assert (task["element"], task["mine"]) == ("prepare_on_behalf", True)


def test_a_repetition_under_its_key_creates_one(program, office):
    officer, key = program("officer"), {"Idempotency-Key": "ho-so-1"}
    first, second = (officer.post("/nominations", form(), status=201, headers=key) for _each in range(2))
    assert first == second
    assert count(office) == 1


def test_texts_are_stored_in_composed_letters(program, office):
    decomposed = "Nguye\u0302\u0303n Thi\u0323 La\u0300nh\u0000"
    code = program("officer").post("/nominations", form(nominee_name=decomposed), status=201)["code"]
    assert office.case(code).title == "Nguyễn Thị Lành"


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"campaign": None}, "/campaign", "malformed"),
        ({"campaign": 7}, "/campaign", "malformed"),
        ({"campaign": "none"}, "/campaign", "not_a_choice"),
        ({"round": "nam-1999"}, "/round", "not_a_choice"),
        ({"strand": None}, "/strand", "required"),
        ({"nominee_kind": "enterprise"}, "/nominee_kind", "not_in_strand"),
        ({"submitting_unit": AN_PHU}, "/submitting_unit", "not_a_choice"),
        ({"nominee_name": "  "}, "/nominee_name", "required"),
        ({"filled_by": "registrant"}, "/filled_by", "not_a_choice"),
        ({"extra": True}, "/extra", "extra"),
    ],
)
def test_a_faulty_form_creates_nothing(program, office, change, pointer, code):
    problem = program("officer").post("/nominations", form(**change), status=422)
    assert [(error["pointer"], error["code"]) for error in problem["errors"]] == [(pointer, code)]
    assert count(office) == 0


def test_whoever_opens_no_nomination_is_refused_and_that_is_noted(program, office):
    problem = program("secretary").post("/nominations", form(), status=403)
    assert problem["code"] == "forbidden"
    assert [event.fields["path"] for event in office.access("act_refused")] == ["/api/v1/nominations"]


def test_lists_and_finds_without_diacritics(program, office):
    office.nominate(nominee_name="Nguyễn Thị Lành")
    office.nominate(nominee_name="Trần Văn Hiền")
    officer = program("officer")
    assert {line["name"] for line in officer.get("/nominations")["items"]} == {
        "Nguyễn Thị Lành",
        "Trần Văn Hiền",
    }
    assert [line["name"] for line in officer.get("/nominations", q="lanh")["items"]] == ["Nguyễn Thị Lành"]
    assert officer.get("/nominations", sort="-name")["items"][0]["name"] == "Trần Văn Hiền"


def test_a_line_says_where_it_stands(program, office):
    code = office.nominate()
    [line] = program("specialist").get("/nominations", campaign=CAMPAIGN, round=ROUND)["items"]
    assert line["code"] == code
    assert line["unit"] == {"code": AN_CU, "name": "xã An Cư"}
    assert line["strand"]["code"] == STRAND
    assert (line["state"], line["role"], line["holder"], line["others"]) == ("active", "officer", None, 0)


def test_filters_narrow(program, office):
    code = office.nominate()
    office.nominate("other_officer", submitting_unit=AN_PHU, nominee_name="Người An Phú")
    freeze_case(code, "Có đơn", actor=office.actor("specialist"), now=office.now)
    specialist = program("specialist")
    for query, total in (
        ({}, 2),
        ({"unit": AN_CU}, 1),
        ({"only": "frozen"}, 1),
        ({"only": "overdue"}, 0),
        ({"phase": "draft"}, 2),
        ({"phase": "council"}, 0),
        ({"kind": ["individual", "household"]}, 2),
        ({"kind": "household"}, 0),
        ({"holder": "role:officer"}, 2),
        ({"holder": "me"}, 0),
        ({"strand": STRAND, "q": "an phu"}, 1),
    ):
        assert specialist.get("/nominations", **query)["total"] == total, query


@pytest.mark.parametrize(
    "query", [{"sort": "x"}, {"phase": "x"}, {"kind": "x"}, {"holder": "x"}, {"only": "x"}]
)
def test_an_unknown_filter_is_refused(program, query):
    program("specialist").get("/nominations", status=422, **query)


def test_nobody_sees_nominations_of_another_unit(program, office):
    code = office.nominate()
    assert program("other_officer").get("/nominations")["total"] == 0
    program("other_officer").get(f"/nominations/{code}", status=404)
    program("stranger").get("/nominations", status=403)


def test_only_nominations_are_nominations(program, office):
    code = office.register()
    program("officer").get(f"/nominations/{code}", status=404)


def test_that_an_auditor_reads_a_dossier_is_noted(program, office):
    code = office.nominate()
    program("auditor").get(f"/nominations/{code}")
    assert [event.fields["case"] for event in office.access("dossier_read")] == [code]


def test_a_specialist_of_the_organiser_may_nominate_for_any_unit(program):
    specialist = program("specialist")
    code = specialist.post("/nominations", form(submitting_unit=POLICE), status=201)["code"]
    assert specialist.get(f"/nominations/{code}")["unit"]["code"] == POLICE
