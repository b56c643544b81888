"""The description of the API: valid, complete, public; and every route has a rule."""

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.webapp.api.program import PROBLEM, START, Description
from webapp.ui.access import rule_of


@pytest.fixture
def description(app) -> Description:
    return Description(app)


def references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if "$ref" in part else []
        return own + [found for each in part.values() for found in references(each)]
    return [found for each in part for found in references(each)] if isinstance(part, list) else []


def test_every_route_is_described_and_every_description_is_a_route(app, description):
    routes = {
        (method.lower(), re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(START) and not rule.rule.endswith("openapi.json")
    }
    assert routes == set(description.operations)


def test_every_route_declares_who_may_call_it(app):
    rules = {
        rule.endpoint: rule_of(app.view_functions[rule.endpoint], "GET")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(START)
    }
    assert None not in rules.values()
    assert [name for name, rule in rules.items() if rule.kind == "public"] == ["api-docs.openapi_json"]


def test_its_frame_is_that_of_openapi(description):
    document = description.document
    assert document["openapi"].startswith("3.1.")
    assert document["info"].keys() >= {"title", "version"}
    assert document["security"] == [{"bearer": []}]
    assert document["components"]["securitySchemes"]["bearer"] == {"type": "http", "scheme": "bearer"}


def test_every_reference_leads_somewhere(description):
    for reference in references(description.document):
        part: Any = description.document
        for step in reference.removeprefix("#/").split("/"):
            part = part[step]


def test_every_schema_is_one(description):
    for schema in description.document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_operation_has_a_name_of_its_own_a_summary_and_its_parameters(description):
    operations = description.operations
    names = [operation["operationId"] for operation in operations.values()]
    assert len(set(names)) == len(names)
    for (_method, path), operation in operations.items():
        assert operation["summary"]
        shared = description.document["paths"][path].get("parameters", [])
        named = {each["name"] for each in [*shared, *operation.get("parameters", [])] if each["in"] == "path"}
        assert named == set(re.findall(r"\{(\w+)\}", path))


def test_every_fault_is_a_problem(description):
    for (method, path), operation in description.operations.items():
        answers = operation["responses"]
        assert {"401", "403", "429", "default"} <= answers.keys()
        assert ("404" in answers) == ("{" in path)
        assert ("409" in answers) == (method != "get")
        assert {"400", "413", "415"} <= answers.keys() or "application/json" not in str(
            operation.get("requestBody")
        )
        for status, answer in answers.items():
            if status == "default" or int(status) >= 400:
                assert list(description.resolved(answer)["content"]) == [PROBLEM]
