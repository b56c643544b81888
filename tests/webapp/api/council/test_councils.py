"""Councils: members, rules drafted, decided and tried out."""

import pytest
from sqlalchemy import select

from tests.people import TINH_BIEN
from tests.proven import faults
from tests.webapp.api.council.sheets import KEY, notes
from webapp.models import VoteProfileVersion

COUNCIL = "waiting"
HERE = f"/councils/{TINH_BIEN}"
EIGHTY = {
    "unit": TINH_BIEN,
    "rule": "eighty_percent",
    "ballot": "open",
    "quota": "cuts",
    "quota_tie": "second_ballot",
    "from_date": "2019-12-01",
    "citation": "Quy chế số 05/QC",
}
MEASURED = {
    **EIGHTY,
    "rule": "custom",
    "name": "Từ hai phần ba số có mặt",
    "quorum": "2/3",
    "quorum_base": "all",
    "threshold": "2/3",
    "comparison": "at_least",
    "base": "present",
    "rounding": "exact",
    "chair_yes_required": False,
    "written_opinions": True,
    "recused_in_base": True,
    "abstentions": "in_base",
    "invalid": "in_base",
    "blank": "invalid",
    "tie": "not_passed",
}


def statuses(council):
    return council.read(select(VoteProfileVersion.status).order_by(VoteProfileVersion.id))


def drafted(program, **changes):
    return program("secretary").post("/councils/rules", {**EIGHTY, **changes}, status=201)["id"]


def test_lists_the_councils_of_the_own_units(program):
    line = {"unit": {"code": TINH_BIEN, "name": "huyện Tịnh Biên"}, "members": 4, "drafts": 0}
    assert program("member1").get("/councils")["items"] == [line | {"name": "Hội đồng TĐKT huyện Tịnh Biên"}]
    drafted(program)
    assert program("authority").get("/councils")["items"][0]["drafts"] == 1
    assert program("province_specialist").get("/councils")["items"] == []
    program("officer").get("/councils", status=403)


def test_shows_members_with_seats_and_terms_and_the_rule_that_holds(program):
    council = program("auditor").get(HERE)
    assert [(each["name"], each["seat"], each["from_date"]) for each in council["members"]] == [
        ("Nguyễn Văn Chủ Tịch", "chair", "2018-01-01"),
        ("Lý Thị Thường Trực", "standing_deputy", "2018-01-01"),
        ("Đinh Văn Một", "member", "2018-01-01"),
        ("Tạ Thị Hai", "member", "2018-01-01"),
    ]
    assert (council["usual"]["rule"]["threshold"], council["rules"]) == ("1/2", [])


def test_a_council_of_others_is_not_found(program):
    program("province_specialist").get(HERE, status=404)
    program("secretary").get("/councils/an-giang/none", status=404)


def test_a_rule_is_drafted_approved_and_holds(program, council):
    secretary, authority = program("secretary"), program("authority")
    form = secretary.get("/councils/rule-form")["schema"]
    assert "eighty_percent" in [each["const"] for each in form["properties"]["rule"]["oneOf"]]
    rule = secretary.post("/councils/rules", EIGHTY, status=201)["id"]
    [version] = authority.get(HERE)["rules"]
    assert (version["id"], version["status"], version["in_force"]) == (rule, "draft", False)
    authority.post(f"/councils/rules/{rule}/approve", status=204)
    shown = program("member1").get(HERE)
    assert (shown["usual"]["rule"]["threshold"], shown["rules"][0]["in_force"]) == ("4/5", True)
    assert shown["rules"][0]["decided_by"] == "Nguyễn Văn Chủ Tịch"
    assert faults() == []


def test_a_rule_made_to_measure_keeps_all_its_parts(program):
    rule = program("secretary").post("/councils/rules", MEASURED, status=201)["id"]
    program("authority").post(f"/councils/rules/{rule}/approve", status=204)
    kept = program("secretary").get(HERE)["usual"]
    assert (kept["name"], kept["rule"]["base"], kept["rule"]["written_opinions"]) == (
        "Từ hai phần ba số có mặt",
        "present",
        True,
    )


@pytest.mark.parametrize(
    ("changes", "place", "code"),
    [
        ({"threshold": "3/2"}, "/threshold", "not_a_share"),
        ({"threshold": "0,8"}, "/threshold", "malformed"),
        ({"threshold": "1/1", "comparison": "more_than"}, "/comparison", "never_reached"),
        ({"citation": ""}, "/citation", "required"),
        ({"from_date": "2019-12-10", "to_date": "2019-12-09"}, "/to_date", "before_beginning"),
        ({"surprise": 1}, "/surprise", "extra"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_kept(program, council, changes, place, code):
    problem = program("secretary").post("/councils/rules", {**MEASURED, **changes}, status=422)
    assert (place, code) in [(each["pointer"], each["code"]) for each in problem["errors"]]
    assert statuses(council) == []


def test_a_draft_is_decided_once_and_by_the_chairman_only(program, council):
    rule = drafted(program)
    for username in ("secretary", "chair", "member1", "officer"):
        program(username).post(f"/councils/rules/{rule}/approve", status=403)
    program("authority").post(f"/councils/rules/{rule}/discard", status=204)
    problem = program("authority").post(f"/councils/rules/{rule}/approve", status=409)
    assert (problem["code"], statuses(council)) == ("profile_decided", ["discarded"])
    program("authority").post("/councils/rules/none/approve", status=404)


def test_only_the_secretary_drafts_and_for_a_council_that_is(program, council):
    program("chair").post("/councils/rules", EIGHTY, status=403)
    program("member1").post("/councils/rules", EIGHTY, status=403)
    program("secretary").post("/councils/rules", {**EIGHTY, "unit": "an-giang/none"}, status=404)
    program("secretary").post("/councils/rules", {"rule": "eighty_percent"}, status=422)
    assert statuses(council) == []


def test_drafting_and_deciding_again_under_their_keys_do_nothing_more(program, council):
    secretary, authority = program("secretary"), program("authority")
    first, second = (
        secretary.post("/councils/rules", EIGHTY, status=201, headers=KEY)["id"] for _each in range(2)
    )
    assert (first, statuses(council)) == (second, ["draft"])
    for _each in range(2):
        authority.post(f"/councils/rules/{first}/approve", status=204, headers=KEY)
    problem = authority.post(f"/councils/rules/{first}/discard", status=422, headers=KEY)
    assert (problem["code"], notes()) == ("key_reused", 2)


def test_tries_a_rule_out_and_keeps_nothing(program, council):
    member = program("member1")
    assert "agree" in member.get("/councils/what-if")["schema"]["properties"]
    numbers = {"rule": "eighty_percent", "members": 25, "present": 25, "agree": 21, "disagree": 4}
    outcome = member.post("/councils/what-if", numbers)["outcome"]
    told = ("result", "reason", "agree", "base", "needed", "margin", "share", "quorate")
    assert [outcome[name] for name in told] == ["passed", "threshold", 21, 25, 20, 1, 0.84, True]
    problem = member.post("/councils/what-if", {**numbers, "agree": 30}, status=422)
    assert problem["errors"][0]["pointer"] == "/agree"
    program("officer").post("/councils/what-if", numbers, status=403)
    assert statuses(council) == []
