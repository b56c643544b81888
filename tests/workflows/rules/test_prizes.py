"""Prize money by award, kind of nominee, level and day of decision."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.law import SHIPPED_LAW, NoRule, Rounding, parse_rule_set, rule_set_at
from workflows.rules.prizes import prize_money, rounded

SETS = [parse_rule_set(file.read_text("utf-8")) for file in sorted(SHIPPED_LAW.glob("*.yaml"))]

# Day of decision, award, kind, level, exact amount, amount in đồng (rounded up to 10,000).
CASES = [
    ("2018-12-14", "certificate_of_merit", "individual", "district", 417_000, 420_000),
    ("2019-12-27", "certificate_of_merit", "individual", "district", 447_000, 450_000),
    ("2019-12-27", "certificate_of_merit", "household", "district", 670_500, 680_000),
    ("2019-12-27", "certificate_of_merit", "commune", "district", 894_000, 900_000),
    ("2019-12-27", "certificate_of_merit", "individual", "commune", 223_500, 230_000),
    ("2019-12-27", "provincial_certificate_of_merit", "individual", "province", 1_490_000, 1_490_000),
    ("2024-06-30", "certificate_of_merit", "individual", "district", 540_000, 540_000),
    ("2024-07-01", "certificate_of_merit", "individual", "district", 702_000, 710_000),
    ("2024-12-20", "provincial_certificate_of_merit", "enterprise", "province", 7_020_000, 7_020_000),
    ("2024-12-20", "exemplary_commune", "commune", "province", 4_680_000, 4_680_000),
    ("2025-07-01", "certificate_of_merit", "individual", "commune", 702_000, 710_000),
]


@pytest.mark.parametrize(("on", "award", "kind", "level", "exact", "amount"), CASES)
def test_prize_money(on: str, award: str, kind: str, level: str, exact: int, amount: int) -> None:
    decided_on = dt.date.fromisoformat(on)
    money = prize_money(rule_set_at(SETS, decided_on), award, kind, level, decided_on)
    assert money is not None
    assert (money.exact, money.amount) == (exact, amount)


def test_an_award_not_made_for_a_kind_brings_it_no_money() -> None:
    on = dt.date(2024, 12, 20)
    assert prize_money(rule_set_at(SETS, on), "cultural_family", "collective", "commune", on) is None


def test_an_award_nobody_knows_is_an_error() -> None:
    on = dt.date(2019, 12, 27)
    with pytest.raises(NoRule, match="exemplary_commune"):
        prize_money(rule_set_at(SETS, on), "exemplary_commune", "commune", "province", on)


amounts = st.fractions(0, 100_000_000)


def by(direction: str) -> Rounding:
    return Rounding(to=10_000, direction=direction, citation="–", mark="unverified")


@given(amounts)
def test_rounding_is_to_ten_thousand_and_never_further_than_that(exact: Fraction) -> None:
    down, nearest, up = (rounded(exact, by(direction)) for direction in ("down", "nearest", "up"))
    assert down <= exact <= up
    assert nearest in (down, up)
    assert abs(nearest - exact) <= 5_000
    assert up - down in (0, 10_000)
    assert {down % 10_000, nearest % 10_000, up % 10_000} == {0}


def test_half_rounds_up_to_the_nearest() -> None:
    assert rounded(Fraction(705_000), by("nearest")) == 710_000
