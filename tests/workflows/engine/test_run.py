"""What the engine refuses, and what it takes from outside: tasks, messages, clocks, data."""

import json
import zlib
from typing import Any

import pytest

from tests.workflows.engine.acting import NOW, Case, appraised, day, nomination
from workflows.engine import advance
from workflows.values import Input, NotWaiting, TaskNotOpen, WorkflowFault

MEETING = {"mode": "in_person"}


def test_a_second_completion_is_refused_and_changes_nothing() -> None:
    case = nomination()
    task, before = case.task("prepare_dossier").id, case.snapshot
    after = case.complete("prepare_dossier").snapshot
    with pytest.raises(TaskNotOpen):
        case.advance("complete", task, {})
    assert case.snapshot == after != before
    case.decide("appraise", "eligible")


def test_the_same_step_from_the_same_state_is_the_same_step() -> None:
    case = nomination()
    clocks = {name: NOW.isoformat() for name in case.clocks}
    given = Input("complete", case.code, 2, NOW, case.task("prepare_dossier").id, {}, clocks)
    assert advance(case.deployment, case.snapshot, given) == advance(case.deployment, case.snapshot, given)


@pytest.mark.parametrize("target", ["0f8fad5b-d9cb-469f-a165-70867728950e", "no id", ""])
def test_a_task_that_never_was_is_not_open(target: str) -> None:
    with pytest.raises(TaskNotOpen):
        nomination().advance("complete", target, {})


def test_a_task_that_an_event_took_away_is_not_open() -> None:
    case = appraised()
    case.decide("appraise", "ask_opinions")
    lapsed = case.task("give_opinion", unit="u2").id
    case.fire(8)
    with pytest.raises(TaskNotOpen):
        case.advance("complete", lapsed, {})


def test_only_a_person_s_task_can_be_completed() -> None:
    """A case that waits for a message cannot be moved on by completing the event, or anything that is past."""
    case = nomination(levels=[])
    case.complete("prepare_dossier")
    assert case.step.open_tasks == ()
    for identity in _ids_of(case):
        with pytest.raises(TaskNotOpen):
            case.advance("complete", identity, {})


def _ids_of(case: Case) -> list[str]:
    """Ids of all tasks of the engine, which nobody outside is ever told."""
    assert case.snapshot is not None
    state = json.loads(zlib.decompress(case.snapshot))["state"]
    return [identity for part in (state, *state["subprocesses"].values()) for identity in part["tasks"]]


@pytest.mark.parametrize("message", ["council_result", "end_early", "no such message"])
def test_a_message_nobody_waits_for_is_refused(message: str) -> None:
    case = nomination()
    before = case.snapshot
    with pytest.raises(NotWaiting):
        case.deliver(message, result="passed")
    assert case.snapshot == before


def test_a_message_is_taken_once() -> None:
    case = nomination(levels=[])
    case.complete("prepare_dossier")
    case.deliver("council_result", result="passed")
    with pytest.raises(NotWaiting):
        case.deliver("council_result", result="passed")


def test_a_case_that_has_ended_takes_nothing() -> None:
    case = nomination()
    case.deliver("withdraw")
    assert case.step.ended
    with pytest.raises(NotWaiting):
        case.deliver("withdraw")
    assert case.fire(100).moves == ()


@pytest.mark.parametrize(
    "data", [{"typename": 1}, {"a": {"typename": 1}}, {"a": [{"typename": 1}]}, {"a": [[{"typename": {}}]]}]
)
def test_the_key_that_makes_a_state_unreadable_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(WorkflowFault, match="typename"):
        nomination(**data)
    case = nomination()
    with pytest.raises(WorkflowFault, match="typename"):
        case.complete("prepare_dossier", data)
    with pytest.raises(WorkflowFault, match="typename"):
        case.deliver("withdraw", **data)


def test_a_missing_clock_is_named() -> None:
    case = nomination()
    del case.clocks["appraisal"]
    with pytest.raises(WorkflowFault, match="has no clock 'appraisal'"):
        case.complete("prepare_dossier")


def test_only_the_clocks_that_were_asked_for_are_recorded() -> None:
    step = appraised().step
    assert set(step.clocks) == {"appraisal", "appraisal_reminder"}
    assert step.clocks["appraisal"] == day(10).astimezone(NOW.tzinfo).isoformat()


def test_missing_data_is_a_fault_and_not_an_answer() -> None:
    case = Case("submission")
    case.complete("prepare_submission")
    with pytest.raises(WorkflowFault, match="decision"):
        case.complete("sign_submission")
    case.decide("sign_submission", "sign")


@pytest.mark.parametrize("instant", ["2019-12-15T00:00:00", "2019-12-15", None, "P3D", 5, "tomorrow"])
def test_a_timer_takes_an_instant_with_its_offset_only(instant: Any) -> None:
    with pytest.raises(WorkflowFault):
        Case("registration", filled_by="registrant", is_late=False, confirm_higher=False, fill_by=instant)


def test_lists_of_a_form_replace_what_was_there() -> None:
    """The library would merge ``['u1', 'u2']`` with ``['u3']`` to ``['u3', 'u2']``."""
    case = appraised()
    case.complete("appraise", {"decision": "ask_opinions", "opinion_bodies": ["u3"]})
    assert [task.items["unit"] for task in case.step.open_tasks] == ["u3"]


def test_an_outcome_replaces_one_of_another_type() -> None:
    """To Python 1 and True are equal, and what is equal is no change to the library."""
    case = Case("council_vote", electorate=["m1"])
    case.complete("prepare_agenda", MEETING)
    for quorate in (1, True):
        case.complete("open_session", {"decision": "adjourn", "quorate": quorate})
        (invitation,) = case.complete("reconvene", MEETING).effects
        assert type(invitation.data["quorate"]) is type(quorate)


def test_an_effect_leaves_nothing_behind_in_the_data() -> None:
    case = Case("council_vote", electorate=["m1"])
    case.complete("prepare_agenda", MEETING)
    case.decide("open_session", "adjourn")
    (invitation,) = case.complete("reconvene", MEETING).effects
    assert invitation.data == {"electorate": ["m1"], "decision": "adjourn", "mode": "in_person"}


def test_a_name_that_would_hide_the_clocks_is_refused() -> None:
    with pytest.raises(WorkflowFault, match="'due'"):
        nomination(due="2019-12-31T00:00:00+07:00")
    assert nomination(milestone={"due": "2019-12-31T00:00:00+07:00"}).open() == ["prepare_dossier"]


def test_nobody_to_vote_means_nothing_to_wait_for() -> None:
    case = Case("council_vote", electorate=[])
    case.complete("prepare_agenda", MEETING)
    times = {"vote_reminder": day(1).isoformat(), "vote_closes": day(2).isoformat()}
    step = case.complete("open_session", {"decision": "open", "quorate": True} | times)
    assert [effect.kind for effect in step.effects] == ["count_votes"]
    assert step.waiting_for == ("cancel_session", "void_vote", "votes_counted")


def test_reading_a_state_does_not_change_it() -> None:
    case = appraised()
    before = case.step
    assert case.shift(0).state_hash == before.state_hash
