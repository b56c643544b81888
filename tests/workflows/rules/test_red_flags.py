"""Each kind of red flag from acts written down by hand: one case that has it, and the one that just has not."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.red_flags import KINDS, Act, Amended, Before, Conflict, Decided, Limits, Pool, Record, Wait
from workflows.rules.red_flags import is_night, red_flags
from workflows.values import VIETNAM

NOON = dt.datetime(2019, 12, 10, 12, 0, tzinfo=VIETNAM)
LIMITS = Limits(rapid=30, night=(22, 6), supplements=1, quotas=frozenset({"ceiling", "one_per_cluster"}))


def at(text: str) -> dt.datetime:
    """``10 23:15:04``: day and time in December 2019, in Việt Nam."""
    return dt.datetime.strptime(f"2019-12-{text}", "%Y-%m-%d %H:%M:%S").replace(tzinfo=VIETNAM)


def done(
    number: int, when: dt.datetime, decision: str | None = None, actor: str = "lan", task: str = "t1"
) -> Act:
    fields = {"task": task, "process": "commune_assessment", "element": "check_dossier", "decision": decision}
    return Act(number, "task_completed", actor, when, fields)


def record(*acts: Act, **more: Any) -> Record:
    tasks = {"t1": Wait(opened=NOON, due=at("11 23:59:59")), "t2": Wait(opened=NOON)}
    return replace(Record(acts=acts, tasks=tasks, limits=LIMITS), **more)


def kinds(made: Record) -> list[tuple[int, str]]:
    return [(flag.event, flag.kind) for flag in red_flags(made)]


def seconds(number: int) -> dt.datetime:
    return NOON + dt.timedelta(seconds=number)


@pytest.mark.parametrize(
    ("act", "found"),
    [
        (done(3, seconds(29), "complete"), True),
        (done(3, seconds(30), "complete"), False),
        (done(3, seconds(0), "complete"), True),
        (done(3, seconds(5)), False),
        (done(3, seconds(5), "complete", actor="system"), False),
        (done(3, seconds(-5), "complete"), False),
    ],
    ids=["just within", "at the limit", "at once", "nothing was decided", "by the system", "reopened since"],
)
def test_a_decision_within_seconds_after_its_task_came(act: Act, found: bool) -> None:
    assert kinds(record(act)) == ([(3, "rapid")] if found else [])


@pytest.mark.parametrize(
    ("since", "came", "said"),
    [
        (29, 3600, (29, "HS-2")),
        (30, 3600, None),
        (0, 3600, (0, "HS-2")),
        (5, 10, (10, None)),
        (5, -5, (5, "HS-2")),
    ],
    ids=["just within", "at the limit", "at once", "it had just come", "undone since"],
)
def test_a_decision_within_seconds_after_another_of_the_same_person(
    since: int, came: int, said: tuple[int, str | None] | None
) -> None:
    act = done(3, seconds(came), "complete")
    before = Before("HS-2", "t9", act.at - dt.timedelta(seconds=since))
    flags = red_flags(record(act, before={3: before}))
    assert [(flag.facts["seconds"], flag.facts.get("case")) for flag in flags] == ([said] if said else [])
    assert kinds(record(replace(act, fields=act.fields | {"decision": None}), before={3: before})) == []


def test_rules_that_name_no_limits_find_nothing_by_them() -> None:
    acts = (done(1, seconds(1), "supplement"), done(2, at("10 23:00:00"), "supplement"))
    assert kinds(record(*acts, limits=Limits())) == []


@pytest.mark.parametrize(("when", "days"), [("11 23:59:59", None), ("12 00:00:01", 1), ("21 08:00:00", 10)])
def test_a_task_done_after_its_deadline(when: str, days: int | None) -> None:
    late = [flag.facts["days"] for flag in red_flags(record(done(1, at(when)))) if flag.kind == "late"]
    assert late == ([] if days is None else [days])


@pytest.mark.parametrize(
    ("hour", "night"), [("21:59:59", False), ("22:00:00", True), ("05:59:59", True), ("06:00:00", False)]
)
def test_the_night_begins_and_ends_by_the_clock_of_viet_nam(hour: str, night: bool) -> None:
    act = Act(4, "paper_added", "lan", at(f"10 {hour}").astimezone(dt.UTC))
    assert kinds(record(act)) == ([(4, "night")] if night else [])


def test_what_somebody_does_in_one_night_is_one_flag_even_over_midnight() -> None:
    night = [
        Act(n, "paper_added", "lan", at(when)) for n, when in enumerate(("10 23:50:00", "11 00:10:00"), 1)
    ]
    other = [
        Act(3, "paper_added", "minh", at("11 00:20:00")),
        Act(4, "paper_added", "lan", at("11 23:00:00")),
    ]
    found = red_flags(record(*night, *other, Act(5, "effect_done", "system", at("11 23:30:00"))))
    assert [(flag.event, flag.facts["acts"]) for flag in found] == [(1, 2), (3, 1), (4, 1)]


@given(st.integers(0, 23), st.integers(0, 23))
def test_a_night_has_as_many_hours_as_lie_between_its_ends(begins: int, ends: int) -> None:
    assert sum(is_night(hour, begins, ends) for hour in range(24)) == (ends - begins) % 24


def test_the_supplement_after_the_last_that_the_rules_allow() -> None:
    asked = [done(n, NOON + dt.timedelta(hours=n), "supplement") for n in (1, 2, 3)]
    found = [(flag.event, flag.facts["times"]) for flag in red_flags(record(*asked))]
    assert found == [(2, 2), (3, 3)]


def test_another_level_may_ask_for_its_own_supplement() -> None:
    own = done(2, NOON + dt.timedelta(hours=2), "supplement", task="t2")
    there = replace(own, fields={**own.fields, "process": "district_assessment"})
    assert kinds(record(done(1, NOON + dt.timedelta(hours=1), "supplement"), there)) == []


REGISTERED = Act(
    7,
    "awards_registered",
    "clerk",
    NOON,
    {
        "entries": [
            {"nomination": "HS-1", "register": 1, "prize": 900_000},
            {"nomination": "HS-2", "prize": None},
        ]
    },
)
TENTH = dt.date(2019, 12, 10)


@pytest.mark.parametrize(
    ("signed", "found"),
    [(TENTH, False), (dt.date(2019, 12, 9), False), (dt.date(2019, 12, 12), True), (None, True)],
    ids=["the same day", "the day before", "two days later", "not signed"],
)
def test_a_decision_dated_before_the_minutes(signed: dt.date | None, found: bool) -> None:
    decided = Decided(TENTH, {"PH-1": TENTH, "PH-2": signed})
    flags = red_flags(record(REGISTERED, decided=decided))
    assert [flag.kind for flag in flags] == (["decision_before_minutes"] if found else [])
    if found:
        assert flags[0].facts == {
            "dated": "2019-12-10",
            "sessions": {"PH-2": signed and signed.isoformat()},
        }


@pytest.mark.parametrize(
    ("rule", "other"),
    [
        ({"HS-1": 900_000, "HS-2": None}, []),
        ({"HS-1": 900_000, "HS-2": 0}, []),
        ({"HS-1": 450_000, "HS-2": None}, ["HS-1"]),
        ({"HS-1": 900_000, "HS-2": 300_000}, ["HS-2"]),
        ({}, []),
    ],
    ids=["as the rules", "no money either way", "too much", "none at all", "no rule knows it"],
)
def test_a_prize_other_than_the_rules(rule: dict[str, int | None], other: list[str]) -> None:
    flags = red_flags(record(REGISTERED, decided=Decided(TENTH, prizes=rule)))
    assert [each["nomination"] for flag in flags for each in flag.facts["awards"]] == other


def test_more_awards_than_places_and_a_quota_that_only_warned() -> None:
    findings = [
        {"nomination": "HS-1", "condition": "one_per_cluster", "verdict": "warning"},
        {"nomination": "HS-1", "condition": "nothing_pending", "verdict": "warning"},
    ]
    checked = [
        Act(n, "eligibility_checked", "lan", NOON, {"point": point, "findings": findings})
        for n, point in enumerate(("agenda", "decision"), 1)
    ]
    decided = Decided(TENTH, pools=(Pool("2019", "Hộ vượt khó", "Hộ gia đình", 4, 3),))
    assert kinds(record(*checked, REGISTERED, decided=decided)) == [(2, "over_quota"), (7, "over_quota")]
    assert kinds(record(checked[0])) == []


def test_a_decision_without_a_number_has_none_of_these() -> None:
    decided = Decided(TENTH, {"PH-1": None}, {"HS-1": 1}, (Pool("", "", "", 4, 3),))
    assert kinds(record(done(1, NOON, task="t2"), decided=decided)) == []


def test_the_latest_amendment_stands_on_the_act_it_met() -> None:
    acts = [done(n, at(f"{9 + n} 09:00:00"), task="t2") for n in (1, 2, 3)]
    amended = [
        Amended("law-2014", f"v{n}", at(when)) for n, when in enumerate(("10 10:00:00", "10 15:00:00"))
    ]
    [flag] = red_flags(record(*acts, amended=tuple(amended)))
    assert (flag.event, flag.facts["version"]) == (1, "v1")
    before = Amended("law-2014", "v", at("09 10:00:00"))
    assert kinds(record(*acts, amended=(before,))) == []


def test_what_is_told_by_an_event_of_its_own() -> None:
    moved = {"task": "t1", "element": "e", "before_date": "2019-12-11", "after_date": "2019-12-20"}
    acts = (
        Act(1, "warning_overridden", "lan", NOON, {"condition": "ceiling"}),
        Act(2, "deadline_moved", "lan", NOON, moved),
    )
    assert kinds(record(*acts)) == [(1, "warning_overridden"), (2, "deadline_moved")]


def test_papers_and_votes_stand_on_their_events_each_kind_once() -> None:
    conflict = Conflict(5, "minh", {"HS-1": "same_unit"})
    found = red_flags(
        record(done(5, NOON, task="t2"), lacking={5: ("b", "a")}, lost={5: ("f0",)}, conflicts=(conflict,))
    )
    assert [(flag.kind, dict(flag.facts)) for flag in found] == [
        ("conflicted_vote", {"person": "minh", "reasons": {"HS-1": "same_unit"}}),
        ("paper_missing", {"papers": ["a", "b"]}),
        ("file_lost", {"digests": ["f0"]}),
    ]


PLACES: dict[str, int] = {kind: place for place, kind in enumerate(KINDS)}
ACTS = st.builds(
    done,
    st.integers(1, 40),
    st.integers(0, 60 * 24 * 60).map(lambda minutes: NOON + dt.timedelta(minutes=minutes)),
    st.sampled_from([None, "complete", "supplement"]),
    st.sampled_from(["lan", "minh", "system"]),
    st.sampled_from(["t1", "t2", "unknown"]),
)


@given(st.lists(ACTS, unique_by=lambda act: act.number))
def test_flags_stand_in_order_once_for_a_kind_and_an_event_and_never_on_the_system(acts: list[Act]) -> None:
    acts = sorted(acts, key=lambda act: act.number)
    found = kinds(record(*acts))
    order = [(event, PLACES[kind]) for event, kind in found]
    assert order == sorted(set(order))
    by = {act.number: act.actor for act in acts}
    assert all(by[event] != "system" for event, _kind in found)
    assert found == kinds(record(*acts))
