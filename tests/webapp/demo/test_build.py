"""What the demo holds: real work for everybody, awards within the ceilings, a log that proves itself."""

import datetime as dt
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.demo_fixture import flask_command
from tests.offices import Templates
from webapp.clock import now
from webapp.demo.script import people
from webapp.extensions import db
from webapp.models import (
    AgendaItem,
    Award,
    Campaign,
    CampaignResponse,
    Case,
    CouncilSession,
    Mail,
    Nomination,
    OpenVote,
    OutboxItem,
    Person,
    Registration,
    RegistrationList,
    RegistrationVersion,
    Task,
)
from webapp.queries.demo import waiting_tasks
from webapp.queries.due import due_cases
from webapp.queries.plans import plan_of
from webapp.queries.profiles import thawed_profile
from workflows.rules.quotas import quota_board
from workflows.rules.voting import Counts, outcome
from workflows.values import VIETNAM, local_day

MORNING = dt.time(8, 30)
WITHOUT_TASKS = {"auditor", "admin"}
TINH_BIEN = "tinh-bien-vi-nguoi-ngheo-2020"


def idle() -> set[str]:
    """Accounts for which no task waits."""
    names = [account.username for account in people().accounts]
    waiting = waiting_tasks(db.session(), names, local_day(now(db.session()).at))
    assert set(waiting) == set(names), "an account is missing"
    return {name for name, count in waiting.items() if not count}


def states(process: str, *campaigns: str) -> Counter[str]:
    """How many cases of a process there are by stage, or by outcome where they have ended."""
    query = select(Case.state, Case.stage, Case.outcome).where(Case.process == process)
    if campaigns:
        query = query.join(Campaign, Campaign.id == Case.campaign_id).where(Campaign.code.in_(campaigns))
    rows = db.session.execute(query)
    return Counter(
        str(outcome if state == "ended" else state if state == "frozen" else stage)
        for state, stage, outcome in rows
    )


