"""Tasks: list, read, take, give back, complete."""

import io

import pytest
from sqlalchemy import func, select

from tests.factories import PDF, STRAND
from tests.offices import scene
from tests.people import AN_CU, PASSWORD
from webapp.extensions import db
from webapp.models import FormEntry
from webapp.operations import imports
from webapp.operations.acting import SYSTEM
from webapp.operations.interventions import freeze_case
from webapp.operations.tasks import save_draft
from workflows.plan import SHIPPED_PLANS

MISSING = "00000000-0000-0000-0000-000000000000"


@scene
def registration(office):
    return office.register()


@scene
def checking(office, registration):
    """Id of the task in which the officer checks a registration."""
    office.do("officer", "fill_on_behalf", registration)
    return office.task("check_registration", registration).public_id


def entries(office, form="registration/check_registration"):
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(FormEntry.form == form))


def uploaded(officer, task, name="phieu.pdf", content=PDF, status=201, **query):
    file = {"file": (io.BytesIO(content), name)}
    return officer.post(f"/tasks/{task}/papers", status=status, data=file, query_string=query)


def test_lists_what_is_common_and_what_is_mine(program, office, checking):
    officer = program("officer")
    [line] = officer.get("/tasks", tab="common", kind="registration.check_registration")["items"]
    assert line["id"] == checking
    assert line["title"] == "Nguyễn Văn Nông"
    assert line["unit"] == "xã An Cư"
    assert officer.get("/tasks")["items"] == []
    officer.post(f"/tasks/{checking}/take", status=204)
    assert [line["id"] for line in officer.get("/tasks")["items"]] == [checking]
    assert (
        program("colleague").get("/tasks", tab="common", kind="registration.check_registration")["total"] == 0
    )


def test_lists_by_campaign_unit_and_due(program, office, checking):
    officer = program("officer")
    assert officer.get("/tasks", tab="common", unit=AN_CU)["total"] > 0
    assert officer.get("/tasks", tab="common", unit="an-giang")["total"] == 0
    assert officer.get("/tasks", tab="common", campaign="none")["total"] == 0
    assert officer.get("/tasks", tab="common", due="overdue")["total"] == 0


def test_lists_come_in_pages(program, office, registration):
    for number in range(26):
        office.register(nominee_name=f"Người thứ {number}")
    officer = program("officer")
    first, second = (officer.get("/tasks", tab="common", page=page) for page in (1, 2))
    assert (len(first["items"]), first["pages"]) == (25, 2)
    assert first["total"] == 25 + len(second["items"])
    assert officer.get("/tasks", tab="common", page=3)["items"] == []


def test_an_unknown_tab_or_parameter_is_refused_with_its_name(program):
    for query in ({"tab": "all"}, {"page": "0"}, {"page": "first"}, {"sort": "due"}):
        problem = program("officer").get("/tasks", status=422, **query)
        [error] = problem["errors"]
        assert error["pointer"] == f"/{next(iter(query))}"
        assert error["in"] == "query"


def test_a_task_comes_with_its_schema_and_choices(program, office, checking):
    task = program("officer").get(f"/tasks/{checking}")
    assert (task["state"], task["element"], task["role"]) == ("common", "check_registration", "officer")
    assert task["schema"]["title"] == "Kiểm tra đăng ký"
    assert task["schema"]["properties"]["missing_papers"]["items"]["oneOf"]
    assert task["data"] is None


def test_a_task_comes_with_the_own_draft(program, office, checking):
    save_draft(checking, {"remarks": "Chờ"}, actor=office.actor("officer"), now=office.now)
    assert program("officer").get(f"/tasks/{checking}")["data"] == {"remarks": "Chờ"}
    assert program("colleague").get(f"/tasks/{checking}")["data"] is None


def test_a_done_task_comes_with_what_was_sent(program, office, checking):
    office.do("officer", "check_registration", task=office.task("check_registration"), decision="accept")
    task = program("colleague").get(f"/tasks/{checking}")
    assert (task["state"], task["decision"], task["data"]) == ("done", "accept", {"decision": "accept"})


