"""Decision tables at run time do what the lint takes them to do."""

import pytest

from tests.workflows.engine.acting import Case, day
from tests.workflows.engine.snippets import FILES, deployment
from workflows.decision_table import Row, decision_table
from workflows.engine.diagram import parse_xml
from workflows.engine.lint_tables import table_faults
from workflows.values import Deployment


def decided(made: Deployment, days: int, route: str) -> object:
    """What the table gives: read from the data an effect behind it would get."""
    case = Case(
        "case",
        deployment=made,
        days=days,
        route=route,
        bodies=["u1"],
        milestone={"date": day(-1).isoformat()},
    )
    case.decide("check", "complete")
    (effect,) = case.complete("answer", {"decision": "agree"}, unit="u1").effects
    assert case.step.ended
    return effect.data["posting"]


def reported() -> dict[str, str]:
    """The sound deployment with an effect behind the table, which shows what it gave."""
    told = """<bpmn:serviceTask id="tell"><bpmn:extensionElements><spiff:serviceTaskOperator id="notify"/>
      </bpmn:extensionElements></bpmn:serviceTask>
      <bpmn:sequenceFlow id="decide_to_tell" sourceRef="decide" targetRef="tell"/>
      <bpmn:sequenceFlow id="tell_to_end_done" sourceRef="tell" targetRef="end_done"/>"""
    old = '<bpmn:sequenceFlow id="decide_to_end_done" sourceRef="decide" targetRef="end_done"/>'
    return {"diagrams/case/case.bpmn": FILES["diagrams/case/case.bpmn"].replace(old, told)}


@pytest.mark.parametrize(
    ("days", "route", "expected"),
    [
        (4, "commune", 3),
        (4, "direct", 4),
        (5, "commune", 7),
        (8, "direct", 7),
        (8, "organiser", 8),
        (9, "commune", 9),
    ],
)
def test_the_row_that_applies_decides(days: int, route: str, expected: int) -> None:
    assert decided(deployment(reported()), days, route) == expected


WRITTEN = [
    Row("commune", {"posting": "Từ 80% “tổng số”"}, "Quy chế <05> & sửa đổi"),
    Row("direct", {"posting": 'Quá "nửa"'}, "Quy chế 06"),
    Row(None, {"posting": "Quá bán"}, "Giá trị mặc định"),
]


@pytest.mark.parametrize(("route", "row"), [("commune", 0), ("direct", 1), ("", 2), ("organiser", 2)])
def test_a_table_that_we_write_is_decided_as_its_rows_say(route: str, row: int) -> None:
    table = decision_table("posting", "Quy định biểu quyết", "route", WRITTEN).decode()
    made = deployment({**reported(), "diagrams/case/posting.dmn": table})
    assert list(table_faults("posting.dmn", parse_xml(table.encode()))) == []
    assert decided(made, 4, route) == WRITTEN[row].results["posting"]
