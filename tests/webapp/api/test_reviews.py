"""A review, to be read: reports, figures over all units and unit by unit."""

from sqlalchemy import select

from tests.factories import CAMPAIGN
from tests.people import AN_CU, AN_PHU
from tests.webapp.campaigns.test_reviews import pledge
from webapp.extensions import db
from webapp.models import Task
from webapp.queries.review_forms import task_figures

LIST = f"/campaigns/{CAMPAIGN}/reviews"
PATH = f"{LIST}/so-ket-2019"


def reported(office, actual):
    """An Cư reports the same number for each figure it is asked for; its officer verifies."""
    for element, username in (("report_indicators", "registrant"), ("verify_report", "officer")):
        tasks = office.read(select(Task).where(Task.element == element, Task.status == "open"))
        [task] = [
            each
            for each in tasks
            if each.unit.code == AN_CU and each.items["milestone"]["code"] == "so-ket-2019"
        ]
        asked = task_figures(db.session(), task)
        rows = [{"figure": each.code, "state": "measured", "actual": actual} for each in asked]
        weights = [{"base": each, "value": 900} for each in sorted({each.base for each in asked}) if each]
        form = (
            {"figures": rows, "weights": weights}
            if element == "report_indicators"
            else {"decision": "verify"}
        )
        office.do(username, element, task=task, **form)


def test_figures_stand_over_all_units_and_unit_by_unit(program, office):
    reported(office, 4)
    review = program("secretary").get(PATH)
    assert (review["kind"], review["stage"]) == ("midterm", "collecting")
    states = {each["unit"]["code"]: each["state"] for each in review["reports"]}
    assert states == {AN_CU: "verified", AN_PHU: "missing"}
    [figure] = [each for each in review["figures"] if each["figure"] == "giam-ho-ngheo/2019"]
    assert (figure["target"], figure["value"], figure["reached"], figure["counted"]) == (2, 4, True, 1)
    assert (review["verified"], review["missing"], figure["waiting"]) == (1, [AN_PHU], 0)
    [unit] = figure["units"]
    assert (unit["unit"]["code"], unit["share"], unit["pledge"]) == (AN_CU, 200, None)


def test_a_pledge_stands_beside_target_and_result(program, office):
    code = pledge(office, {"target": 4.5})
    reported(office, 4)
    review = program("secretary").get(PATH)
    [figure] = [each for each in review["figures"] if each["figure"] == "giam-ho-ngheo/2019"]
    [unit] = figure["units"]
    assert (unit["pledge"], unit["registration"], unit["kept"], unit["weight"]) == (4.5, code, False, 900)


def test_the_reviews_of_the_plan_are_listed(program):
    listed = {each["code"]: each["kind"] for each in program("officer").get(LIST)["items"]}
    assert (listed["so-ket-2019"], listed["tong-ket"]) == ("midterm", "final")
    program("stranger").get(LIST, status=403)


def test_another_unit_reads_the_whole_and_not_the_single_numbers(program, office):
    reported(office, 4)
    review = program("other_officer").get(PATH)
    assert [each["unit"]["code"] for each in review["reports"]] == [AN_PHU]
    [figure] = [each for each in review["figures"] if each["figure"] == "giam-ho-ngheo/2019"]
    assert (figure["value"], figure["units"]) == (4, [])


def test_what_one_may_not_know_of_is_not_found(program):
    program("secretary").get(f"/campaigns/{CAMPAIGN}/reviews/none", status=404)
    program("secretary").get("/campaigns/none/reviews/so-ket-2019", status=404)
    program("stranger").get(PATH, status=403)
