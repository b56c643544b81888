"""Turns: what a loop repeats is told apart from what came before it."""

import pytest

from tests.workflows.scenarios import SCENARIOS
from tests.workflows.test_trail import retraced
from workflows.turns import scopes


def scenario(name):
    return next(each for each in SCENARIOS if each.name == name)


@pytest.mark.parametrize("acted", SCENARIOS, ids=lambda acted: acted.name)
def test_nothing_is_done_twice_in_a_turn(acted):
    """But for ends, to which two branches may come."""
    drawing, trail = retraced(acted)
    done = set()
    for stride in trail.strides:
        for move, turn in zip(stride.moves, stride.turns, strict=True):
            if drawing.processes[move.process].elements[move.element].type != "endEvent":
                assert (turn, move.path) not in done
                done.add((turn, move.path))


@pytest.mark.parametrize("acted", SCENARIOS, ids=lambda acted: acted.name)
def test_turns_of_a_scope_are_numbered_and_lie_in_an_earlier_turn(acted):
    _drawing, trail = retraced(acted)
    counts = {}
    for place, turn in enumerate(trail.turns):
        counts[turn.scope] = counts.get(turn.scope, 0) + 1
        assert turn.number == counts[turn.scope]
        assert turn.around is None if turn.scope == "" else turn.around < place
    assert trail.turns[0].whole


@pytest.mark.parametrize("acted", SCENARIOS, ids=lambda acted: acted.name)
def test_every_called_process_is_entered_through_its_call_activity(acted):
    drawing, trail = retraced(acted)
    entered = {}
    for stride in trail.strides:
        entered |= stride.calls
        assert stride.scene in drawing.processes
        for process in {move.process for move in stride.moves} | {process for process, _ in stride.places}:
            if process != acted.process:
                caller, element = entered[process]
                assert drawing.processes[caller].elements[element].called == process


def turns(name):
    """(process, number, whether it is the whole process) of the turns of a scenario, as they began."""
    _drawing, trail = retraced(scenario(name))
    return [(turn.process, turn.number, turn.whole) for turn in trail.turns]


def test_a_second_ballot_is_another_turn_of_the_ballot_and_not_of_the_session():
    assert turns("council_vote/second_ballot") == [
        ("council_vote", 1, True),
        ("ballot", 1, True),
        ("ballot", 2, True),
    ]


def test_a_session_convened_anew_holds_its_ballot_in_the_new_turn():
    _drawing, trail = retraced(scenario("council_vote/void_while_voting"))
    second = next(turn for turn in trail.turns if (turn.process, turn.number) == ("ballot", 2))
    assert (trail.turns[second.around].process, trail.turns[second.around].number) == ("council_vote", 2)


def test_a_report_returned_to_one_unit_is_another_turn_of_that_unit_alone():
    found = turns("midterm_review/awards_of_its_own")
    assert [each for each in found if each[1] > 1] == [("midterm_review", 2, False)]


def test_scopes_are_called_processes_and_instances():
    drawing, trail = retraced(scenario("nomination/awarded_through_every_level"))
    path = next(move.path for stride in trail.strides for move in stride.moves if "opinions[0]/" in move.path)
    found = [(scope.process, scope.whole) for scope in scopes(drawing, "nomination", path)]
    assert found == [("nomination", True), ("district_assessment", True), ("district_assessment", False)]


def test_what_is_given_up_is_told():
    _drawing, trail = retraced(scenario("nomination/withdrawn_during_opinions"))
    assert {element for stride in trail.strides for _process, element in stride.lapsed} == {
        "give_opinion",
        "opinions",
        "district_assessment",
        "cycle",
    }