def test_a_task_of_another_unit_is_not_found(program, checking):
    for username in ("other_officer", "stranger"):
        assert program(username).get(f"/tasks/{checking}", status=404)["code"] == "not_found"
    assert program("officer").get(f"/tasks/{MISSING}", status=404)["code"] == "not_found"


def test_a_task_somebody_only_may_know_of_cannot_be_done(program, checking):
    specialist = program("specialist")
    assert specialist.get(f"/tasks/{checking}")["state"] == "watching"
    specialist.post(f"/tasks/{checking}/take", status=404)
    specialist.post(f"/tasks/{checking}/complete", {"decision": "accept"}, status=404)


def test_what_a_colleague_has_taken_is_held(program, office, checking):
    officer, colleague = program("officer"), program("colleague")
    officer.post(f"/tasks/{checking}/take", status=204)
    assert colleague.get(f"/tasks/{checking}")["holder"] == "Lê Văn Cán Bộ"
    problem = colleague.post(f"/tasks/{checking}/complete", {"decision": "accept"}, status=409)
    assert problem["code"] == "held_by_other"
    assert "Lê Văn Cán Bộ" in problem["title"]
    officer.post(f"/tasks/{checking}/give-back", status=204)
    colleague.post(f"/tasks/{checking}/take", status=204)


def test_completing_moves_the_case_on(program, office, registration, checking):
    done = program("officer").post(f"/tasks/{checking}/complete", {"decision": "accept"})
    assert done == {"task": checking, "instance": registration, "outcome": "registered", "tracker": None}
    assert office.case(registration).state == "ended"


def test_faults_of_the_form_name_their_places(program, office, checking):
    officer = program("officer")
    form = {"decision": "supplement", "missing_papers": [], "surprise": 1}
    problem = officer.post(f"/tasks/{checking}/complete", form, status=422)
    assert problem["code"] == "invalid_form"
    assert {(error["pointer"], error["code"]) for error in problem["errors"]} == {
        ("/missing_papers", "too_few"),
        ("/supplement_text", "required"),
        ("/surprise", "extra"),
    }
    [text] = [error["detail"] for error in problem["errors"] if error["pointer"] == "/supplement_text"]
    assert "Nội dung yêu cầu bổ sung" in text
    assert entries(office) == 0


def test_a_fault_only_the_procedure_knows_is_called_as_on_the_form(program, office, registration):
    form = {
        "strand": STRAND,
        "nominee_kind": "enterprise",
        "nominee_name": "Công ty",
        "submitting_unit": AN_CU,
    }
    path = "/campaigns/tinh-bien-vi-nguoi-ngheo-2020/registration"
    problem = program("officer").post(path, {**form, "filled_by": "registrant"}, status=422)
    assert ("/filled_by", "not_a_choice") in {(e["pointer"], e["code"]) for e in problem["errors"]}
    assert "Người khai hồ sơ" in str(problem["errors"])


def test_somebody_was_faster(program, office, checking):
    program("officer").post(f"/tasks/{checking}/complete", {"decision": "accept"})
    for username, who in {"officer": "Chính anh/chị", "colleague": "Lê Văn Cán Bộ"}.items():
        problem = program(username).post(f"/tasks/{checking}/complete", {"decision": "reject"}, status=409)
        assert problem["code"] == "already_done"
        assert who in problem["title"]
    assert entries(office) == 1


def test_a_frozen_case_is_refused(program, office, registration, checking):
    freeze_case(registration, "Có đơn", actor=office.actor("specialist"), now=office.now)
    problem = program("officer").post(f"/tasks/{checking}/complete", {"decision": "accept"}, status=409)
    assert problem["code"] == "case_frozen"


def test_a_repetition_under_its_key_gets_the_first_answer(program, office, checking):
    officer, key = program("officer"), {"Idempotency-Key": "7f3a"}
    first, second = (
        officer.post(f"/tasks/{checking}/complete", {"decision": "accept"}, headers=key) for _each in range(2)
    )
    assert first == second
    assert entries(office) == 1


def test_a_key_is_for_one_request(program, office, checking):
    officer, key = program("officer"), {"Idempotency-Key": "7f3a"}
    officer.post(f"/tasks/{checking}/complete", {"decision": "accept"}, headers=key)
    problem = officer.post(f"/tasks/{checking}/complete", {"decision": "reject"}, headers=key, status=422)
    assert problem["code"] == "key_reused"


