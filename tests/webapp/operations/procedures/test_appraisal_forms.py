"""The appraisal asks what the rules ask of the award, and the plan of the strand: nothing less, nothing else."""

import json

import pytest

from tests.founded import campaign, database
from tests.pages import Browser
from tests.sittings import Council
from webapp.extensions import db
from webapp.operations.imports import deploy
from webapp.operations.refusals import InvalidForm
from webapp.operations.tasks import complete_task
from webapp.queries.assessments import assessments
from webapp.queries.task_forms import appraisal_parts, parts_without_form
from workflows.forms import parts_of
from workflows.shipped import shipped_deployments
from workflows.values import Deployment

__all__ = ["campaign", "database"]

HOUSEHOLD = {"nominee_kind": "household", "nominee_name": "Nguyễn Văn Nông", "strand": "ho-vuot-kho"}
RECOGNITION = {
    "standing": "left_poverty",
    "number": "25/QĐ-UBND",
    "recognised_on": "2018-12-20",
    "issued_by": "Ủy ban nhân dân xã An Cư",
}


CRITERIA = dict.fromkeys(
    (
        "right_group",
        "standard_met",
        "papers_complete",
        "procedure_followed",
        "no_pending_case",
        "not_awarded_twice",
    ),
    True,
)


def fails(office, task, form):
    with pytest.raises(InvalidForm) as refusal:
        complete_task(task.public_id, form, actor=office.actor("specialist"), now=office.now)
    return [(fault.pointer, fault.code) for fault in refusal.value.faults]


@pytest.fixture
def office(app, campaign):
    return Council()


def waiting(office, **entry):
    """A nomination whose appraisal is open."""
    made = office.nominate(**{name: value for name, value in entry.items() if name != "honorific"})
    told = {"nominee_kind": "individual", "nominee_name": "Nguyễn Văn Nông"} | entry
    office.assess(made, "officer", "commune_chair", told)
    office.move(days=6)
    office.do("officer", "conclude_posting", made, decision="clear")
    office.submit([made], "officer", "commune_chair")
    return made


@pytest.mark.parametrize(
    ("entry", "asked"),
    [
        ({"nominee_kind": "individual"}, set()),
        ({"nominee_kind": "collective", "nominee_name": "Tổ tự quản số 1"}, {"unit_results"}),
        (HOUSEHOLD, {"recognition"}),
        ({"nominee_kind": "individual", "strand": "ho-vuot-kho"}, {"recognition"}),
    ],
)
def test_what_is_asked_of_whom(office, entry, asked):
    code = office.nominate(**entry)
    assert set(appraisal_parts(db.session(), office.case(code))) == asked


def test_what_is_asked_must_be_answered_and_nothing_else(office):
    code = waiting(office, **HOUSEHOLD)
    task = office.task("appraise", code)
    assert parts_of(office.offered(task)) == {"recognition"}
    said = {"decision": "eligible", "appraisal": "Đủ điều kiện.", "criteria": CRITERIA}
    assert fails(office, task, said) == [("/recognition", "required")]
    unasked = {"influence": {"scope": "commune", "example": "Được làm theo."}}
    assert fails(office, task, said | {"recognition": RECOGNITION} | unasked) == [("/influence", "extra")]
    late = {**RECOGNITION, "recognised_on": "2020-12-20"}
    assert fails(office, task, said | {"recognition": late}) == [
        ("/recognition/recognised_on", "in_the_future")
    ]
    office.do("specialist", "appraise", code, **said, recognition=RECOGNITION)
    [found] = assessments(db.session(), [office.case(code).id]).values()
    assert found.appraisal == (
        "Đủ điều kiện; Hộ thoát nghèo được Ủy ban nhân dân xã An Cư công nhận tại số 25/QĐ-UBND ngày 20/12/2018"
    )


def test_who_is_refused_is_not_asked(office):
    code = waiting(office, **HOUSEHOLD)
    office.do("specialist", "appraise", code, decision="refuse", ground="standard_not_met")
    office.do("head", "review_refusal", code, decision="return", return_reason="Đối chiếu lại số hộ.")
    office.do("specialist", "appraise", code, decision="refuse", ground="standard_not_met")
    office.do("head", "review_refusal", code, decision="refuse")
    assert office.case(code).outcome == "rejected"


def test_the_page_asks_it_and_the_dossier_shows_the_answer(app, office):
    code = waiting(office, **HOUSEHOLD)
    browser = Browser(app)
    browser.sign_in_as(office.person("specialist"))
    page = browser.get(f"/tasks/{office.task('appraise', code).public_id}")
    assert "Giấy công nhận hộ nghèo, cận nghèo, thoát nghèo" in page.text
    assert "Xếp loại tổ chức đảng" not in page.text
    office.do("specialist", "appraise", code, decision="eligible", recognition=RECOGNITION)
    page = browser.get(f"/nominations/{code}")
    assert "25/QĐ-UBND" in page.text
    assert "Hộ thoát nghèo" in page.text


def with_form(name, change):
    """The nomination's shipped deployment with another form of the appraisal."""
    shipped = shipped_deployments()["nomination"]
    form = json.loads(shipped.files[name])
    change(form)
    return Deployment(shipped.process, {**shipped.files, name: json.dumps(form).encode()})


@pytest.mark.parametrize(
    ("left", "missing"),
    [(("influence",), ["recognition"]), ((), [])],
    ids=["a form that lacks the part", "a form from before there were parts"],
)
def test_a_form_without_the_part(office, left, missing):
    def change(form):
        for part in ("initiative", "lower_titles", "unit_results", "recognition", "influence"):
            if part not in left:
                del form["properties"][part]

    name = "forms/district_assessment/appraise.json"
    deploy(with_form(name, change), actor=office.actor("officer"), now=office.now)
    code = waiting(office, **HOUSEHOLD)
    task = office.task("appraise", code)
    assert list(parts_without_form(db.session(), task)) == missing
    if missing:
        with pytest.raises(InvalidForm) as refusal:
            office.do("specialist", "appraise", code, decision="eligible")
        assert [fault.code for fault in refusal.value.faults] == ["appraisal_parts_missing"]
    else:
        office.do("specialist", "appraise", code, decision="eligible")
        assert office.task("review_appraisal", code)
