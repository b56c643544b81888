"""Units: the demo's real places are there, and a faulty register is named by line."""

import pytest

from workflows.plan import SHIPPED_PLANS, parse_plan
from workflows.units import SHIPPED_UNITS, Unit, UnitFaults, manages_below, parse_units, standing_level

UNITS = [
    unit for file in sorted(SHIPPED_UNITS.glob("*.yaml")) for unit in parse_units(file.read_text("utf-8"))
]
REGISTER = {unit.code: unit for unit in UNITS}
SMALL = """\
units:
  - code: tinh
    name: tỉnh A
    level: province
    kind: committee
    units:
      - code: huyen
        name: huyện B
        level: district
        kind: committee
"""


PLACES = {
    ("an-giang/tinh-bien", "commune"): "thị trấn Nhà Bàng, thị trấn Chi Lăng, thị trấn Tịnh Biên, xã An Cư, "
    "xã An Hảo, xã An Nông, xã An Phú, xã Nhơn Hưng, xã Núi Voi, xã Tân Lập, xã Tân Lợi, xã Thới Sơn, "
    "xã Văn Giáo, xã Vĩnh Trung",
    ("soc-trang/chau-thanh", "commune"): "thị trấn Châu Thành, xã An Hiệp, xã An Ninh, xã Hồ Đắc Kiện, "
    "xã Phú Tâm, xã Phú Tân, xã Thiện Mỹ, xã Thuận Hòa",
    ("binh-phuoc/bu-gia-map", "commune"): "xã Phú Nghĩa, xã Đak Ơ, xã Bù Gia Mập, xã Đức Hạnh, xã Phú Văn, "
    "xã Đa Kia, xã Phước Minh, xã Bình Thắng",
    ("ninh-binh", "district"): "thành phố Ninh Bình, thành phố Tam Điệp, huyện Nho Quan, huyện Gia Viễn, "
    "huyện Hoa Lư, huyện Yên Mô, huyện Kim Sơn, huyện Yên Khánh",
}


@pytest.mark.parametrize(("parent", "level"), PLACES)
def test_the_places_of_the_five_plans(parent: str, level: str) -> None:
    names = [u.name for u in UNITS if (u.parent, u.level, u.kind) == (parent, level, "committee")]
    assert ", ".join(names) == PLACES[parent, level]


@pytest.mark.parametrize(
    "place", ["an-giang/tinh-bien", "soc-trang/chau-thanh", "binh-phuoc/bu-gia-map", "ninh-binh"]
)
def test_each_place_has_offices_front_organisations_hamlets_and_an_economy(place: str) -> None:
    kinds = {unit.kind for unit in UNITS if unit.code.startswith(f"{place}/")}
    assert kinds >= {"office", "front", "mass_organisation", "hamlet", "enterprise", "co_operative", "party"}


def test_codes_and_names_are_unique_and_every_parent_comes_first() -> None:
    assert len(REGISTER) == len(UNITS) == len({unit.name for unit in UNITS})
    seen: set[str | None] = {None}
    for unit in UNITS:
        assert unit.parent in seen
        seen.add(unit.code)


def test_made_up_units_are_marked() -> None:
    made_up = {"hamlet", "enterprise", "co_operative", "cluster", "block"}
    assert {unit.kind for unit in UNITS if unit.fictitious} == made_up
    assert all(unit.fictitious for unit in UNITS if unit.kind in made_up)


def test_every_unit_the_plans_name_is_in_the_register() -> None:
    for file in SHIPPED_PLANS.glob("*.yaml"):
        assert parse_plan(file.read_text("utf-8"), REGISTER).addressed_units


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("an-giang/tinh-bien/an-cu", "commune"),
        ("an-giang/tinh-bien/an-cu/ap-1", "commune"),
        ("an-giang/tinh-bien/phong-noi-vu", "district"),
        ("an-giang/tinh-bien/doanh-nghiep-1", "district"),
        ("ninh-binh/so-noi-vu", "province"),
    ],
)
def test_a_unit_stands_at_a_level_of_government(code: str, level: str) -> None:
    assert standing_level(REGISTER[code], REGISTER) == level


def test_a_unit_without_a_place_stands_nowhere() -> None:
    with pytest.raises(KeyError):
        standing_level(Unit("x", "X", "unit", "enterprise"), REGISTER)


@pytest.mark.parametrize(
    ("good", "bad", "line", "said"),
    [
        ("        level: district", "        level: province\n        x: 1", 10, "“x” is not a field"),
        ("code: huyen", "code: Huyện", 7, "Write it like this: an-cu"),
        ("kind: committee\n    units", "kind: council\n    units", 5, "Write one of: committee"),
        (
            "level: province",
            "level: commune",
            4,
            "A unit of level “commune” cannot stand below one of level “–”",
        ),
        (
            "  - code: tinh\n",
            "  - {code: tinh, name: C, level: province, kind: front}\n  - code: tinh\n",
            3,
            "“tinh” is given twice below the same unit.",
        ),
        (SMALL, "units: [", 1, "not readable YAML"),
    ],
)
def test_a_fault_names_its_line_and_a_remedy(good: str, bad: str, line: int, said: str) -> None:
    with pytest.raises(UnitFaults) as caught:
        parse_units(SMALL.replace(good, bad, 1))
    assert [f for f in caught.value.faults if f.line == line and said in f.sentence()], str(caught.value)


BODIES = """
        cadre_body: {named}
        units:
          - {code: ban, name: Ban Tổ chức Huyện ủy B, level: district, kind: party}
      - {code: huyen-c, name: huyện C, level: district, kind: committee}
"""


@pytest.mark.parametrize(
    ("named", "faults"),
    [("tinh/huyen/ban", 0), ("tinh/huyen", 1), ("tinh/huyen-c", 1), ("tinh/huyen-c/ban", 1)],
)
def test_a_unit_names_a_party_body_of_its_own_place_or_one_above(named: str, faults: int) -> None:
    text = SMALL.rstrip() + BODIES.replace("{named}", named)
    if faults:
        with pytest.raises(UnitFaults) as caught:
            parse_units(text)
        assert [f.path for f in caught.value.faults] == [("units", 0, "units", 0, "cadre_body")]
        assert "no party body" in caught.value.faults[0].sentence()
    else:
        assert {unit.code: unit.cadre_body for unit in parse_units(text) if unit.cadre_body} == {
            "tinh/huyen": "tinh/huyen/ban"
        }


@pytest.mark.parametrize(
    ("unit", "manages"),
    [("a/b", True), ("a/b/c", True), ("a/b/c/d", True), ("a", False), ("a/bc", False), ("a/b/p", False)],
)
def test_where_a_party_body_manages_cadres(unit: str, manages: bool) -> None:
    assert manages_below("a/b/p", unit) == manages


def test_a_small_register_is_read() -> None:
    assert [unit.code for unit in parse_units(SMALL)] == ["tinh", "tinh/huyen"]
