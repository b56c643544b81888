"""Freezing and resuming a case, and stopping it at every stage."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.factories import CAMPAIGN
from tests.offices import scene
from tests.proven import faults, open_elements
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Campaign, Task
from webapp.operations import tasks
from webapp.operations.interventions import freeze_case, resume_case, stop_case
from webapp.operations.refusals import CaseEnded, CaseFrozen, Forbidden, InvalidForm, NotFound, NotNow

REASON = "Theo văn bản số 12/CV của Thanh tra"


def freeze(office, code, who="specialist", reason=REASON):
    freeze_case(code, reason, actor=office.actor(who), now=office.now)


def resume(office, code, who="specialist", reason=REASON):
    resume_case(code, reason, actor=office.actor(who), now=office.now)


def stop(office, code, who, reason=REASON):
    stop_case(code, reason, actor=office.actor(who), now=office.now)


def types(code):
    return [event.type for event in eventlog.read_stream(db.session(), f"case/{code}")]


@scene
def filling(office):
    """A registration that is being filled in, with a deadline."""
    office.open_campaign()
    return office.register()


# --- freezing ---


def test_a_frozen_case_refuses_every_act(office, filling):
    task = office.task("fill_on_behalf", filling)
    office_now, actor = office.now, office.actor("officer")
    freeze(office, filling)
    before = types(filling)
    acts = [
        lambda: tasks.take_task(task.public_id, actor=actor, now=office_now),
        lambda: tasks.give_back_task(task.public_id, actor=actor, now=office_now),
        lambda: tasks.save_draft(task.public_id, {}, actor=actor, now=office_now),
        lambda: tasks.complete_task(task.public_id, {}, actor=actor, now=office_now),
        lambda: office.paper("officer", task.public_id, "registration_form"),
        lambda: stop(office, filling, "officer"),
        lambda: freeze(office, filling),
    ]
    for act in acts:
        with pytest.raises(CaseFrozen):
            act()
    assert types(filling) == before
    assert open_elements(filling) == ["fill_on_behalf"]
    assert faults() == []


def test_its_clocks_stand_still(office, filling):
    case, task = office.case(filling), office.task("fill_on_behalf", filling)
    next_due, due = case.next_due, task.due
    assert next_due is not None
    freeze(office, filling)
    office.move(days=60)
    assert office.case(filling).state == "frozen"
    assert open_elements(filling) == ["fill_on_behalf"]
    resume(office, filling)
    pause = dt.timedelta(days=60)
    assert office.case(filling).next_due == next_due + pause
    assert office.task("fill_on_behalf", filling).due == due + pause
    office.do("officer", "fill_on_behalf", filling)
    assert open_elements(filling) == ["check_registration"]
    assert faults() == []


def test_its_timers_fire_when_they_are_due_after_the_pause(office, filling):
    days_left = (office.case(filling).next_due - office.at).days + 1
    freeze(office, filling)
    office.move(days=60)
    resume(office, filling)
    office.move(days=days_left - 1)
    assert office.case(filling).state == "active"
    office.move(days=1)
    assert office.case(filling).outcome == "lapsed"
    assert faults() == []


def test_it_can_be_frozen_again(office, filling):
    next_due = office.case(filling).next_due
    for _each in range(2):
        freeze(office, filling)
        office.move(hours=5)
        resume(office, filling)
        office.move(hours=1)
    assert office.case(filling).next_due == next_due + dt.timedelta(hours=10)
    assert types(filling).count("timers_shifted") == 2
    assert faults() == []


def test_a_suspended_campaign_takes_registrations_as_much_longer(office):
    code = office.open_campaign(registration_days=4)
    office.move(days=1)
    freeze(office, code, "secretary")
    office.move(days=20)
    resume(office, code, "secretary")
    registration = office.register()
    assert open_elements(registration) == ["fill_on_behalf"]
    office.move(days=5)
    assert db.session.scalar(select(Campaign.registration).where(Campaign.code == CAMPAIGN)) == "closed"
    with pytest.raises(InvalidForm) as refused:
        office.register(nominee_name="Người đến muộn")
    assert [fault.pointer for fault in refused.value.faults] == ["/late_reason"]
    assert faults() == []


def test_only_those_above_the_submitter_may_freeze(office, filling):
    for who, refusal in [("officer", Forbidden), ("commune_chair", Forbidden), ("other_officer", NotFound)]:
        with pytest.raises(refusal):
            freeze(office, filling, who)
    assert office.case(filling).state == "active"


def test_a_reason_is_asked_for_and_kept_apart(office, filling):
    for reason, fault in [("", "required"), ("  ", "required"), ("x" * 2001, "too_long")]:
        with pytest.raises(InvalidForm) as refused:
            freeze(office, filling, reason=reason)
        assert [(one.pointer, one.code) for one in refused.value.faults] == [("/reason", fault)]
    freeze(office, filling)
    (frozen,) = (e for e in eventlog.read_stream(db.session(), f"case/{filling}") if e.type == "case_frozen")
    assert (frozen.fields, frozen.private) == ({}, {"reason": REASON})


def test_what_is_not_frozen_cannot_be_resumed(office, filling):
    with pytest.raises(NotNow, match="not_frozen"):
        resume(office, filling)


def test_nothing_is_opened_in_a_suspended_campaign(office):
    code = office.open_campaign()
    freeze(office, code, who="authority")
    for act in (office.register, office.nominate):
        with pytest.raises(NotNow, match="campaign_suspended"):
            act()
    resume(office, code, who="authority")
    assert office.nominate()


# --- stopping ---


def test_nobody_enters_a_campaign_that_was_ended(office):
    stop(office, office.open_campaign(), "authority")
    for act in (office.register, office.nominate):
        with pytest.raises(NotNow, match="campaign_ended"):
            act()


def prepared(office):
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    return code


def checked(office):
    code = prepared(office)
    office.do("officer", "check_dossier", code, decision="complete")
    return code


def posted(office):
    code, day = checked(office), office.at.date().isoformat()
    office.do("officer", "record_meeting", code, decision="agree", met_on=day)
    office.do("commune_chair", "conclude_commune_council", code, decision="agree", met_on=day)
    office.do("officer", "post_publicly", code, posted_from=day)
    return code


def waiting(office):
    code = posted(office)
    office.move(days=20)
    office.do("officer", "conclude_posting", code, decision="clear")
    return code


def received(office):
    code, day = waiting(office), office.at.date().isoformat()
    batch = office.start("officer", "submission", round="nam-2019")
    office.do("officer", "prepare_submission", batch, nominations=[code])
    office.do("commune_chair", "sign_submission", batch, decision="sign", issued_on=day)
    office.work()
    office.do("specialist", "receive_submission", batch, lines=[{"nomination": code, "line": "received"}])
    office.work()
    return code


def asked(office):
    code = received(office)
    task = office.task("appraise", code)
    bodies = ["an-giang/tinh-bien/cong-an"]
    office.do("specialist", "appraise", task=task, decision="ask_opinions", bodies=bodies)
    return code


STAGES = {
    "preparing": (lambda office: office.nominate(), ["prepare_on_behalf"]),
    "checking": (prepared, ["check_dossier"]),
    "meeting": (checked, ["record_meeting"]),
    "posting": (posted, []),
    "waiting for the batch": (waiting, []),
    "appraising": (received, ["appraise"]),
    "asking others": (asked, ["give_opinion"]),
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_nomination_is_withdrawn_at_every_stage(office, campaign, stage):
    come_to, was_open = STAGES[stage]
    code = come_to(office)
    assert open_elements(code) == was_open
    before = len(types(code))
    stop(office, code, "officer")
    case = office.case(code)
    assert (case.state, case.outcome, case.next_due) == ("ended", "withdrawn", None)
    assert open_elements(code) == []
    assert types(code)[before:] == ["case_stopped", "message_delivered", *["task_lapsed"] * len(was_open)]
    lapsed = select(Task.element).where(Task.case_id == case.id, Task.status == "lapsed")
    assert list(db.session.scalars(lapsed)) == was_open
    office.move(days=90)
    with pytest.raises(CaseEnded):
        stop(office, code, "officer")
    with pytest.raises(CaseEnded):
        freeze(office, code)
    with pytest.raises(CaseEnded):
        resume(office, code)
    assert faults() == []


@pytest.mark.parametrize("filled_in", [False, True])
def test_a_registration_is_withdrawn(office, filling, filled_in):
    if filled_in:
        office.do("officer", "fill_on_behalf", filling)
    stop(office, filling, "officer")
    assert office.case(filling).outcome == "withdrawn"
    assert open_elements(filling) == []
    assert faults() == []


def test_a_campaign_is_ended_early_in_all_its_branches(office):
    code = office.open_campaign()
    stop(office, code, "authority")
    case = office.case(code)
    assert (case.state, case.outcome, case.next_due) == ("ended", "ended_early", None)
    assert open_elements(code) == []
    assert faults() == []


def test_who_may_not_stop_a_case(office, filling):
    with pytest.raises(Forbidden):
        stop(office, filling, "secretary")
    with pytest.raises(NotFound):
        stop(office, filling, "other_officer")
    assert office.case(filling).state == "active"
