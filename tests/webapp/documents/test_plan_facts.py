"""What a plan says becomes the wording of its paper: bases, targets, periods, ceilings, recipients."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Literal

import pytest

from webapp.models import Unit
from webapp.queries import plan_sections, plan_stations
from webapp.queries.plan_recipients import in_order, recipients_of
from workflows.plan import SHIPPED_PLANS, Plan, Reference, Target, parse_plan


def shipped(code: str) -> Plan:
    return parse_plan((SHIPPED_PLANS / f"{code}.yaml").read_text("utf-8"))


TINH_BIEN = shipped("tinh-bien-vi-nguoi-ngheo-2020")
DISTRICT = "Ủy ban nhân dân huyện Tịnh Biên"


@pytest.mark.parametrize(
    ("reference", "base"),
    [
        (
            TINH_BIEN.references[0],
            "Căn cứ Kế hoạch số 597/KH-UBND ngày 20/10/2017 của Ủy ban nhân dân tỉnh An Giang",
        ),
        (
            Reference("plan", "Phong trào thi đua “Sạch đẹp”", DISTRICT, "85/KH-UBND", dt.date(2024, 5, 3)),
            f"Căn cứ Kế hoạch số 85/KH-UBND ngày 03/05/2024 của {DISTRICT} về phong trào thi đua “Sạch đẹp”",
        ),
        (
            Reference("plan", "Phong trào thi đua “Sạch đẹp”", DISTRICT, "không rõ trong nguồn"),
            f"Căn cứ Kế hoạch của {DISTRICT} về phong trào thi đua “Sạch đẹp”",
        ),
        (
            Reference("resolution", "Nghị quyết về giảm nghèo.", number="05/NQ-HĐND"),
            "Căn cứ Nghị quyết về giảm nghèo (số 05/NQ-HĐND)",
        ),
        (Reference("programme", "Chương trình giảm nghèo"), "Thực hiện Chương trình giảm nghèo"),
        (Reference("movement", "Sạch đẹp"), "Hưởng ứng phong trào thi đua “Sạch đẹp”"),
    ],
)
def test_bases_are_cited_as_papers_cite(reference: Reference, base: str) -> None:
    assert plan_sections.bases([reference]) == [base]


def test_movements_stand_together_by_who_launched_them() -> None:
    found = plan_sections.bases(shipped("chau-thanh-27-kh-ubnd-2024").references)
    assert len(found) == 2
    assert found[0].startswith("Hưởng ứng các phong trào thi đua do Thủ tướng Chính phủ, Hội đồng")
    assert found[0].count("“") == 5
    assert found[1].startswith("Hưởng ứng các phong trào, cuộc vận động “Toàn dân đoàn kết")


@pytest.mark.parametrize(
    ("operator", "target", "measure", "said"),
    [
        ("at_least", Target(Decimal(3), Decimal(4)), "hộ", "từ 3 hộ trở lên, phấn đấu 4 hộ"),
        ("at_most", Target(Decimal("1.50")), "lần", "không quá 1,5 lần"),
        ("at_least", Target(Decimal(60)), "phần trăm", "từ 60% trở lên"),
        ("at_least", Target(Decimal(1250000)), "đồng", "từ 1.250.000 đồng trở lên"),
    ],
)
def test_targets_say_from_where_and_how_far(
    operator: Literal["at_least", "at_most"], target: Target, measure: str, said: str
) -> None:
    indicator = replace(TINH_BIEN.indicators[0], operator=operator, unit=measure)
    assert plan_sections.reach(indicator, target) == said


def test_targets_of_years_groups_and_units_have_lines_of_their_own() -> None:
    other = (
        Target(Decimal(5), groups=("xa-thi-tran",), years=(2018, 2019)),
        Target(Decimal(6), units=("an-giang/tinh-bien/an-cu",)),
    )
    indicator = replace(TINH_BIEN.indicators[0], unit="hộ", targets=other)
    row = plan_sections.indicator(TINH_BIEN, indicator, {"an-giang/tinh-bien/an-cu": "xã An Cư"})
    assert [each["text"] for each in row["targets"]] == [
        "từ 2 hộ trở lên",
        "Mỗi đơn vị thuộc các xã, thị trấn, năm 2018, 2019: từ 5 hộ trở lên",
        "Xã An Cư: từ 6 hộ trở lên",
    ]


def test_a_row_that_is_assumed_as_a_whole_is_marked_once() -> None:
    whole = plan_sections.indicator(TINH_BIEN, TINH_BIEN.indicators[1], {})
    assert whole["assumed"]
    assert not whole["period"]["assumed"]
    parts = plan_sections.indicator(TINH_BIEN, TINH_BIEN.indicators[0], {})
    assert not parts["assumed"]
    assert parts["period"] == {"text": "Hằng năm (2018 – 2020)", "assumed": True}
    assert not parts["targets"][0]["assumed"]


def test_ceilings_stand_by_round_strand_and_pool() -> None:
    found = plan_stations.quotas(TINH_BIEN)
    assert found is not None
    assert [each["assumed"] for each in found["pools"]] == [True, True]
    assert [each["totals"] for each in found["rounds"]] == [[12, 24], [12, 24], [32, 60]]
    assert found["rounds"][0]["lines"][0]["numbers"] == [
        {"at_most": 3, "usable": False},
        {"at_most": 6, "usable": True},
    ]
    assert plan_stations.quotas(shipped("chau-thanh-27-kh-ubnd-2024")) is None


def test_recipients_are_named_while_they_are_few_then_by_sort() -> None:
    communes = [Unit(name=f"xã Số {number}", kind="committee", code=str(number)) for number in range(8)]
    assert recipients_of(communes) == [f"Ủy ban nhân dân xã Số {number}" for number in range(8)]
    town = Unit(name="thị trấn Nhà Bàng", kind="committee", code="t")
    front = Unit(name="Ủy ban Mặt trận Tổ quốc", kind="front", code="m")
    office = Unit(name="Phòng Nội vụ", kind="office", code="n")
    many = [*communes, town, front, office]
    assert recipients_of(many) == [
        "Phòng Nội vụ",
        "Ủy ban Mặt trận Tổ quốc",
        "Ủy ban nhân dân các xã, thị trấn",
    ]
    assert in_order(many)[:2] == [office, front]
