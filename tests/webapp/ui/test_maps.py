"""Maps of communes: north is up, names stand free, who has no place is named."""

import pytest

from webapp.queries.exemplar_areas import Commune
from webapp.ui.maps import LETTER, LINE, WIDTH, Mark, commune_map
from workflows.units import SHIPPED_UNITS, parse_units


def communes(district):
    province = (SHIPPED_UNITS / f"{district.split('/')[0]}.yaml").read_text("utf-8")
    return [
        Commune(unit.code, unit.name, unit.place.lat, unit.place.lon)
        for unit in parse_units(province)
        if unit.place is not None and unit.code.startswith(f"{district}/")
    ]


def box(mark: Mark):
    wide = len(mark.name) * LETTER
    left = mark.text_x - {"middle": wide / 2, "start": 0, "end": wide}[mark.anchor]
    return left, mark.text_y - LINE + 3, left + wide, mark.text_y + 3


@pytest.mark.parametrize(
    ("district", "count"),
    [("binh-phuoc/bu-gia-map", 8), ("an-giang/tinh-bien", 14), ("soc-trang/chau-thanh", 8)],
)
def test_the_communes_of_a_district_stand_where_they_lie(district, count):
    drawn = commune_map(communes(district))
    assert drawn is not None
    assert len(drawn.marks) == count
    northern = sorted(drawn.marks, key=lambda mark: -mark.commune.latitude)
    assert [mark.y for mark in northern] == sorted(mark.y for mark in drawn.marks)
    assert all(0 <= mark.x <= WIDTH and 0 <= mark.y <= drawn.height for mark in drawn.marks)


@pytest.mark.parametrize("district", ["binh-phuoc/bu-gia-map", "an-giang/tinh-bien", "soc-trang/chau-thanh"])
def test_no_name_lies_on_another(district):
    boxes = [box(mark) for mark in commune_map(communes(district)).marks]
    laid_over = [
        (one, other)
        for index, one in enumerate(boxes)
        for other in boxes[:index]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]
    assert laid_over == []


def test_one_place_is_no_map_and_missing_places_are_named():
    placed = communes("binh-phuoc/bu-gia-map")[:2]
    nowhere = Commune("x/y/z", "xã Mới", None, None)
    assert commune_map([placed[0], nowhere]) is None
    assert commune_map([*placed, nowhere]).missing == ("xã Mới",)
