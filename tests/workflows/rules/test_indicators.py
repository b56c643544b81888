"""Indicators at a review: what is asked, the roll-up, which target holds for whom."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.plan import SHIPPED_PLANS, Indicator, Plan, Target, parse_plan
from workflows.plan_rounds import Review
from workflows.rules.indicators import Reported, asked, reached, rolled_up, told_share

DAY = dt.date(2018, 12, 20)


def plan_named(code: str) -> Plan:
    return parse_plan((SHIPPED_PLANS / f"{code}.yaml").read_text("utf-8"))


TINH_BIEN = plan_named("tinh-bien-vi-nguoi-ngheo-2020")
POVERTY = next(each for each in TINH_BIEN.indicators if each.code == "giam-ho-ngheo")


def review(kind: str, year: int) -> Review:
    days = [dt.date(year, 12, day) for day in (1, 10, 20)]
    return Review("xem", "Xem", kind, *days, awards="none")  # type: ignore[arg-type]  # words come as text


@pytest.mark.parametrize(
    ("kind", "year", "codes"),
    [
        ("midterm", 2018, {"giam-ho-ngheo/2018", "giam-ho-ngheo-2018/2018"}),
        ("midterm", 2019, {"giam-ho-ngheo/2018", "giam-ho-ngheo/2019"}),
        ("final", 2020, {"giam-ho-ngheo/2018", "giam-ho-ngheo/2020", "thu-nhap-ho-ngheo/period"}),
    ],
)
def test_a_review_asks_for_the_years_so_far_and_the_final_one_for_the_whole_period(
    kind: str, year: int, codes: set[str]
) -> None:
    figures = asked(TINH_BIEN, review(kind, year))
    assert codes <= {each.code for each in figures}
    assert all(each.year is not None and each.year <= year for each in figures if kind == "midterm")


@pytest.mark.parametrize(
    ("roll_up", "value", "left_out"),
    [("average", "3", 0), ("weighted_average", "3.5", 1), ("sum", "9", 0), ("latest", "2", 0)],
)
def test_reports_become_one_figure_as_the_indicator_says(roll_up: str, value: str, left_out: int) -> None:
    reports = [
        Reported(Decimal(4), Decimal(300), DAY),
        Reported(Decimal(3), None, DAY),
        Reported(Decimal(2), Decimal(100), DAY + dt.timedelta(days=1)),
    ]
    figure = rolled_up(replace(POVERTY, roll_up=roll_up), reports)  # type: ignore[arg-type]  # words come as text
    assert (figure.value, figure.left_out) == (Decimal(value), left_out)


def test_nothing_reported_is_no_figure() -> None:
    assert rolled_up(POVERTY, []).value is None
    assert rolled_up(POVERTY, [Reported(Decimal(4), None, DAY)]).value is None


@given(
    st.lists(
        st.tuples(st.integers(-500, 500), st.integers(1, 9_000)).map(
            lambda pair: Reported(Decimal(pair[0]) / 10, Decimal(pair[1]), DAY)
        ),
        min_size=1,
        max_size=20,
    )
)
def test_an_average_lies_among_what_it_is_made_of(reports: list[Reported]) -> None:
    value = rolled_up(POVERTY, reports).value
    assert value is not None
    values = [each.actual for each in reports]
    assert min(values) - Decimal("1e-9") <= value <= max(values) + Decimal("1e-9")


def test_the_target_of_a_unit_goes_before_that_of_its_group_of_a_year_and_the_plans_own() -> None:
    year, unit = Target(Decimal(4), years=(2019,)), Target(Decimal(6), units=("an-cu",))
    group = Target(Decimal(5), groups=("mien-nui",))
    indicator = replace(POVERTY, targets=(year, unit, group))
    assert indicator.target_for(2018).target == POVERTY.target
    assert indicator.target_for(2019) == year
    assert indicator.target_for(2019, "chi-lang") == year
    assert indicator.target_for(2019, "chi-lang", {"mien-nui"}) == group
    assert indicator.target_for(2018, "an-cu", {"mien-nui"}) == unit


def test_each_commune_plants_two_streets_and_all_of_them_twenty_eight() -> None:
    plan = plan_named("tinh-bien-gia-dinh-2020")
    [figure, *_rest] = asked(plan, plan.reviews[0], "an-giang/tinh-bien/an-cu")
    assert figure.target_for(plan, "an-giang/tinh-bien/an-cu").target == 2
    assert figure.target_for(plan).target == 28


@pytest.mark.parametrize(("unit", "special"), [("an-cu", True), ("phong-noi-vu", False), ("cum-1", False)])
def test_an_office_is_asked_for_no_poor_households(unit: str, special: bool) -> None:
    figures = asked(TINH_BIEN, TINH_BIEN.review("tong-ket"), f"an-giang/tinh-bien/{unit}")
    assert ("giam-ho-ngheo-xa-tren-20/2020" in {each.code for each in figures}) is special
    assert bool(figures) is special


@pytest.mark.parametrize(("operator", "value", "enough"), [("at_least", 5, True), ("at_most", 5, False)])
def test_a_value_is_held_against_the_target(operator: str, value: int, enough: bool) -> None:
    indicator: Indicator = replace(POVERTY, operator=operator)  # type: ignore[arg-type]  # words come as text
    assert reached(indicator, Decimal(value), Target(Decimal(4))) is enough
    assert reached(indicator, Decimal(4), Target(Decimal(4)))


@pytest.mark.parametrize(
    ("share", "told"), [("99.96", "99.9"), ("100", "100"), ("133.39", "133.3"), ("85", "85"), ("0", "0")]
)
def test_what_falls_short_is_never_told_as_the_whole(share: str, told: str) -> None:
    assert str(told_share(Decimal(share))) == told
