"""Campaigns: list, read, open a case in one."""

import io

import pytest

from tests.factories import CAMPAIGN, LONG_AGO, ROUND, STRAND
from tests.introducing import photograph
from tests.people import AN_CU, AN_PHU, PROVINCE, TINH_BIEN
from webapp.operations import imports
from webapp.operations.acting import SYSTEM
from webapp.operations.people import give_role
from workflows.plan import SHIPPED_PLANS

PLANNED = "tinh-bien-gia-dinh-2020"
OPENING = {
    "registration_opens": "2019-12-02",
    "registration_closes": "2019-12-30",
    "addressed_units": [AN_CU],
    "acknowledge_by": "2019-12-10",
}


def registration(**changes):
    return {
        "strand": STRAND,
        "nominee_kind": "individual",
        "nominee_name": "Nguyễn Thị Lành",
        "submitting_unit": AN_CU,
        "filled_by": "officer",
        **changes,
    }


@pytest.fixture
def stranger_as(office):
    """Gives the person without a role one."""

    def give(role, unit):
        person = office.person("stranger").public_id
        give_role(person, role, unit, LONG_AGO, actor=SYSTEM, now=office.now)

    return give


def test_lists_what_one_may_know_of(program, office):
    imports.import_plan((SHIPPED_PLANS / f"{PLANNED}.yaml").read_text("utf-8"), actor=SYSTEM, now=office.now)
    states = {each["code"]: each["state"] for each in program("secretary").get("/campaigns")["items"]}
    assert states == {CAMPAIGN: "active", PLANNED: None}
    [running] = program("officer").get("/campaigns", q="vi nguoi ngheo", state="running")["items"]
    assert (running["state"], running["registration"]) == ("active", "open")
    assert program("officer").get("/campaigns", state="ended")["total"] == 0


def test_whoever_holds_no_role_sees_none(program):
    program("stranger").get("/campaigns", status=403)


def test_shows_strands_rounds_and_ceilings(program, office):
    office.nominate()
    campaign = program("officer").get(f"/campaigns/{CAMPAIGN}")
    assert office.case(campaign["instance"]).process == "campaign"
    assert campaign["unit"] == {"code": TINH_BIEN, "name": "huyện Tịnh Biên"}
    assert campaign["chain"] == ["commune", "district"]
    assert "individual" in next(each["kinds"] for each in campaign["strands"] if each["code"] == STRAND)
    rounds = {each["code"]: each for each in campaign["rounds"]}
    assert (rounds[ROUND]["state"], rounds["cuoi-giai-doan-2020"]["state"]) == ("open", "planned")
    used = [each for each in rounds[ROUND]["ceilings"] if each["pending"]]
    assert [(each["strand"], each["pending"], each["awarded"]) for each in used] == [(STRAND, 1, 0)]
    answered = {each["code"]: each["response"] for each in campaign["units"]}
    assert answered == {AN_CU: "acknowledged", AN_PHU: "acknowledged"}


def test_an_unknown_campaign_and_a_hidden_one_are_not_found(program, office, stranger_as):
    program("secretary").get("/campaigns/none", status=404)
    stranger_as("officer", PROVINCE)
    program("stranger").get(f"/campaigns/{CAMPAIGN}", status=404)
    program("stranger").post(f"/campaigns/{CAMPAIGN}/registration", registration(), status=404)


def test_a_start_form_has_the_choices_of_whoever_asks(program, office):
    form = program("officer").get(f"/campaigns/{CAMPAIGN}/registration")
    assert form["schema"]["properties"]["submitting_unit"]["oneOf"] == [{"const": AN_CU, "title": "xã An Cư"}]
    kinds = form["schema"]["properties"]["nominee_kind"]["oneOf"]
    assert {"const": "individual", "title": "Cá nhân"} in kinds


def test_only_what_is_a_procedure_is_opened(program, office):
    for process in ("launch", "nothing"):
        program("officer").get(f"/campaigns/{CAMPAIGN}/{process}", status=404)
        program("officer").post(f"/campaigns/{CAMPAIGN}/{process}", {}, status=404)


def test_opens_a_registration_once_under_its_key(program, office):
    officer, key = program("officer"), {"Idempotency-Key": "dk-1"}
    path = f"/campaigns/{CAMPAIGN}/registration"
    codes = {officer.post(path, registration(), status=201, headers=key)["code"] for _each in range(2)}
    assert len(codes) == 1
    problem = officer.post(path, registration(nominee_name="Khác"), status=422, headers=key)
    assert problem["code"] == "key_reused"


def test_what_the_state_does_not_allow_is_a_conflict(program, office):
    problem = program("secretary").post(f"/campaigns/{CAMPAIGN}/campaign", OPENING, status=409)
    assert problem["code"] == "campaign_already_open"


@pytest.mark.parametrize(
    ("role", "unit", "process"),
    [
        ("secretary", PROVINCE, "campaign"),
        ("secretary", AN_CU, "council_vote"),
        ("specialist", PROVINCE, "award_issuance"),
        ("specialist", AN_CU, "nomination"),
        ("commune_chair", AN_CU, "registration"),
        ("registrant", AN_CU, "submission"),
    ],
)
def test_a_role_elsewhere_opens_nothing(program, office, stranger_as, role, unit, process):
    stranger_as(role, unit)
    program("stranger").get(f"/campaigns/{CAMPAIGN}/{process}", status=403)
    program("stranger").post(f"/campaigns/{CAMPAIGN}/{process}", {}, status=403)


def test_a_picture_waits_for_the_form_that_opens_a_case(program):
    registrant = program("registrant")
    path = f"/campaigns/{CAMPAIGN}/exemplar"

    def upload(name, content, status):
        file = {"file": (io.BytesIO(content), name)}
        return registrant.post(f"{path}/papers", status=status, data=file, query_string={"kind": "picture"})

    picture = upload("dan-bo.jpg", photograph(size=(60, 30)), 201)["id"]
    form = {
        "exemplar_kind": "model",
        "exemplar_name": "Tổ nuôi bò",
        "submitting_unit": AN_CU,
        "story": "Mười hộ góp vốn.",
        "pictures": [{"picture": picture, "description": "Đàn bò"}],
    }
    registrant.get(f"/papers/{picture}", status=404)
    code = registrant.post(path, form, status=201)["code"]
    assert registrant.get(f"/instances/{code}")["code"] == code
    assert registrant.post(path, form, status=422)["errors"][0]["code"] == "paper_unknown"
    assert upload("a.jpg", b"", 422)["errors"][0]["code"] == "paper_empty"
