"""The delegation matrix: whose task, which role and kind, which scope, on which day, by whom – allowed or refused."""

import datetime as dt
from contextlib import nullcontext
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.factories import CAMPAIGN, LONG_AGO
from tests.offices import scene
from tests.people import AN_CU, TINH_BIEN
from webapp.extensions import db
from webapp.models import FormEntry, Task
from webapp.operations import delegations, people, tasks
from webapp.operations.acting import SYSTEM
from webapp.operations.delegations import Proposal
from webapp.operations.refusals import HeldByOther, NotFound, NotNow, Refused
from webapp.queries.inbox import Wanted
from webapp.queries.inbox_counts import task_counts
from webapp.queries.lending import NEVER, Lent
from webapp.queries.standing import actable, may_act, may_see, standing_of

ROLES = {"officer": AN_CU, "commune_chair": AN_CU, "secretary": TINH_BIEN}
FIRST, LAST = 1, 3  # days of the delegation, counted from the one on which it is proposed


@scene
def dossiers(office):
    """Open tasks of an officer, a commune chairman and a secretary; returns their ids by role."""
    office.open_campaign()
    checked, concluded = office.nominate(), office.nominate()
    for code in (checked, concluded):
        office.do("officer", "prepare_on_behalf", code)
    day = office.at.date().isoformat()
    office.do("officer", "check_dossier", concluded, decision="complete")
    office.do("officer", "record_meeting", concluded, decision="agree", met_on=day)
    return {
        "officer": office.task("check_dossier", checked).public_id,
        "commune_chair": office.task("conclude_commune_council", concluded).public_id,
        "secretary": office.task("close_round").public_id,
    }


def delegate(office, principal="officer", to="head", roles=(), first=FIRST, last=LAST, **scope):
    """A delegation that is accepted; returns its id."""
    proposal = Proposal(
        delegate=office.person(to).public_id,
        roles=roles or ((principal, ROLES[principal]),),
        from_date=office.today + dt.timedelta(days=first),
        to_date=office.today + dt.timedelta(days=last),
        reason="Nghỉ phép năm",
        **scope,
    )
    made = delegations.propose(proposal, actor=office.actor(principal), now=office.now)
    delegations.accept(made, actor=office.actor(to), now=office.now)
    return made


def code_of(task):
    return db.session.scalar(select(Task).where(Task.public_id == task)).case.code


def standing(office, username):
    return standing_of(db.session(), office.person(username), office.today)


def may_take(office, task, username):
    """Whether somebody may take a task; the page, the lists and the act say the same."""
    held = standing(office, username)
    row = db.session.scalar(select(Task).where(Task.public_id == task))
    told = may_act(held, row)
    assert told == bool(db.session.scalar(select(Task.id).where(Task.public_id == task, actable(held))))
    if told:
        assert may_see(db.session(), held, row.case_id)
    try:
        tasks.take_task(task, actor=office.actor(username), now=office.now)
    except NotFound:
        assert not told
        return False
    assert told
    return True


CHECK, MEETING = "commune_assessment.check_dossier", "commune_assessment.record_meeting"
CONCLUDE, CLOSE = "commune_assessment.conclude_commune_council", "campaign.close_round"
MATRIX = [
    # role, scope, days after the proposal, who, allowed
    ("officer", {}, FIRST - 1, "head", False),
    ("officer", {}, FIRST, "head", True),
    ("officer", {}, LAST, "head", True),
    ("officer", {}, LAST + 1, "head", False),
    ("officer", {}, FIRST, "secretary", False),
    ("officer", {}, FIRST, "auditor", False),
    ("officer", {}, FIRST, "officer", True),
    ("officer", {}, LAST + 1, "officer", True),
    ("officer", {}, FIRST, "colleague", True),
    ("officer", {"kinds": (CHECK,)}, FIRST, "head", True),
    ("officer", {"kinds": (MEETING,)}, FIRST, "head", False),
    ("officer", {"kinds": (MEETING, CHECK)}, LAST, "head", True),
    ("officer", {"kinds": (CHECK,)}, LAST + 1, "head", False),
    ("officer", {"campaign": CAMPAIGN}, FIRST, "head", True),
    ("officer", {"campaign": CAMPAIGN, "kinds": (MEETING,)}, FIRST, "head", False),
    ("officer", {"campaign": CAMPAIGN, "kinds": (CHECK,)}, FIRST, "head", True),
    ("commune_chair", {}, FIRST - 1, "head", False),
    ("commune_chair", {}, FIRST, "head", True),
    ("commune_chair", {}, LAST, "head", True),
    ("commune_chair", {}, LAST + 1, "head", False),
    ("commune_chair", {"kinds": (CONCLUDE,)}, FIRST, "head", True),
    ("commune_chair", {"kinds": (CHECK,)}, FIRST, "head", False),
    ("commune_chair", {"campaign": CAMPAIGN}, FIRST, "commune_chair", True),
    ("commune_chair", {}, FIRST, "officer", False),
    ("secretary", {}, FIRST - 1, "head", False),
    ("secretary", {}, FIRST, "head", True),
    ("secretary", {}, LAST, "head", True),
    ("secretary", {}, LAST + 1, "head", False),
    ("secretary", {"kinds": (CLOSE,)}, FIRST, "head", True),
    ("secretary", {"kinds": (CHECK,)}, FIRST, "head", False),
    ("secretary", {}, FIRST, "secretary", True),
    ("secretary", {}, FIRST, "officer", False),
]


