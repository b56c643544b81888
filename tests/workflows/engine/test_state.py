"""What the engine reads off a state: rounds, items, due times, places, stage, timers moved by a freeze."""

import datetime as dt

from tests.workflows.engine.acting import NOW, Case, appraised, day, nomination
from workflows.values import Move

MILESTONE = {"code": "m", "kind": "review"}


def campaign() -> Case:
    """A campaign with two reviews running at once, each over two units."""
    reviews = [
        {"code": f"m{number}", "kind": "review"}
        | {name: day(at + number).isoformat() for name, at in (("date", 1), ("reminder", 10), ("due", 20))}
        for number in (1, 2)
    ]
    case = Case(
        "campaign",
        registration_opens=day(1).isoformat(),
        registration_closes=day(90).isoformat(),
        addressed_units=["u1", "u2"],
        acknowledge_only=[],
        acknowledge_reminder=day(5).isoformat(),
        acknowledge_by=day(9).isoformat(),
        milestones=reviews,
    )
    case.complete("draft_plan")
    case.decide("approve_plan", "approve")
    case.complete("publish_plan")
    case.complete("acknowledge_plan", unit="u1")
    case.complete("acknowledge_plan", unit="u2")
    case.fire(4)
    return case


def test_items_of_nested_multi_instances_are_all_told() -> None:
    found = [(task.items["milestone"]["code"], task.items["unit"]) for task in campaign().step.open_tasks]
    assert found == [("m1", "u1"), ("m1", "u2"), ("m2", "u1"), ("m2", "u2")]


def test_rounds_are_counted_for_each_instance() -> None:
    case = campaign()
    first = next(task for task in case.step.open_tasks if task.items["milestone"]["code"] == "m2")
    case.advance("complete", first.id, {})
    case.decide("verify_report", "return")
    rounds = {
        (task.items["milestone"]["code"], task.items["unit"]): task.round for task in case.step.open_tasks
    }
    assert rounds == {("m1", "u1"): 1, ("m1", "u2"): 1, ("m2", "u1"): 2, ("m2", "u2"): 1}


def test_rounds_go_on_counting_over_reloads_and_returns() -> None:
    case = appraised()
    for number in (2, 3, 4):
        case.decide("appraise", "supplement")
        case.complete("supplement_for_district")
        assert case.task("appraise").round == number


def test_an_instance_keeps_its_id_while_others_are_done() -> None:
    case = appraised()
    case.decide("appraise", "ask_opinions")
    second = case.task("give_opinion", unit="u2")
    case.complete("give_opinion", unit="u1")
    assert case.task("give_opinion") == second


def test_due_is_the_latest_timer_on_the_task() -> None:
    """The reminder on day 4 is no deadline; the one on day 10 is."""
    case = appraised()
    assert case.task("appraise").due == day(10)
    assert case.step.next_due == day(4)


def test_due_of_a_vote_is_the_end_of_the_voting_around_it() -> None:
    case = Case("council_vote", electorate=["m1", "m2"])
    case.complete("prepare_agenda", {"mode": "in_person"})
    times = {"vote_reminder": day(1).isoformat(), "vote_closes": day(2).isoformat()}
    case.complete("open_session", {"decision": "open", "quorate": True} | times)
    assert {task.due for task in case.step.open_tasks} == {day(2)}
    assert [task.items for task in case.step.open_tasks] == [{"membership": "m1"}, {"membership": "m2"}]


def test_due_is_in_utc_and_nothing_is_due_without_a_timer() -> None:
    case = nomination()
    assert case.task("prepare_dossier").due is None
    assert case.step.next_due is None
    case.complete("prepare_dossier")
    assert case.task("appraise").due.tzinfo is dt.UTC


def test_a_freeze_moves_every_waiting_timer_by_the_pause() -> None:
    case = appraised()
    task = case.task("appraise").id
    case.now = NOW + dt.timedelta(days=3)
    case.shift(30 * 24 * 3600)
    assert (case.task("appraise").id, case.task("appraise").due, case.step.next_due) == (
        task,
        day(40),
        day(34),
    )
    assert case.fire(33).moves == ()
    assert next(move.element for move in case.fire(35).moves) == "appraisal_reminder"
    assert next(move.element for move in case.fire(41).moves) == "appraisal_deadline"


def test_a_second_freeze_moves_them_again() -> None:
    case = appraised()
    case.shift(3600)
    case.shift(3600)
    assert case.task("appraise").due == day(10) + dt.timedelta(hours=2)


def test_a_freeze_changes_the_state_hash_and_asks_for_no_clock() -> None:
    case = appraised()
    before = case.step.state_hash
    step = case.shift(60)
    assert step.state_hash != before
    assert (step.moves, step.effects, dict(step.clocks)) == ((), (), {})


def test_the_state_hash_covers_the_data_of_what_waits() -> None:
    assert nomination(posting_days=1).step.state_hash != nomination(posting_days=2).step.state_hash


def test_a_timer_fires_once_and_only_when_it_is_past() -> None:
    case = appraised()
    assert case.fire(3.99).moves == ()
    assert case.fire(4).moves == ()
    assert [effect.kind for effect in case.fire(4.01).effects] == ["notify"]
    assert case.fire(4.02).moves == ()


def test_places_are_where_the_case_stands_with_the_containers_around() -> None:
    step = appraised().step
    assert set(step.places) == {
        ("district_assessment", "appraise"),
        ("nomination", "district_assessment"),
        ("nomination", "cycle"),
    }
    assert (step.stage, step.waiting_for) == ("district", ("withdraw",))


def test_moves_tell_the_flow_that_led_there() -> None:
    moves = nomination().complete("prepare_dossier").moves
    assert moves[0] == Move("nomination", "prepare_dossier", "choose_preparer_to_prepare_dossier")
    assert moves[-1] == Move("district_assessment", "start", None)


def test_an_effect_carries_its_parameters_and_the_data_of_its_instance() -> None:
    case = appraised()
    case.decide("appraise", "ask_opinions")
    reminded = case.fire(6).effects
    assert [(effect.params["template"], effect.data["unit"]) for effect in reminded] == [
        ("opinion_reminder", "u1"),
        ("opinion_reminder", "u2"),
    ]
    effects = case.fire(8).effects
    assert [(effect.kind, effect.data["unit"]) for effect in effects] == [
        ("record_silence", "u1"),
        ("record_silence", "u2"),
    ]
    assert [effect.id for effect in effects] == ["5/1", "5/2"]


def test_withdrawing_takes_away_every_open_task_and_timer() -> None:
    case = appraised()
    case.decide("appraise", "ask_opinions")
    step = case.deliver("withdraw")
    assert (step.open_tasks, step.next_due, step.waiting_for, step.places) == ((), None, (), ())
    assert (step.ended, step.outcome) == (True, "withdrawn")
