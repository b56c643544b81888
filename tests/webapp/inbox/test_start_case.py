"""Opening a case from its form."""

import pytest
from sqlalchemy import select

from tests.factories import CAMPAIGN, LONG_AGO, ROUND, STRAND
from tests.pages import Browser
from tests.people import AN_CU, TINH_BIEN
from tests.together import raised, together
from webapp.models import Case
from webapp.operations.acting import SYSTEM
from webapp.operations.interventions import freeze_case
from webapp.operations.people import give_role
from workflows.plan import SHIPPED_PLANS, parse_plan

ENTRY = {
    "strand": STRAND,
    "nominee_kind": "individual",
    "nominee_name": "Nguyễn Văn Nông",
    "submitting_unit": AN_CU,
    "filled_by": "officer",
}
OPENING = {
    "registration_opens": "2019-12-02",
    "registration_closes": "2019-12-30",
    "addressed_units": [AN_CU],
    "acknowledge_by": "2019-12-10",
}


def start(process):
    return f"/campaigns/{CAMPAIGN}/start/{process}"


def registrations(office):
    return office.read(select(Case).where(Case.process == "registration"))


def test_form_offers_what_the_campaign_has(browser, office, campaign):
    browser.sign_in_as(office.person("officer"))
    page = browser.get(start("registration"))
    assert page.heading == "Đăng ký thi đua"
    assert page.form("main form")["submitting_unit"] == AN_CU, "there is no other to choose"
    assert not page.form("main form")["strand"]
    assert "Cá nhân" in page.one("[name=nominee_kind]").find_parent("form").get_text()
    assert "không để ai bị bỏ lại phía sau" in page.one(".lead-line").get_text()


def test_a_campaign_is_opened_as_its_plan_says(browser, office):
    browser.sign_in_as(office.person("secretary"))
    page = browser.get(start("campaign"))
    plan = parse_plan((SHIPPED_PLANS / f"{CAMPAIGN}.yaml").read_text("utf-8"))
    form = page.form("main form")
    assert form["registration_opens"] == f"{plan.registration.opens:%d/%m/%Y}"
    assert form["acknowledge_by"] == f"{plan.acknowledgement.due:%d/%m/%Y}"
    assert sorted(form["addressed_units"]) == sorted(each.unit for each in plan.addressed_units)
    assert "Đã chọn: 32 /" in page.one(".options-count").get_text(" ", strip=True)
    assert TINH_BIEN not in {box["value"] for box in page.all("[name=addressed_units]")}, (
        "nobody writes to themselves"
    )
    browser.submit("main form", acknowledge_by="10/12/2019")
    assert office.task("draft_plan")


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ({"registration_closes": "30/11/2019"}, "không được trước ngày mở đăng ký, 02/12/2019"),
        ({"registration_opens": "01/01/2017"}, "nằm ngoài thời gian của phong trào, 01/01/2018 đến"),
        ({"acknowledge_by": "01/12/2019"}, "không được trước ngày hôm nay"),
    ],
)
def test_days_that_a_plan_could_not_have_are_refused(browser, office, day, told):
    browser.sign_in_as(office.person("secretary"))
    browser.get(start("campaign"))
    page = browser.submit("main form", 422, **{**OPENING, **day})
    assert told in page.one("#error-summary").get_text(" ", strip=True)
    assert office.read(select(Case).where(Case.process == "campaign")) == []


def test_opened_case_goes_on_at_its_first_task(browser, office, campaign):
    browser.sign_in_as(office.person("officer"))
    browser.get(start("registration"))
    page = browser.submit("main form", **ENTRY)
    assert page.heading == "Lập thay phiếu đăng ký"
    assert "Đã mở hồ sơ DK-2019-0001." in page.one("#flashes").get_text()
    assert not page.one("fieldset.form-body").has_attr("disabled")
    assert office.task("fill_on_behalf").holder_id == office.person("officer").id


def test_registrant_lands_on_the_task_that_is_theirs(browser, office, campaign):
    browser.sign_in_as(office.person("registrant"))
    browser.get(start("registration"))
    page = browser.submit("main form", **{**ENTRY, "filled_by": "registrant"})
    assert page.heading == "Kê khai đăng ký thi đua"
    assert not page.all("form.give-back"), "nobody else could take it"


def test_whoever_has_no_task_in_it_sees_its_page(browser, office, campaign):
    browser.sign_in_as(office.person("specialist"))
    browser.get(start("nomination"))
    page = browser.submit("main form", **ENTRY, round=ROUND, proposed_award="certificate_of_merit")
    assert page.heading == "Nguyễn Văn Nông"
    assert "HS-2019-0001" in page.one("#flashes").get_text()


