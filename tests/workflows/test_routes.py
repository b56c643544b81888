"""The way a case took: what counts as sent back, how long tasks waited, and loops told once."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from workflows.mined import MinedCase, MinedEvent
from workflows.routes import Waited, collapsed, route_of
from workflows.values import VIETNAM, Move

MONDAY = dt.datetime(2019, 12, 2, 9, tzinfo=VIETNAM)


def case(*told):
    """A case of events told as “assign check”, “complete check return”, one an hour."""
    events = []
    for number, each in enumerate(told):
        lifecycle, element, decision = (*each.split(), "")[:3]
        events.append(
            MinedEvent(
                id=str(number),
                case="HS-2019-0001",
                number=number,
                activity=element,
                lifecycle=lifecycle,
                at=MONDAY + dt.timedelta(days=number),
                type="task_completed",
                element=f"nomination.{element}",
                decision=decision,
                instance=f"{element} {sum(e.activity == element and e.lifecycle == lifecycle for e in events)}",
                group="an-giang",
                moves=(Move("nomination", element, f"to_{element}"),),
            )
        )
    return MinedCase("HS-2019-0001", "nomination", "", "an-giang", "", "", "", tuple(events))


def test_steps_are_what_was_completed_in_the_diagram():
    route = route_of(case("assign check", "start check", "complete check", "assign sign", "complete sign"))
    assert route.variant == ("check", "sign")
    assert route.flows == {"nomination.to_check": 1, "nomination.to_sign": 1}


def test_a_supplement_was_asked_for_by_the_step_before_it():
    route = route_of(
        case(
            *("assign check", "complete check supplement", "assign supplement_dossier"),
            *("complete supplement_dossier", "assign check", "complete check complete", "assign sign"),
        )
    )
    assert route.returns == {"nomination.check": 1}


def test_a_decision_sends_back_to_what_was_reached_before():
    route = route_of(
        case(
            *("assign appraise", "complete appraise verify", "assign review", "complete review return"),
            *("assign appraise", "complete appraise verify", "assign review", "complete review agree"),
        )
    )
    assert route.returns == {"nomination.review": 1}


def test_an_opinion_that_was_asked_for_sends_nobody_back():
    route = route_of(
        case(
            *(
                "assign appraise",
                "complete appraise ask",
                "assign give_opinion",
                "complete give_opinion agree",
            ),
            *("assign appraise", "complete appraise verify"),
        )
    )
    assert route.returns == {}


def test_a_task_waits_from_its_opening_to_its_last_completion():
    route = route_of(case("assign check", "start check", "complete check"))
    assert route.waits == (
        Waited("nomination.check", "an-giang", dt.date(2019, 12, 2), dt.date(2019, 12, 4)),
    )


def test_a_loop_is_told_once():
    steps = ["open", "check", "mend", "check", "mend", "check", "sign"]
    told = [(part.steps, part.times) for part in collapsed(steps)]
    assert told == [(("open",), 1), (("check", "mend"), 2), (("check", "sign"), 1)]


@given(st.lists(st.sampled_from("abc"), max_size=40))
def test_expanded_again_the_steps_are_the_same(steps):
    parts = collapsed(steps)
    assert [step for part in parts for _time in range(part.times) for step in part.steps] == steps
    assert sum(len(part.steps) for part in parts) <= len(steps)