@pytest.mark.parametrize(("role", "scope", "days", "who", "allowed"), MATRIX)
def test_who_may_take_what(office, dossiers, role, scope, days, who, allowed):
    delegate(office, role, **scope)
    office.at += dt.timedelta(days=days)
    listed = task_counts(db.session(), standing(office, who), Wanted("delegated"), office.at).delegated
    assert may_take(office, dossiers[role], who) == allowed
    assert (listed > 0) == (allowed and who == "head")


def test_another_campaign_stays_closed(office, dossiers):
    delegate(office, campaign=CAMPAIGN, first=0)
    [lent] = standing(office, "head").lent
    row = office.task("check_dossier")
    elsewhere = Lent(**{**vars(lent), "campaign_id": lent.campaign_id + 1})
    assert lent.opens(row)
    assert not elsewhere.opens(row)
    assert db.session.scalars(select(Task.id).where(elsewhere.opened())).all() == []


@pytest.mark.parametrize("element", sorted(NEVER))
def test_votes_are_never_delegated(office, dossiers, element):
    delegate(office, first=0)
    [lent] = standing(office, "head").lent
    task = office.task("check_dossier")
    task.element = element
    db.session.flush()
    assert not lent.opens(task)
    assert db.session.scalar(select(Task.id).where(Task.id == task.id, lent.opened())) is None
    db.session.rollback()


def test_what_is_for_one_person_alone_is_not_delegated(office, dossiers):
    delegate(office, first=0)
    [lent] = standing(office, "head").lent
    task = office.task("check_dossier")
    task.person_id = office.person("officer").id
    assert not lent.opens(task)
    db.session.rollback()


@pytest.mark.parametrize(
    ("person", "role"), [("member1", "member"), ("auditor", "auditor"), ("registrant", "registrant")]
)
def test_roles_of_members_auditors_and_registrants_are_not_delegated(office, dossiers, person, role):
    unit = AN_CU if role == "registrant" else TINH_BIEN
    with pytest.raises(Refused) as refused:
        delegate(office, person, "head", ((role, unit),))
    assert [fault.code for fault in refused.value.faults] == ["not_yours"]


def test_the_role_of_administrators_is_not_delegated(office, dossiers):
    with pytest.raises(Refused) as refused:
        delegate(office, "admin", "province_head", (("admin", "an-giang"),))
    assert [fault.code for fault in refused.value.faults] == ["not_yours"]


def test_a_principal_without_the_role_delegates_nothing_any_more(office, dossiers):
    delegate(office, first=0)
    held = office.person("officer").holdings[0].id
    yesterday = office.today - dt.timedelta(days=1)
    people.end_role(office.person("officer").public_id, held, yesterday, actor=SYSTEM, now=office.now)
    assert not may_take(office, dossiers["officer"], "head")


def test_no_chain(office, dossiers):
    """The head may act for the officer, and can hand on neither that nor, with a role of their own, that role."""
    delegate(office, first=0)
    with pytest.raises(Refused) as refused:
        delegate(office, "head", "specialist", (("officer", AN_CU),), first=0)
    assert [fault.code for fault in refused.value.faults] == ["not_yours"]
    delegate(office, "head", "specialist", (("head", TINH_BIEN),), first=0)
    assert may_take(office, dossiers["officer"], "head")
    tasks.give_back_task(dossiers["officer"], actor=office.actor("head"), now=office.now)
    assert not may_take(office, dossiers["officer"], "specialist")


