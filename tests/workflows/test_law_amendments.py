"""Amendments of a rule set: what it says before and after a day, and that it stays a rule set."""

import datetime as dt

import pytest

from workflows.law import SHIPPED_LAW, parse_rule_set
from workflows.law_amendments import (
    Amendment,
    Difference,
    NoEntry,
    as_text,
    differences,
    entry_at,
)
from workflows.typed_yaml import read

SHIPPED = {file.stem: file.read_text("utf-8") for file in sorted(SHIPPED_LAW.glob("*.yaml"))}
LAW = read(SHIPPED["law-2024"]).data
NEW_YEAR, EVE = dt.date(2025, 1, 1), dt.date(2024, 12, 31)


def clock(code):
    return ("clocks", next(at for at, entry in enumerate(LAW["clocks"]) if entry["code"] == code))


def after(*arguments, **named):
    return parse_rule_set(as_text(Amendment(*arguments, **named).upon(LAW)))


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_written_is_read_as_the_same_rules(name):
    data = read(SHIPPED[name]).data
    assert parse_rule_set(as_text(data)) == parse_rule_set(SHIPPED[name])
    assert differences(data, read(as_text(data)).data) == []


def test_a_rule_changes_from_a_day_on():
    rules = after("amend", clock("appraisal"), {"days": 12, "citation": "Quyết định 15"}, NEW_YEAR)
    assert [rules.clock("appraisal", day).days for day in (EVE, NEW_YEAR)] == [10, 12]
    assert [rules.clock("appraisal", day).citation == "Quyết định 15" for day in (EVE, NEW_YEAR)] == [
        False,
        True,
    ]


def test_changed_twice_it_says_each_in_its_time():
    first = Amendment("amend", clock("appraisal"), {"days": 12}, NEW_YEAR).upon(LAW)
    _group, at = clock("appraisal")
    again = Amendment("amend", ("clocks", at + 1), {"days": 8}, dt.date(2025, 3, 1)).upon(first)
    rules = parse_rule_set(as_text(again))
    days = (EVE, NEW_YEAR, dt.date(2025, 2, 28), dt.date(2025, 3, 1))
    assert [rules.clock("appraisal", day).days for day in days] == [10, 12, 12, 8]


@pytest.mark.parametrize("day", [dt.date(2024, 1, 1), dt.date(2023, 6, 1)])
def test_from_its_first_day_nothing_is_left_of_what_it_said(day):
    made = Amendment("amend", clock("appraisal"), {"days": 12}, day).upon(LAW)
    assert len(made["clocks"]) == len(LAW["clocks"])
    assert parse_rule_set(as_text(made)).clock("appraisal", dt.date(2024, 1, 1)).days == 12


def test_an_entry_is_put_right_for_its_whole_time():
    rules = after(
        "correct", ("base_salaries", 1), {"citation": "Nghị định 73/2024/NĐ-CP", "mark": "verified"}
    )
    assert [salary.mark for salary in rules.base_salaries] == ["verified", "verified"]
    assert rules.base_salary(NEW_YEAR) == 2_340_000


def test_what_is_not_said_any_more_is_left_out():
    rules = after("correct", clock("commune_check"), {"note": None})
    assert rules.clock("commune_check", NEW_YEAR).note is None


def test_an_entry_ends():
    place = ("papers", next(at for at, paper in enumerate(LAW["papers"]) if paper["code"] == "evidence"))
    rules = after("end", place, day=EVE)
    held = [
        "evidence" in {p.code for p in rules.dossier_papers("x", "individual", day)}
        for day in (EVE, NEW_YEAR)
    ]
    assert held == [True, False]
    assert "evidence" not in {paper.code for paper in after("end", place, day=dt.date(2020, 1, 1)).papers}


def test_an_entry_is_added_to_a_list_and_to_an_award():
    ground = {"code": "late", "name": "Nộp quá hạn", "citation": "Quy chế", "mark": "unverified"}
    assert after("add", ("refusal_grounds",), ground).refusal_grounds[-1].code == "late"
    prize = {"nominee": "household", "multiple": 0.45, "citation": "Quy chế", "mark": "unverified"}
    at = next(at for at, award in enumerate(LAW["awards"]) if award["code"] == "advanced_worker")
    rules = after("add", ("awards", at, "prizes"), prize)
    assert rules.award("advanced_worker", NEW_YEAR).prizes[-1].multiple * 100 == 45


@pytest.mark.parametrize(
    "place",
    [
        ("clocks", 99),
        ("codes", 0),
        ("awards", 0, "prizes", 9),
        ("awards", 0, "kinds", 0),
        ("clocks", 0, "prizes", 0),
        (),
    ],
)
def test_a_place_that_is_none_is_said(place):
    with pytest.raises(NoEntry):
        entry_at(LAW, place)


def test_differences_name_what_changed_where():
    at = clock("appraisal")
    made = Amendment("amend", at, {"days": 12}, NEW_YEAR).upon(LAW)
    assert differences(LAW, made) == [Difference(at, at), Difference(None, (at[0], at[1] + 1))]
    without = Amendment("end", ("papers", 0), day=dt.date(2020, 1, 1)).upon(LAW)
    assert differences(LAW, without) == [Difference(("papers", 0), None)]
    renamed = {**LAW, "title": "Bộ quy định của huyện"}
    assert differences(LAW, renamed) == [Difference(("title",), ("title",))]


def test_the_rule_set_itself_is_never_changed():
    before = as_text(LAW)
    Amendment("amend", ("awards", 0, "prizes", 0), {"multiple": 9}, NEW_YEAR).upon(LAW)
    Amendment("add", ("clocks",), {}).upon(LAW)
    assert as_text(LAW) == before
