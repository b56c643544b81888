"""Exemplars: who proposes one, what is refused, and that nothing is introduced without a consent."""

import datetime as dt
import io

import pytest
from sqlalchemy import select

from tests.factories import CAMPAIGN
from tests.introducing import photograph
from tests.offices import scene
from tests.people import AN_CU
from tests.proven import open_elements
from webapp.models import Notice, Person
from webapp.operations import imports
from webapp.operations.acting import SYSTEM
from webapp.operations.interventions import stop_case
from webapp.operations.papers import PaperRefused, Upload, add_paper
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.starts import start_case
from webapp.operations.tasks import complete_task
from workflows.plan import SHIPPED_PLANS
from workflows.rules.deadlines import add_working_days, office_calendar
from workflows.values import local_day

FORM = {
    "exemplar_kind": "model",
    "exemplar_name": "Tổ nuôi bò giúp nhau",
    "submitting_unit": AN_CU,
    "story": "Mười hộ góp vốn xoay vòng nuôi bò.",
}


def propose(office, username="registrant", **form):
    return office.start(username, "exemplar", **(FORM | form))


def day(office, days):
    return (office.at + dt.timedelta(days=days)).date().isoformat()


@scene
def selecting(office):
    """An exemplar whose fostering is over."""
    office.open_campaign()
    code = propose(office)
    office.do("officer", "verify_exemplar", code, decision="accept")
    office.do("officer", "plan_fostering", code, foster_date=day(office, 20))
    office.move(days=22)
    return code


@pytest.mark.parametrize("username", ["registrant", "officer", "commune_chair", "specialist", "police"])
def test_anybody_with_a_role_at_or_below_the_organiser_proposes(office, campaign, username):
    unit = "an-giang/tinh-bien/cong-an" if username == "police" else AN_CU
    code = propose(office, username, submitting_unit=unit)
    assert code.startswith("DH-2019-")
    assert open_elements(code) == ["verify_exemplar"]


@pytest.mark.parametrize("username", ["stranger", "province_specialist"])
def test_nobody_else_does(office, campaign, username):
    with pytest.raises(Forbidden):
        propose(office, username)


def test_a_story_is_needed(office, campaign):
    with pytest.raises(InvalidForm) as refused:
        propose(office, story=" ")
    assert "/story" in {fault.pointer for fault in refused.value.faults}


def test_a_plan_without_exemplars_takes_none(office):
    plan = (SHIPPED_PLANS / f"{CAMPAIGN}.yaml").read_text("utf-8")
    head, _, rest = plan.partition("\nexemplars:")
    tail = rest[rest.index("\nassumptions:") :]
    other = (
        (head + tail)
        .replace("concerns: [exemplars", "concerns: [registration")
        .replace(f"code: {CAMPAIGN}", "code: khong-dien-hinh")
    )
    imports.import_plan(other, actor=SYSTEM, now=office.now)
    with pytest.raises(NotNow, match="no_exemplars"):
        start_case("exemplar", "khong-dien-hinh", FORM, actor=office.actor("officer"), now=office.now)


def test_who_proposed_it_supplements_it(office, campaign):
    code = propose(office, "commune_chair")
    office.do("officer", "verify_exemplar", code, decision="supplement")
    with pytest.raises(NotFound):
        office.do("other_registrant", "supplement_exemplar", code)
    office.do("commune_chair", "supplement_exemplar", code)
    assert open_elements(code) == ["verify_exemplar"]


def test_the_officer_of_another_unit_does_not_verify_it(office, campaign):
    code = propose(office)
    with pytest.raises(NotFound):
        office.do("other_officer", "verify_exemplar", code, decision="accept")
    assert open_elements(code) == ["verify_exemplar"]


def test_selection_comes_when_fostering_is_over(office, campaign):
    code = propose(office)
    office.do("officer", "verify_exemplar", code, decision="accept")
    office.do("officer", "plan_fostering", code, foster_date=day(office, 20))
    office.move(days=19)
    assert open_elements(code) == ["record_fostering"]
    office.move(days=2)
    assert open_elements(code) == ["select_exemplar"]


def told_of(office, template):
    """Who has been told of it."""
    query = select(Person.username).join(Notice, Notice.person_id == Person.id)
    return office.read(query.where(Notice.template == template).order_by(Person.username))


def test_who_verifies_is_reminded_and_those_above_are_told_when_it_is_late(office, campaign):
    code = propose(office)
    due = local_day(office.task("verify_exemplar", code).due)
    calendar = office_calendar([office.at.year, office.at.year + 1])
    assert due == add_working_days(office.at.date(), 10, calendar)
    office.move(days=13)
    assert told_of(office, "exemplar_verification_reminder") == ["colleague", "officer"]
    assert told_of(office, "exemplar_verification_overdue") == []
    office.move(days=4)
    late = told_of(office, "exemplar_verification_overdue")
    assert late == ["colleague", "commune_chair", "officer", "registrant", "specialist"]
    assert open_elements(code) == ["verify_exemplar"]


def test_what_was_verified_reminds_nobody(office, campaign):
    code = propose(office)
    office.do("officer", "verify_exemplar", code, decision="accept")
    office.move(days=30)
    assert told_of(office, "exemplar_verification_reminder") == []