def test_keys_of_others_are_others(program, office, checking):
    key = {"Idempotency-Key": "7f3a"}
    program("officer").post(f"/tasks/{checking}/complete", {"decision": "accept"}, headers=key)
    colleague = program("colleague")
    colleague.post(f"/tasks/{checking}/complete", {"decision": "accept"}, headers=key, status=409)


def test_a_refused_act_may_be_tried_again_under_its_key(program, office, checking):
    officer, key = program("officer"), {"Idempotency-Key": "7f3a"}
    officer.post(f"/tasks/{checking}/complete", {}, headers=key, status=422)
    officer.post(f"/tasks/{checking}/complete", {"decision": "accept"}, headers=key)


def test_a_key_that_is_too_long_is_refused(program, checking):
    headers = {"Idempotency-Key": "k" * 201}
    problem = program("officer").post(f"/tasks/{checking}/complete", {}, headers=headers, status=422)
    assert problem["errors"][0]["pointer"] == "/Idempotency-Key"
    assert problem["errors"][0]["in"] == "headers"


def test_a_signature_by_password_is_checked_and_not_kept(program, office):
    plan = (SHIPPED_PLANS / "tinh-bien-gia-dinh-2020.yaml").read_text("utf-8")
    imports.import_plan(plan, actor=SYSTEM, now=office.now)
    start = {
        "registration_opens": "2019-12-02",
        "registration_closes": "2019-12-30",
        "addressed_units": [AN_CU],
        "acknowledge_by": "2019-12-10",
    }
    secretary = program("secretary")
    code = secretary.post("/campaigns/tinh-bien-gia-dinh-2020/campaign", start, status=201)["code"]
    office.do("secretary", "draft_plan", code)
    task, authority = office.task("approve_plan", code).public_id, program("authority")
    form = {"decision": "approve", "signature": {"method": "password", "password": "wrong"}}
    problem = authority.post(f"/tasks/{task}/complete", form, status=422)
    assert problem["errors"][0]["pointer"] == "/signature/password"
    form["signature"]["password"] = PASSWORD
    authority.post(f"/tasks/{task}/complete", form)
    assert authority.get(f"/tasks/{task}")["data"]["signature"] == {"method": "password"}


def test_a_paper_is_uploaded_and_named_on_the_form(program, office, registration):
    officer, task = program("officer"), office.task("fill_on_behalf", registration).public_id
    paper = uploaded(officer, task, kind="signed_sheet")["id"]
    form = {
        "paper_number": "12/ĐK",
        "paper_date": "2019-12-01",
        "signed_scan": paper,
        "targets": [{"indicator": "Hộ thoát nghèo", "pledge": "Hai hộ"}],
        "commitment": "Thực hiện đầy đủ.",
    }
    officer.post(f"/tasks/{task}/complete", form)
    assert officer.get(f"/tasks/{task}")["data"]["signed_scan"] == paper


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"MZ", "paper_wrong_type"),
        ("a.pdf", b"<html>", "paper_wrong_type"),
        ("a.pdf", b"", "paper_empty"),
        ("a.pdf", PDF + b"x" * 20 * 2**20, "paper_too_large"),
    ],
)
def test_a_paper_that_is_none_is_refused(program, office, registration, name, content, code):
    task = office.task("fill_on_behalf", registration).public_id
    problem = uploaded(program("officer"), task, name, content, status=422)
    assert [(error["pointer"], error["code"]) for error in problem["errors"]] == [("/file", code)]


def test_an_upload_without_a_file_is_refused(program, office, registration):
    task = office.task("fill_on_behalf", registration).public_id
    problem = program("officer").post(f"/tasks/{task}/papers", data={"other": "1"}, status=422)
    assert problem["errors"][0]["code"] == "paper_empty"


def test_nobody_else_uploads_to_a_task(program, office, registration):
    task = office.task("fill_on_behalf", registration).public_id
    assert uploaded(program("specialist"), task, status=404)["code"] == "not_found"
