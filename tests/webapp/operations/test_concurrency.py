"""Many people at once: nothing is lost, nothing happens twice, numbers have no gaps."""

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import func, select

from tests.factories import CAMPAIGN, LONG_AGO, filled
from tests.offices import scene
from tests.people import TINH_BIEN
from tests.proven import faults
from tests.together import raised, together
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Campaign, Case, FormEntry, NumberSeries, Task, Unit
from webapp.operations import people, starts, tasks
from webapp.operations.acting import SYSTEM
from webapp.operations.numbers import take_number
from webapp.operations.outbox import fire_due
from webapp.operations.refusals import AlreadyDone, HeldByOther, NotNow
from webapp.operations.transaction import write
from workflows.events import ClockMoved

THREADS = 8


@pytest.fixture
def communes(office):
    """All communes of the district, with one person who is officer in each of them."""
    below = select(Unit.code).where(Unit.code.startswith(f"{TINH_BIEN}/"), Unit.kind == "committee")
    codes = list(db.session.scalars(below.order_by(Unit.code)))
    for code in codes:
        people.give_role(
            office.person("colleague").public_id, "officer", code, LONG_AGO, actor=SYSTEM, now=office.now
        )
    return codes


@scene
def ready_nomination(office):
    office.open_campaign()
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    office.do("officer", "check_dossier", code, decision="complete")
    office.do("officer", "record_meeting", code, decision="agree", met_on=office.at.date().isoformat())
    office.do(
        "commune_chair",
        "conclude_commune_council",
        code,
        decision="agree",
        met_on=office.at.date().isoformat(),
    )
    office.do("officer", "post_publicly", code, posted_from=office.at.date().isoformat())
    office.move(days=20)
    office.do("officer", "conclude_posting", code, decision="clear")
    return code


def events(code, *types):
    return [e for e in eventlog.read_stream(db.session(), f"case/{code}") if e.type in types]


def test_parallel_tasks_of_one_case_lose_nothing(app, office, communes):
    """Each commune files its own plan at the same moment: one state, eight writers at a time."""
    day = office.at.date()
    code = office.start(
        "secretary",
        "campaign",
        registration_opens=day.isoformat(),
        registration_closes=(day + dt.timedelta(days=30)).isoformat(),
        addressed_units=communes,
        acknowledge_by=(day + dt.timedelta(days=10)).isoformat(),
    )
    office.do("secretary", "draft_plan", code)
    office.do("authority", "approve_plan", code, decision="approve")
    office.do("secretary", "publish_plan", code)
    office.work()
    open_now = select(Task).where(Task.element == "acknowledge_plan", Task.status == "open")
    found = db.session.scalars(open_now.order_by(Task.id)).all()
    assert len(found) == len(communes) > THREADS
    forms = {
        task.public_id: filled(
            office.offered(task), {}, lambda kind, of=task.public_id: office.paper("colleague", of, kind)
        )
        for task in found
    }
    actor, now = office.actor("colleague"), office.now
    shares = [list(forms)[place::THREADS] for place in range(THREADS)]

    def acknowledge(share):
        return [tasks.complete_task(one, forms[one], actor=actor, now=now) for one in share]

    results = together(app, [lambda share=share: acknowledge(share) for share in shares])
    assert raised(results) == []
    done = events(code, "task_completed")
    assert len(done) == 3 + len(communes)
    assert ["acknowledgement", "end_answered"] in [move[:2] for move in done[-1].fields["moves"]]
    entries = select(func.count(FormEntry.id)).where(FormEntry.form == "acknowledgement/acknowledge_plan")
    assert db.session.scalar(entries) == len(communes)
    assert db.session.scalar(open_now) is None
    assert faults() == []


def test_cases_opened_at_the_same_moment_are_numbered_without_a_gap(app, office, campaign):
    actor, now = office.actor("officer"), office.now
    form = {
        "strand": "dong-thuan-hop-tac",
        "nominee_kind": "individual",
        "submitting_unit": "an-giang/tinh-bien/an-cu",
        "filled_by": "officer",
    }

    def open_three(place):
        return [
            starts.start_case(
                "registration",
                CAMPAIGN,
                {**form, "nominee_name": f"Người {place} {each}"},
                actor=actor,
                now=now,
            )
            for each in range(3)
        ]

    results = together(app, [lambda place=place: open_three(place) for place in range(THREADS)])
    assert raised(results) == []
    codes = sorted(code for share in results for code in share)
    assert codes == [f"DK-2019-{number:04d}" for number in range(1, 3 * THREADS + 1)]
    assert faults() == []


def test_one_plan_is_opened_once(app, office):
    form = {
        "registration_opens": "2019-12-02",
        "registration_closes": "2019-12-31",
        "addressed_units": ["an-giang/tinh-bien/an-cu"],
        "acknowledge_by": "2019-12-12",
    }
    actor, now = office.actor("secretary"), office.now
    results = together(
        app, [lambda: starts.start_case("campaign", CAMPAIGN, form, actor=actor, now=now)] * THREADS
    )
    assert raised(results) == [NotNow] * (THREADS - 1)
    assert db.session.scalar(select(func.count(Case.id)).where(Case.process == "campaign")) == 1
    assert db.session.scalar(select(Campaign).where(Campaign.code == CAMPAIGN)).case is not None


