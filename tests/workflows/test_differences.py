"""In which keys two states differ."""

import copy

from tests.workflows.engine.acting import appraised
from workflows.differences import differing


def state():
    return copy.deepcopy(appraised().step.state)


def at(found, path):
    return next(task for task in found["tasks"] if task[0] == path)


def test_equal_states_differ_in_nothing():
    assert differing(state(), state()) == ()


def test_the_path_and_the_key_are_named():
    one, other = state(), state()
    path = next(task[0] for task in one["tasks"] if task[0].endswith("/appraise"))
    at(other, path)[3] = "head"
    at(other, path)[4] = "f" * 64
    lane, data = differing(one, other)
    assert (lane.path, lane.key, lane.one, lane.other) == (path, "lane", "specialist", "head")
    assert (data.path, data.key, data.other) == (path, "data", "f" * 12)
    assert str(lane) == f"{path} lane specialist ≠ head"


def test_what_one_alone_has_is_named_with_its_round():
    one, other = state(), state()
    *_before, last = other["tasks"]
    other["tasks"].append([last[0], last[1] + 1, "COMPLETED"])
    [more] = differing(one, other)
    assert (more.path, more.key, more.one, more.other) == (
        f"{last[0]}#{last[1] + 1}",
        "state",
        "",
        "COMPLETED",
    )
    assert str(more).endswith("state none ≠ COMPLETED")


def test_another_order_is_a_difference():
    one, other = state(), state()
    other["tasks"].reverse()
    assert [each.key for each in differing(one, other)] == ["order"]


def test_an_end_that_is_none_is_named():
    assert [str(each) for each in differing(state(), state() | {"ended": True})] == ["ended False ≠ True"]
