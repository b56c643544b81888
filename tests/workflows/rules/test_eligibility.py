"""Eligibility: a condition for a row, what is on record and what is only told, and where quotas bind."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.law import SHIPPED_LAW, Condition, parse_rule_set
from workflows.rules.eligibility import (
    SEVERITY,
    Candidate,
    ClusterUse,
    EarlierRound,
    Other,
    PastAward,
    Room,
    Share,
    check,
    worst,
)

LOWER, TITLE = "grassroots_emulation_fighter", "provincial_emulation_fighter"
POINTS = ("proposal", "appraisal", "agenda", "outcome", "decision")


def condition(rule, effect="bar", **parts):
    return Condition(
        code=rule, name=rule, rule=rule, effect=effect, citation="Quy chế", mark="unverified", **parts
    )


def verdict(rules, candidate, point="appraisal"):
    return worst(check(rules, candidate, point))


def past(*years, award=LOWER, **parts):
    return tuple(PastAward(award, year, **parts) for year in years)


LADDER = condition("ladder", lower=LOWER, times=3)
THEMATIC = condition("thematic_not_counted")


@pytest.mark.parametrize(
    ("rules", "had", "expected"),
    [
        ([LADDER], past(2016, 2017, 2018), "pass"),
        ([LADDER], past(2017, 2018, 2019), "pass"),
        ([LADDER], past(2015, 2016, 2017), "bar"),
        ([LADDER], past(2015, 2017, 2018), "bar"),
        ([LADDER], past(2016, 2017, 2018, award="advanced_worker"), "bar"),
        ([LADDER], past(2016, 2017) + past(2018, certain=False), "warning"),
        ([LADDER], past(2016, 2017) + past(2018, movement="thematic"), "pass"),
        ([LADDER, THEMATIC], past(2016, 2017) + past(2018, movement="thematic"), "bar"),
        ([LADDER, THEMATIC], past(2016, 2017) + past(2018, movement="extraordinary"), "bar"),
        ([condition("ladder", "warning", lower=LOWER, times=3)], (), "warning"),
        ([condition("interval", years=3)], past(2016, award=TITLE), "pass"),
        ([condition("interval", years=3)], past(2017, award=TITLE), "bar"),
        ([condition("interval", years=3)], past(2017, award=TITLE, certain=False), "warning"),
        ([condition("no_lower_first")], (), "pass"),
    ],
)
def test_what_somebody_was_awarded_before(rules, had, expected):
    assert verdict(rules, Candidate(TITLE, "individual", 2019, past=had)) == expected


@pytest.mark.parametrize(
    ("others", "expected"),
    [((), "pass"), ((Other("HS-2019-0001", False),), "warning"), ((Other("HS-2019-0001", True),), "bar")],
)
def test_one_achievement_brings_one_award(others, expected):
    candidate = Candidate(TITLE, "individual", 2019, others=others)
    assert verdict([condition("one_award")], candidate) == expected


@pytest.mark.parametrize(("pending", "expected"), [(False, "pass"), (True, "bar")])
def test_nothing_is_judged_while_a_matter_is_pending(pending, expected):
    candidate = Candidate(TITLE, "individual", 2019, pending=pending)
    assert verdict([condition("no_pending_matter")], candidate) == expected


@pytest.mark.parametrize(
    ("comparison", "used", "people", "expected"),
    [
        ("more_than", 5, 10, "bar"),
        ("more_than", 6, 10, "pass"),
        ("at_least", 5, 10, "pass"),
        ("at_least", 4, 10, "bar"),
        ("at_least", 4, None, "warning"),
        ("at_least", 0, 0, "warning"),
    ],
)
def test_a_collective_needs_a_share_of_its_people(comparison, used, people, expected):
    rule = condition("share_of_members", lower=LOWER, share=Fraction(1, 2), comparison=comparison)
    candidate = Candidate("t", "collective", 2019, shares={rule.code: Share(used, people)})
    assert verdict([rule], candidate) == expected


FLAG = condition("per_cluster", times=1)


@pytest.mark.parametrize(
    ("uses", "point", "expected"),
    [
        ((), "decision", "pass"),
        ((ClusterUse("Cụm 1", 1),), "decision", "pass"),
        ((ClusterUse("Cụm 1", 2),), "appraisal", "pass"),
        ((ClusterUse("Cụm 1", 2),), "agenda", "warning"),
        ((ClusterUse("Cụm 1", 1), ClusterUse("Khối 2", 2)), "decision", "bar"),
    ],
)
def test_a_cluster_has_so_many_in_a_year(uses, point, expected):
    candidate = Candidate(TITLE, "commune", 2019, clusters={"per_cluster": uses})
    [finding] = check([FLAG], candidate, point)
    assert finding.verdict == expected
    assert finding.values["cluster"] == (uses[-1].name if uses else None)


CAP = condition("share_of_title", lower=LOWER, share=Fraction("0.15"))


@pytest.mark.parametrize(
    ("used", "base", "at_each_point"),
    [
        (3, 20, ["pass"] * 5),
        (4, 20, ["pass", "pass", "warning", "bar", "bar"]),
        (1, None, ["pass", "pass", "warning", "warning", "warning"]),
    ],
)
def test_quotas_inform_then_warn_then_bind(used, base, at_each_point):
    candidate = Candidate("t", "individual", 2019, shares={CAP.code: Share(used, base)})
    assert [verdict([CAP], candidate, point) for point in POINTS] == at_each_point


def test_a_cap_that_only_warns_never_binds():
    soft = condition("share_of_units", "warning", share=Fraction(1, 5))
    candidate = Candidate("t", "commune", 2019, shares={soft.code: Share(3, 14)})
    assert [verdict([soft], candidate, point) for point in POINTS[2:]] == ["warning"] * 3


@pytest.mark.parametrize(
    ("room", "at_each_point"),
    [(Room(3, 3), ["pass"] * 5), (Room(3, 4), ["pass", "pass", "warning", "bar", "bar"])],
)
def test_the_ceilings_of_the_plan_are_such_quotas(room, at_each_point):
    candidate = Candidate("t", "collective", 2019, room=room)
    assert [verdict([], candidate, point) for point in POINTS] == at_each_point


@pytest.mark.parametrize(("certain", "expected"), [(True, "bar"), (False, "warning")])
def test_the_plan_may_exclude_who_was_awarded_in_an_earlier_round(certain, expected):
    candidate = Candidate("t", "individual", 2020, earlier=(EarlierRound("2019", certain),))
    assert verdict([], candidate) == expected


@given(st.lists(st.integers(2000, 2019), max_size=12), st.integers(1, 6))
def test_a_longer_record_never_makes_a_ladder_harder(years, times):
    rule = condition("ladder", lower=LOWER, times=times)
    before = verdict([rule], Candidate(TITLE, "individual", 2019, past=past(*years)))
    after = verdict([rule], Candidate(TITLE, "individual", 2019, past=past(*years, 2019, 2018)))
    assert SEVERITY[after] <= SEVERITY[before]


@pytest.mark.parametrize("name", sorted(file.stem for file in SHIPPED_LAW.glob("*.yaml")))
def test_every_shipped_era_has_its_conditions_cited(name):
    rules = parse_rule_set((SHIPPED_LAW / f"{name}.yaml").read_text("utf-8"))
    found = {each.rule: each for each in rules.conditions_for(TITLE, "individual", rules.starts)}
    assert set(found) == {
        "ladder",
        "thematic_not_counted",
        "no_lower_first",
        "one_award",
        "no_pending_matter",
    }
    assert found["ladder"].times == 3
    assert all(each.citation for each in found.values())
    [share] = [each for each in rules.conditions if each.rule == "share_of_title"]
    assert (share.share, share.mark) == (Fraction("0.15"), "unverified")


def test_a_version_from_before_there_were_conditions_is_still_read():
    text = (SHIPPED_LAW / "law-2014.yaml").read_text("utf-8")
    start, end = text.index("conditions:\n"), text.index("refusal_grounds:\n")
    rules = parse_rule_set(text[:start] + text[end:])
    assert rules.conditions_for(TITLE, "individual", dt.date(2019, 1, 1)) == ()