def test_of_two_completions_of_one_task_one_wins(app, office, campaign):
    code = office.register()
    office.do("officer", "fill_on_behalf", code)
    task = office.task("check_registration", code)
    task_id, now, offered = task.public_id, office.now, office.offered(task)

    def check(who, decision):
        form = filled(offered, {"decision": decision}, None)
        return tasks.complete_task(task_id, form, actor=who, now=now)

    two = [(office.actor("officer"), "accept"), (office.actor("colleague"), "reject")]
    acts = [partial(check, *each) for each in two * 4]
    before = len(eventlog.read_stream(db.session(), f"case/{code}"))
    results = together(app, acts)
    assert raised(results) == [AlreadyDone] * (len(acts) - 1)
    (winner,) = (place for place, result in enumerate(results) if not isinstance(result, Exception))
    loser = next(result for result in results if isinstance(result, AlreadyDone))
    assert loser.by == office.person("officer" if winner % 2 == 0 else "colleague").name
    assert office.task("check_registration", code, status="done").decision == ["accept", "reject"][winner % 2]
    assert len(eventlog.read_stream(db.session(), f"case/{code}")) == before + 1
    entries = select(func.count(FormEntry.id)).where(FormEntry.form == "registration/check_registration")
    assert db.session.scalar(entries) == 1
    assert faults() == []


def test_one_of_many_takes_a_task(app, office, campaign):
    code = office.register()
    task_id, now = office.task("fill_on_behalf", code).public_id, office.now
    two = [office.actor("officer"), office.actor("colleague")]

    def take_and_give_back(actor):
        done = 0
        for _each in range(6):
            try:
                tasks.take_task(task_id, actor=actor, now=now)
                tasks.give_back_task(task_id, actor=actor, now=now)
                done += 1
            except HeldByOther:
                continue
        return done

    results = together(app, [lambda actor=actor: take_and_give_back(actor) for actor in two * 2])
    assert raised(results) == []
    taken, given_back = (len(events(code, kind)) for kind in ("task_taken", "task_given_back"))
    assert taken == given_back
    assert 1 <= taken <= sum(results)
    assert office.task("fill_on_behalf", code).holder_id is None
    assert faults() == []


def test_a_nomination_lies_on_one_batch_only(app, office, ready_nomination):
    """Two officers of a unit put the same nomination on two lists at the same moment."""
    batches = [office.start("officer", "submission", round="nam-2019") for _each in range(2)]
    actor, now = office.actor("officer"), office.now
    wanted = [office.task("prepare_submission", code) for code in batches]
    forms = [filled(office.offered(task), {"nominations": [ready_nomination]}, None) for task in wanted]
    ids = [task.public_id for task in wanted]
    results = together(
        app,
        [
            lambda one=one, form=form: tasks.complete_task(one, form, actor=actor, now=now)
            for one, form in zip(ids, forms, strict=True)
        ],
    )
    (refusal,) = [result for result in results if isinstance(result, Exception)]
    assert [(fault.pointer, fault.code) for fault in refusal.faults] == [("/nominations/0", "not_a_choice")]
    assert faults() == []


def test_a_timer_and_a_person_at_the_same_moment(app, office):
    """The deadline closes the form while it is being sent: one of both happened, never half of each."""
    office.open_campaign(registration_days=4)
    codes = [office.register(nominee_name=f"Nguyễn Văn {name}") for name in "ABCDEF"]
    found = [office.task("fill_on_behalf", code) for code in codes]
    forms = [
        filled(office.offered(task), {}, lambda kind, of=task.public_id: office.paper("officer", of, kind))
        for task in found
    ]
    ids, cases = [task.public_id for task in found], [task.case_id for task in found]
    before, actor = office.now, office.actor("officer")
    office.at += dt.timedelta(days=6)
    after = office.now
    acts = [
        lambda one=one, form=form: tasks.complete_task(one, form, actor=actor, now=before)
        for one, form in zip(ids, forms, strict=True)
    ] + [lambda one=one: fire_due(one, after) for one in cases]
    results = together(app, acts)
    assert set(raised(results)) <= {AlreadyDone}
    for code, sent in zip(codes, results, strict=False):
        task = office.task(
            "fill_on_behalf", code, status="lapsed" if isinstance(sent, AlreadyDone) else "done"
        )
        assert office.case(code).outcome == ("lapsed" if task.status == "lapsed" else None)
        assert len(events(code, "task_completed", "task_lapsed")) == 1
    assert faults() == []


def test_numbers_have_no_gap_whatever_fails(app, office):
    """Every third transaction fails after it took its number; the number goes back."""
    now = office.now

    def take(place):
        taken = []
        for each in range(6):
            try:
                with write(SYSTEM, now) as transaction:
                    number = take_number(transaction, "thử", 2019)
                    transaction.log("system", ClockMoved(seconds=0))
                    if (place + each) % 3 == 0:
                        raise LookupError
            except LookupError:
                continue
            taken.append(number)
        return taken

    results = together(app, [lambda place=place: take(place) for place in range(THREADS)])
    assert raised(results) == []
    taken = sorted(number for share in results for number in share)
    assert taken == list(range(1, len(taken) + 1))
    assert db.session.get(NumberSeries, ("thử", 2019)).last == len(taken)
    assert faults() == []