def test_who_has_fostered_it_before_its_day_sends_it_on(office, campaign):
    code = propose(office)
    office.do("officer", "verify_exemplar", code, decision="accept")
    office.do("officer", "plan_fostering", code, foster_date=day(office, 20))
    office.do("officer", "record_fostering", code, decision="continue")
    assert open_elements(code) == ["record_fostering"]
    office.do("officer", "record_fostering", code, decision="finished")
    assert open_elements(code) == ["select_exemplar"]


def test_it_may_be_fostered_on_or_not_be_chosen(office, selecting):
    office.do("specialist", "select_exemplar", selecting, decision="foster")
    assert open_elements(selecting) == ["plan_fostering"]
    office.do("officer", "plan_fostering", selecting, foster_date=day(office, 10))
    office.move(days=12)
    office.do("specialist", "select_exemplar", selecting, decision="not_chosen")
    assert office.case(selecting).outcome == "not_chosen"


def test_without_a_consent_it_is_not_introduced(office, selecting):
    office.do("specialist", "select_exemplar", selecting, decision="select")
    task = office.task("prepare_introduction", selecting)
    form = {"headline": "Nuôi bò", "text": "Bài", "introduced_until_date": day(office, 60)}
    with pytest.raises(InvalidForm) as refused:
        complete_task(task.public_id, form, actor=office.actor("specialist"), now=office.now)
    assert {"/consent_name", "/consent_date", "/consent_paper"} <= {
        fault.pointer for fault in refused.value.faults
    }
    assert open_elements(selecting) == ["prepare_introduction"]


def introduce(office, code):
    office.do("specialist", "select_exemplar", code, decision="select")
    office.do("specialist", "prepare_introduction", code, introduced_until_date=day(office, 60))
    office.do("authority", "approve_introduction", code, decision="approve")


def test_it_is_introduced_until_its_day(office, selecting):
    introduce(office, selecting)
    assert office.case(selecting).state == "active"
    office.move(days=62)
    assert office.case(selecting).outcome == "introduced"


def test_it_is_taken_down_when_the_consent_is_withdrawn(office, selecting):
    introduce(office, selecting)
    with pytest.raises(NotFound):
        stop_case(selecting, "Không phải của mình", actor=office.actor("other_officer"), now=office.now)
    stop_case(selecting, "Gia đình rút đồng ý", actor=office.actor("specialist"), now=office.now)
    assert office.case(selecting).outcome == "withdrawn"


def told(office):
    """What the proposer was told of it, oldest first."""
    query = select(Notice.template).where(Notice.person_id == office.person("registrant").id)
    return office.read(query.where(Notice.template.startswith("exemplar")).order_by(Notice.id))


def test_who_proposed_it_is_told_of_each_step(office, campaign):
    code = propose(office)
    office.do("officer", "verify_exemplar", code, decision="supplement")
    office.do("registrant", "supplement_exemplar", code)
    office.do("officer", "verify_exemplar", code, decision="accept")
    office.do("officer", "plan_fostering", code, foster_date=day(office, 20))
    office.move(days=22)
    introduce(office, code)
    office.work()
    assert told(office) == [
        "exemplar_supplement",
        "exemplar_verified",
        "exemplar_selected",
        "exemplar_introduced",
    ]


@pytest.mark.parametrize(
    ("decision", "notice"), [("foster", "exemplar_fostered_on"), ("not_chosen", "exemplar_not_chosen")]
)
def test_of_a_selection_proposer_and_officer_hear_the_reason(office, selecting, decision, notice):
    reason = "Chưa đủ một chu kỳ sản xuất."
    office.do("specialist", "select_exemplar", selecting, decision=decision, reason=reason)
    for username in ("registrant", "officer"):
        heard = select(Notice).where(Notice.person_id == office.person(username).id)
        last = office.read(heard.order_by(Notice.id))[-1]
        assert (last.template, last.values["reason"]) == (notice, reason)


def test_who_worked_on_it_hears_that_it_is_taken_down(office, selecting):
    introduce(office, selecting)
    office.work()
    stop_case(selecting, "Gia đình rút đồng ý", actor=office.actor("registrant"), now=office.now)
    heard = select(Notice).where(Notice.template == "exemplar_taken_down")
    people = {notice.person_id for notice in office.read(heard)}
    assert {office.person(name).id for name in ("officer", "specialist", "authority")} <= people
    assert office.person("registrant").id not in people


def test_a_refusal_names_its_ground(office, campaign):
    code = propose(office)
    task = office.task("verify_exemplar", code)
    with pytest.raises(InvalidForm) as refused:
        complete_task(task.public_id, {"decision": "reject"}, actor=office.actor("officer"), now=office.now)
    assert {fault.pointer for fault in refused.value.faults} == {"/ground", "/ground_note"}
    office.do("officer", "verify_exemplar", code, decision="reject", ground="known_already")
    office.work()
    assert told(office) == ["exemplar_refused"]


def test_what_is_no_picture_is_not_taken(office, selecting):
    office.do("specialist", "select_exemplar", selecting, decision="select")
    task = office.task("prepare_introduction", selecting)
    forged = Upload("dan-bo.jpg", io.BytesIO(photograph()[:100]), "picture")
    with pytest.raises(PaperRefused, match="no_picture"):
        add_paper(task.public_id, forged, actor=office.actor("specialist"), now=office.now)
