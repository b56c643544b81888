"""Award history and quota board through the API: what the pages show, for those who may see it."""

import pytest

from tests.factories import CAMPAIGN, ROUND
from tests.people import AN_CU, AN_PHU, TINH_BIEN
from webapp.extensions import db
from webapp.operations.award_history import import_awards
from webapp.queries.award_history import NewRecord
from webapp.queries.units import unit_by_code

QUOTAS = f"/campaigns/{CAMPAIGN}/rounds/{ROUND}/quotas"


def record(name, unit, year):
    return NewRecord(
        kind="individual",
        name=name,
        unit_id=unit_by_code(db.session(), unit).id,
        award="certificate_of_merit",
        award_name="Giấy khen",
        year=year,
        movement="regular",
        birth_year=1980,
        identity="0" * 64,
        decision_number="12/QĐ-UBND",
    )


@pytest.fixture
def kept(office):
    """Three awards of two communes are on record."""
    rows = [
        record("Lê Văn Đậu", AN_CU, 2017),
        record("Lê Văn Đậu", AN_CU, 2018),
        record("Chau Sóc", AN_PHU, 2018),
    ]
    import_awards(TINH_BIEN, "a.xlsx", "0" * 64, rows, actor=office.actor("specialist"), now=office.now)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [("Chau Sóc", 2018), ("Lê Văn Đậu", 2018), ("Lê Văn Đậu", 2017)]),
        ({"q": "le van dau"}, [("Lê Văn Đậu", 2018), ("Lê Văn Đậu", 2017)]),
        ({"year": 2018, "award": "certificate_of_merit"}, [("Chau Sóc", 2018), ("Lê Văn Đậu", 2018)]),
        ({"award": "nothing"}, []),
    ],
)
def test_the_history_is_listed_and_narrowed(program, kept, asked, found):
    told = program("specialist").get("/awards/history", **asked)
    assert [(each["name"], each["year"]) for each in told["items"]] == found
    assert told["total"] == len(found)


def test_a_record_says_where_it_comes_from_and_no_identity_number(program, kept):
    [told] = program("specialist").get("/awards/history", q="chau soc")["items"]
    assert (told["unit"], told["from_list"], told["decision_number"]) == (AN_PHU, True, "12/QĐ-UBND")
    assert "identity" not in told


def test_a_commune_reads_its_own_history_only(program, kept):
    told = program("officer").get("/awards/history")
    assert {each["unit"] for each in told["items"]} == {AN_CU}
    program("registrant").get("/awards/history", status=403)


def test_the_quota_board_of_a_round(program, office):
    codes = [office.nominate(nominee_name=name, strand="can-bo-giam-ngheo") for name in ("An", "Bình")]
    for code in codes:
        office.do("officer", "prepare_on_behalf", code, name_on_paper=office.case(code).title)
    board = program("secretary").get(QUOTAS)
    [line] = [each for each in board["lines"] if each["handed_in"]]
    numbers = ("handed_in", "refused", "proposed", "eligible", "passed", "used", "at_most", "left")
    assert [line[name] for name in numbers] == [2, 0, 2, 0, 0, 0, 6, 6]
    assert {each["mark"] for each in board["conditions"]} <= {"verified", "unverified"}
    program("secretary").get(QUOTAS.replace(ROUND, "nothing"), status=404)
    program("stranger").get(QUOTAS, status=403)