def test_a_form_sent_again_leads_to_the_case_it_opened(browser, office, campaign):
    browser.sign_in_as(office.person("officer"))
    browser.get(start("registration"))
    form = {**browser.page.form("main form"), **ENTRY}
    first = browser.post(start("registration"), form)
    again = browser.post(start("registration"), form)
    assert again.answer.request.path == first.answer.request.path
    assert "DK-2019-0001" in again.one("#flashes").get_text()
    assert [case.code for case in registrations(office)] == ["DK-2019-0001"]


def test_a_form_sent_three_times_at_once_opens_one_case(app, office, campaign):
    browsers = [Browser(app) for _each in range(3)]
    for each in browsers:
        each.sign_in_as(office.person("officer"))
        each.get(start("registration"))
    form = {**ENTRY, "_once": browsers[0].page.form("main form")["_once"]}
    answers = together(app, [lambda each=each: each.submit(**form) for each in browsers])
    assert raised(answers) == [], answers
    assert len({page.answer.request.path for page in answers}) == 1
    assert len(registrations(office)) == 1


def test_a_form_sent_before_with_other_data_asks_once_more(browser, office, campaign):
    browser.sign_in_as(office.person("officer"))
    browser.get(start("registration"))
    form = {**browser.page.form("main form"), **ENTRY}
    browser.post(start("registration"), form)
    page = browser.post(start("registration"), {**form, "nominee_name": "Lê Văn Giữ"}, 409)
    assert "Biểu mẫu này đã mở một hồ sơ" in page.one("[role=alert]").get_text()
    assert len(registrations(office)) == 1
    assert page.form("main form")["nominee_name"] == "Lê Văn Giữ"
    browser.submit("main form")
    assert len(registrations(office)) == 2


def test_a_script_without_a_key_opens_a_case_each_time(browser, office, campaign):
    browser.sign_in_as(office.person("officer"))
    for _each in range(2):
        browser.post(start("registration"), ENTRY)
    assert len(registrations(office)) == 2


def test_a_form_that_came_back_with_faults_is_sent_again(browser, office, campaign):
    browser.sign_in_as(office.person("officer"))
    browser.get(start("registration"))
    browser.submit("main form", 422, **{**ENTRY, "nominee_name": ""})
    browser.submit("main form", **ENTRY)
    assert len(registrations(office)) == 1


@pytest.mark.parametrize("key", ["\0", "k" * 5000, "khóa"])
def test_a_key_nobody_made_here_harms_nothing(browser, office, campaign, key):
    browser.sign_in_as(office.person("officer"))
    for _each in range(2):
        browser.post(start("registration"), {**ENTRY, "_once": key})
    assert len(registrations(office)) == 1


def test_faults_stand_at_their_fields(browser, office, campaign):
    browser.sign_in_as(office.person("officer"))
    browser.get(start("registration"))
    page = browser.submit("main form", 422, **{**ENTRY, "strand": "", "nominee_name": "Lê Văn Giữ"})
    assert page.form("main form")["nominee_name"] == "Lê Văn Giữ"
    assert len(page.all(".field-fault")) == 1
    assert registrations(office) == []


def test_what_cannot_be_now_is_said_and_nothing_is_lost(browser, office, campaign):
    browser.sign_in_as(office.person("secretary"))
    browser.get(start("campaign"))
    page = browser.submit("main form", 409, **OPENING)
    assert "đã được mở" in page.one("[role=alert]").get_text()
    assert page.form("main form")["acknowledge_by"] == "10/12/2019"


@pytest.mark.parametrize(
    ("username", "process", "status"),
    [
        ("specialist", "registration", 403),
        ("officer", "council_vote", 403),
        ("auditor", "nomination", 403),
        ("officer", "launch", 404),
        ("officer", "nothing", 404),
    ],
)
def test_only_those_whose_role_opens_such_cases(browser, office, campaign, username, process, status):
    browser.sign_in_as(office.person(username))
    browser.get(start(process), status=status)
    browser.post(start(process), ENTRY, status)


def test_unknown_campaign_is_not_found(browser, office):
    browser.sign_in_as(office.person("officer"))
    browser.get("/campaigns/no-such-plan/start/registration", status=404)


@pytest.mark.parametrize("process", ["registration", "campaign"])
def test_a_plan_that_is_not_out_is_not_found_by_those_below(browser, office, process):
    browser.sign_in_as(office.person("officer"))
    hidden = browser.get(start(process), status=404)
    assert hidden.text == browser.get("/campaigns/no-such-plan/start/campaign", status=404).text
    browser.post(start(process), ENTRY, 404)


