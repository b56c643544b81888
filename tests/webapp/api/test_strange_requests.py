"""Requests nobody thought of, made from the description: none breaks anything, each answer is a described one."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import CAMPAIGN, ROUND, STRAND
from tests.offices import scene
from tests.people import AN_CU
from tests.webapp.api.program import START

texts = st.text(max_size=20) | st.sampled_from(
    ["\0", "'", "%", "🙂", "a" * 300, "9" * 30, "-1", "2019-02-30"]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
fitting = {
    "campaign": CAMPAIGN,
    "round": ROUND,
    "strand": STRAND,
    "nominee_kind": "individual",
    "nominee_name": "Nguyễn Thị Lành",
    "submitting_unit": AN_CU,
    "proposed_award": "certificate_of_merit",
    "filled_by": "officer",
}
bodies = values | st.dictionaries(st.sampled_from(sorted(fitting)) | texts, values, max_size=3).map(
    lambda drawn: fitting | drawn
)


@pytest.fixture
def callers(app, program):
    """Somebody who may do it, somebody who may only look, somebody who may nothing."""
    app.config["API_RATE"] = "100000 per minute"
    return [program(username) for username in ("officer", "auditor", "stranger")]


@scene
def things(office) -> dict[str, list[str]]:
    """What addresses can name."""
    code = office.nominate()
    task = office.task("prepare_on_behalf", code).public_id
    return {"code": [code, CAMPAIGN], "task_id": [task], "process": ["nomination", "registration", "launch"]}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_breaks(callers, things, data):
    caller = data.draw(st.sampled_from(callers))
    method, template = data.draw(st.sampled_from(sorted(caller.description.operations)))
    operation = caller.description.operations[method, template]
    path = template.removeprefix(START)
    for name, known in things.items():
        if f"{{{name}}}" in path:
            path = path.replace(f"{{{name}}}", quote(data.draw(st.sampled_from(known) | texts), safe=""))
    options: dict[str, Any] = {"query_string": data.draw(query(operation))}
    if "application/json" in operation.get("requestBody", {}).get("content", {}):
        options |= {"data": json.dumps(data.draw(bodies)), "content_type": "application/json"}
    assert caller.open(method, path, **options).status_code < 500


def query(operation: dict[str, Any]) -> st.SearchStrategy[dict[str, str]]:
    """Some of the parameters an operation has, with values that fit and values that do not."""
    named = {
        part["name"]: part["schema"] for part in operation.get("parameters", []) if part["in"] == "query"
    }
    return st.fixed_dictionaries(
        {},
        optional={name: st.sampled_from(schema.get("enum", [""])) | texts for name, schema in named.items()},
    )