def test_the_delegate_takes_over_what_the_principal_has_taken(office, dossiers):
    delegate(office, first=0)
    task = dossiers["officer"]
    tasks.take_task(task, actor=office.actor("officer"), now=office.now)
    assert may_take(office, task, "head")
    with pytest.raises(HeldByOther):
        tasks.take_task(task, actor=office.actor("officer"), now=office.now)


def test_what_a_colleague_has_taken_stays_theirs(office, dossiers):
    delegate(office, first=0)
    tasks.take_task(dossiers["officer"], actor=office.actor("colleague"), now=office.now)
    with pytest.raises(HeldByOther):
        tasks.take_task(dossiers["officer"], actor=office.actor("head"), now=office.now)


def test_the_own_right_goes_first(office, dossiers):
    """Somebody with the role themselves acts in their own name, until they take over from the principal."""
    delegate(office, to="colleague", first=0)
    task = dossiers["officer"]
    tasks.take_task(task, actor=office.actor("colleague"), now=office.now)
    assert office.task("check_dossier").principal_id is None
    tasks.give_back_task(task, actor=office.actor("colleague"), now=office.now)
    tasks.take_task(task, actor=office.actor("officer"), now=office.now)
    tasks.take_task(task, actor=office.actor("colleague"), now=office.now)
    assert office.task("check_dossier").principal_id == office.person("officer").id


def test_a_program_with_a_token_acts_in_the_own_right_alone(office, dossiers):
    delegate(office, first=0)
    program = replace(office.actor("head"), alone=True)
    with pytest.raises(NotFound):
        tasks.take_task(dossiers["officer"], actor=program, now=office.now)


def test_two_roles_of_one_person(office, dossiers):
    """Only the role that was delegated comes along."""
    people.give_role(
        office.person("officer").public_id, "commune_chair", AN_CU, LONG_AGO, actor=SYSTEM, now=office.now
    )
    delegate(office, first=0)
    assert may_take(office, dossiers["officer"], "head")
    assert not may_take(office, dossiers["commune_chair"], "head")


HANDS = [
    # checks the dossier, in whose name, concludes for the commune, in whose name, allowed
    ("officer", "", "commune_chair", "", True),
    ("head", "officer", "commune_chair", "", True),
    ("officer", "", "colleague", "commune_chair", True),
    ("commune_chair", "officer", "colleague", "commune_chair", True),
    ("commune_chair", "officer", "commune_chair", "", False),
    ("head", "officer", "head", "commune_chair", False),
    ("officer", "", "officer", "commune_chair", False),
    ("head", "colleague", "colleague", "commune_chair", False),
]
ROLE = {"officer": "officer", "colleague": "officer", "commune_chair": "commune_chair"}


@pytest.mark.parametrize(("checks", "checks_for", "concludes", "concludes_for", "allowed"), HANDS)
def test_nobody_has_two_hands(office, dossiers, checks, checks_for, concludes, concludes_for, allowed):
    """What somebody did for another, and what others did in their name, counts as what they did themselves."""
    for principal, to in ((checks_for, checks), (concludes_for, concludes)):
        if principal:
            delegate(office, principal, to, ((ROLE[principal], AN_CU),), first=0)
    code = code_of(dossiers["officer"])
    done = office.do(checks, "check_dossier", code, decision="complete")
    assert done.principal_id == (office.person(checks_for).id if checks_for else None)
    office.do("officer", "record_meeting", code, decision="agree", met_on=office.today.isoformat())
    refused = pytest.raises(NotNow, match=r"conflict_of_delegate_(own|same)_hands")
    with nullcontext() if allowed else refused:
        office.do(concludes, "conclude_commune_council", code, decision="agree")


def test_what_is_barred_can_be_given_back(office, dossiers):
    """Taken before the delegate acted for another; nobody else could do it if it could not be given back."""
    task = office.task("conclude_commune_council").public_id
    tasks.take_task(task, actor=office.actor("commune_chair"), now=office.now)
    done = office.task("record_meeting", (code := code_of(task)), status="done")
    done.closed_by_id, done.principal_id = office.person("commune_chair").id, office.person("officer").id
    entry = db.session.scalar(select(FormEntry).where(FormEntry.task_id == done.id))
    entry.person_id = done.closed_by_id
    db.session.commit()
    with pytest.raises(NotNow, match="own_hands"):
        office.do("commune_chair", "conclude_commune_council", code, decision="agree")
    tasks.give_back_task(task, actor=office.actor("commune_chair"), now=office.now)
    assert office.task("conclude_commune_council", code).holder_id is None