def test_those_who_draft_a_plan_open_its_procedure(browser, office):
    browser.sign_in_as(office.person("secretary"))
    assert browser.get(start("campaign")).all("main form")
    browser.get(start("registration"), status=403)


def test_a_role_elsewhere_opens_nothing_here(browser, office, campaign):
    person = office.person("stranger")
    give_role(person.public_id, "secretary", AN_CU, LONG_AGO, actor=SYSTEM, now=office.now)
    browser.sign_in_as(office.person("stranger"))
    browser.get(start("council_vote"), status=403)


def test_a_suspended_campaign_says_so_before_anything_is_typed(browser, office, campaign):
    freeze_case(campaign, "Theo chỉ đạo", actor=office.actor("authority"), now=office.now)
    browser.sign_in_as(office.person("officer"))
    page = browser.get("/campaigns/tinh-bien-vi-nguoi-ngheo-2020/start/nomination")
    assert "Phong trào đang tạm dừng." in page.text


def test_who_is_registered_is_taken_over_into_the_nomination(browser, office, campaign):
    code = office.register(nominee_name="Chau Sóc Kim")
    office.do("officer", "fill_on_behalf", code)
    office.do("officer", "check_registration", code, decision="accept")
    browser.sign_in_as(office.person("officer"))
    page = browser.get(start("nomination"))
    assert "Chau Sóc Kim" in page.one("#registration").get_text()
    form = browser.get(f"{start('nomination')}?registration={code}").form("main form[method=post]")
    assert form["nominee_name"] == "Chau Sóc Kim"
    assert (form["nominee_kind"], form["strand"], form["filled_by"]) == ("individual", STRAND, "officer")
    task = browser.submit("main form[method=post]", round=ROUND, proposed_award="certificate_of_merit")
    assert task.form("form.task-form")["name_on_paper"] == "Chau Sóc Kim"


def test_only_who_may_fill_in_is_offered(browser, office, campaign):
    browser.sign_in_as(office.person("specialist"))
    page = browser.get(start("nomination"))
    assert [each["value"] for each in page.all("[name=filled_by]")] == ["officer"]


def test_a_strand_says_whom_it_is_for(browser, office, campaign):
    browser.sign_in_as(office.person("officer"))
    browser.get(start("registration"))
    page = browser.submit("main form", 422, **{**ENTRY, "nominee_kind": "enterprise"})
    assert "chỉ dành cho" in page.one("#f-nominee_kind-fault").get_text()


def test_the_reason_for_being_late_is_asked_for_only_when_late(browser, office, campaign):
    browser.sign_in_as(office.person("officer"))
    assert not browser.get(start("registration")).all("[name=late_reason]")
    office.move(days=60)
    office.work()
    page = browser.get(start("registration"))
    assert "nếu có" not in page.one("label[for=f-late_reason]").get_text()
    page = browser.submit("main form", 422, **ENTRY)
    assert "Lý do đăng ký muộn" in page.one("#error-summary").get_text()


def test_who_gets_no_leave_to_register_late_is_told(browser, office, campaign):
    office.move(days=60)
    office.work()
    browser.sign_in_as(office.person("registrant"))
    browser.get(start("registration"))
    late = {**ENTRY, "filled_by": "registrant", "late_reason": "Đi làm xa"}
    code = browser.submit("main form", **late).answer.request.path.rpartition("/")[2]
    browser.sign_in_as(office.person("specialist"))
    browser.get(f"/tasks/{office.task('grant_leave', code).public_id}")
    browser.submit("form.task-form", decision="refuse", reason="Không chính đáng", act="complete")
    office.work()
    browser.sign_in_as(office.person("registrant"))
    assert f"({code}) không được đăng ký muộn" in browser.get("/notices").text


def test_the_address_of_a_registration_is_that_of_its_unit(browser, office, campaign):
    browser.sign_in_as(office.person("officer"))
    browser.get(start("registration"))
    form = browser.submit("main form", **ENTRY).form("form.task-form")
    where = [form[f"address-{part}"] for part in ("commune", "district", "province")]
    assert where == ["xã An Cư", "huyện Tịnh Biên", "tỉnh An Giang"]
    assert "people" not in form, "somebody alone is not asked how many they are"


def test_a_chairman_proposes_for_the_own_commune_alone(browser, office, campaign):
    browser.sign_in_as(office.person("commune_chair"))
    page = browser.get(start("exemplar"))
    [unit] = [name for name in page.form("main form") if name.endswith("unit")]
    assert page.form("main form")[unit] == AN_CU
    assert "xã An Phú" not in page.one("main form").get_text()