def over_ceiling() -> list[str]:
    """Ceilings that the awards of decisions, drafts included, exceed."""
    taken: defaultdict[tuple[int, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for award in db.session.scalars(select(Award)):
        nomination: Nomination = award.nomination
        place = (nomination.campaign_id, nomination.round.code)
        taken[place][nomination.strand.code, nomination.nominee.kind] += 1
    return [
        f"{round_code} {place.strand} {place.pool}"
        for (campaign_id, round_code), given in taken.items()
        for place in quota_board(
            plan_of(db.session(), db.session.get_one(Campaign, campaign_id)), round_code, given
        )
        if place.over
    ]


def opened(element: str) -> int:
    return len(
        db.session.scalars(select(Task.id).where(Task.element == element, Task.status == "open")).all()
    )


@pytest.fixture
def migrated(sqlite_templates: Templates) -> Path:
    """A data folder with an empty database."""
    return sqlite_templates.lay("migrated").data_dir


@pytest.fixture
def founded(sqlite_templates: Templates) -> Path:
    """A data folder with units and people."""
    return sqlite_templates.lay("founded").data_dir


def test_the_clock_stands_at_the_date(demo: Flask) -> None:
    at = now(db.session()).at.astimezone(VIETNAM)
    assert at.date() == dt.date(2019, 12, 10)
    assert dt.timedelta() <= at - dt.datetime.combine(at.date(), MORNING, VIETNAM) < dt.timedelta(hours=12)


def test_every_account_finds_work(demo: Flask) -> None:
    assert idle() == WITHOUT_TASKS


@pytest.mark.soak
def test_every_account_finds_work_years_later(later: Flask) -> None:
    assert idle() == WITHOUT_TASKS | {"ag_specialist", "ag_head"}, "the province of An Giang has none then"


def test_nothing_is_left_undone(demo: Flask) -> None:
    assert list(db.session.scalars(select(OutboxItem.fault).where(OutboxItem.status != "done"))) == []
    assert due_cases(db.session(), dt.datetime(2019, 12, 10, 1, 30, tzinfo=dt.UTC), 10) == []


def test_what_the_accounts_are_written_stays_on_the_page_of_mails(demo: Flask) -> None:
    mails = db.session.execute(select(Mail.sent_at, Mail.address)).all()
    assert len(mails) > 50
    assert {sent for sent, _address in mails} == {None}
    assert all(address.endswith(".example") for _sent, address in mails)


def test_people_are_marked_as_fictitious(demo: Flask) -> None:
    assert db.session.scalars(select(Person.username).where(~Person.fictitious)).all() == []


def test_the_round_of_2018_is_over(demo: Flask) -> None:
    query = (
        select(Case.state, Case.outcome)
        .join(Nomination, Nomination.case_id == Case.id)
        .join(Nomination.round)
    )
    rows = db.session.execute(query.where(Nomination.round.has(code="nam-2018"))).all()
    assert {state for state, _ in rows} == {"ended"}
    assert Counter(outcome for _, outcome in rows)["awarded"] == 29
    awards = db.session.scalars(select(Award).join(Award.decision).where(Award.register_year == 2018)).all()
    assert sorted(award.register_number or 0 for award in awards) == list(range(1, 30))
    assert all(award.handed_over_on and award.decision.published_at for award in awards)


def test_the_round_of_2019_stands_at_every_stage(demo: Flask) -> None:
    found = states("nomination", TINH_BIEN)
    stages = {"draft", "commune", "submission", "district", "council", "decision", "province"}
    ends = {"frozen", "withdrawn", "rejected", "not_passed", "awarded"}
    assert stages | ends <= set(found)
    overdue = select(Task).where(
        Task.status == "open", Task.element == "appraise", Task.due < now(db.session()).at
    )
    assert db.session.scalars(overdue).all()
    for element in ("supplement_for_district", "give_opinion", "review_appraisal", "sign_submission"):
        assert opened(element), element
    for element in (
        "receive_submission",
        "prepare_agenda",
        "sign_minutes",
        "sign_decision",
        "number_decision",
    ):
        assert opened(element), element


def test_one_more_vote_shows_the_outcome(demo: Flask) -> None:
    """In one session all have voted but `member1`, and on that vote one nominee's outcome depends."""
    last = [
        (task.person, task.case_id)
        for task in db.session.scalars(select(Task).where(Task.element == "cast_vote", Task.status == "open"))
        if db.session.scalars(
            select(Task.id).where(
                Task.case_id == task.case_id, Task.element == "cast_vote", Task.status == "open"
            )
        ).all()
        == [task.id]
    ]
    assert [person.username for person, _ in last if person] == ["member1"]
    session = db.session.execute(
        select(CouncilSession).where(CouncilSession.case_id == last[0][1])
    ).scalar_one()
    results = {(with_last(session, item, 0), with_last(session, item, 1)) for item in session.agenda}
    assert (False, True) in results


def with_last(session: CouncilSession, item: AgendaItem, agree: int) -> bool:
    """Whether an item passes with the votes cast and so many more that agree."""
    votes = Counter(db.session.scalars(select(OpenVote.choice).where(OpenVote.agenda_item_id == item.id)))
    members = len(session.electors)
    counts = Counts(
        members=members,
        present=members,
        summoned=members,
        agree=votes["agree"] + agree,
        disagree=votes["disagree"],
        abstain=votes["abstain"],
        recused=votes["recused"],
        present_recused=votes["recused"],
    )
    return outcome(thawed_profile(session.profile), counts).passed


def test_awards_stay_within_the_ceilings(demo: Flask) -> None:
    assert over_ceiling() == []


@pytest.mark.soak
def test_awards_stay_within_the_ceilings_years_later(later: Flask) -> None:
    assert over_ceiling() == []


def test_a_plan_waits_for_approval(demo: Flask) -> None:
    codes = db.session.scalars(
        select(Campaign.code)
        .join(Case, Case.campaign_id == Campaign.id)
        .join(Task, Task.case_id == Case.id)
        .where(Task.element == "approve_plan", Task.status == "open")
    ).all()
    assert codes == ["tinh-bien-gia-dinh-2020"]


def test_pledges_lists_and_a_response_are_there(demo: Flask) -> None:
    assert db.session.scalars(select(RegistrationVersion.number)).all().count(2) == 1
    confirmed = select(RegistrationList).where(RegistrationList.confirmed_at.is_not(None))
    assert all(each.lines for each in db.session.scalars(confirmed))
    [response] = db.session.scalars(select(CampaignResponse))
    registered = select(Registration).where(
        Registration.campaign_id == response.campaign_id, Registration.registered_at.is_not(None)
    )
    assert len(db.session.scalars(registered).all()) == 2


def test_the_review_of_ninh_binh_lacks_one_report(demo: Flask) -> None:
    query = (
        select(Task)
        .join(Case, Case.id == Task.case_id)
        .join(Campaign, Campaign.id == Case.campaign_id)
        .where(Task.element == "report_indicators", Campaign.code == "ninh-binh-117-kh-ubnd-2017")
    )
    reports = Counter(task.status for task in db.session.scalars(query))
    assert reports == {"done": 21, "open": 1}


def test_exemplars_stand_at_several_stages_and_are_applied(demo: Flask) -> None:
    assert states("exemplar") == {"introduction": 1, "verification": 1, "fostering": 1}
    assert states("replication") == {"applied": 1, "applying": 1}


@pytest.mark.soak
def test_old_campaigns_have_ended_years_later(later: Flask) -> None:
    old = (TINH_BIEN, "ninh-binh-117-kh-ubnd-2017", "tinh-bien-gia-dinh-2020")
    assert states("campaign", *old) == {"closed": 2, "ended_early": 1}
    new = ("bu-gia-map-dien-hinh-2022", "chau-thanh-27-kh-ubnd-2024", "chau-thanh-85-kh-ubnd-2024")
    assert sum(states("nomination", *new).values()) > 20
    still = select(Case.code).join(Campaign, Campaign.id == Case.campaign_id)
    assert db.session.scalars(still.where(Campaign.code.in_(old), Case.state != "ended")).all() == []


@pytest.mark.parametrize("which", ["demo_data", pytest.param("later_data", marks=pytest.mark.soak)])
def test_the_log_proves_itself(which: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(which)
    assert "everything holds" in flask_command(folder, "audit", "verify")
    said = flask_command(folder, "audit", "replay")
    steps = re.search(r"(\d+) of (\d+) steps reproduced, (\d+) erased, hash verified", said)
    assert steps is not None, said
    reproduced, total, erased = map(int, steps.groups())
    assert (reproduced + erased, erased) == (total, 3)
    assert total > 1_000


def test_building_again_changes_nothing(demo_data: Path) -> None:
    assert "already" in flask_command(demo_data, "demo", "build")


def test_whoever_signs_decisions_has_a_key_for_trials(demo_data: Path) -> None:
    assert "0 keys made" in flask_command(demo_data, "demo", "keys")


def test_only_what_had_happened_by_then(migrated: Path) -> None:
    said = flask_command(migrated, "demo", "build", "--at", "2017-10-12")
    assert "2 acts up to 12/10/2017" in said
    assert "people in this database" not in said


def test_it_is_never_laid_over_people(founded: Path) -> None:
    assert "people in this database" in flask_command(founded, "demo", "build", status=1)


def test_it_does_not_begin_before_the_first_plan(migrated: Path) -> None:
    assert "later date" in flask_command(migrated, "demo", "build", "--at", "2016-01-01", status=1)


def test_accounts_are_listed_with_their_password(demo_data: Path) -> None:
    said = flask_command(demo_data, "demo", "accounts")
    assert "thidua-demo" in said
    for account in people().accounts:
        assert account.username in said
