"""Each type of paper is a complete folder with a strict, regular description of its facts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.webapp.documents.papers import FACTS, TYPES, example, values
from webapp.documents import (
    FactsError,
    UnknownDocumentError,
    check_facts,
    document_type,
    document_types,
    render,
)
from webapp.documents.catalogue import SHARED
from webapp.documents.catalogue import TYPES as FOLDER

SHARED_PARTS = json.loads((FOLDER / SHARED / "facts.json").read_text("utf-8"))
GUIDE = Path(__file__).parents[3] / "docs" / "papers.md"
WRONG = -7.25  # no fact is a fraction


def test_the_papers_of_the_first_cycle_are_there() -> None:
    assert set(TYPES) == {
        "archive_index",
        "award_letter",
        "campaign_plan",
        "case_file",
        "cluster_minutes",
        *("correction_decision", "revocation_decision", "revocation_submission"),
        "decision",
        "decision_submission",
        "handover_list",
        "higher_submission",
        "inspection_minutes",
        "nomination_list",
        "opinion_request",
        "owing_letter",
        "payment_sheet",
        "pledge",
        "published_list",
        "receipt",
        "register_book",
        "registration_list",
        "refusal_notice",
        "result_letter",
        "review_minutes",
        "review_report",
        "session_minutes",
        "session_packet",
        "submission",
        "summary_sheet",
        "vote_count",
    }


@pytest.mark.parametrize("name", TYPES)
def test_folder_is_complete(name: str) -> None:
    folder = document_type(name).folder
    assert {"meta.json", "style.css", "template.html"} <= {path.name for path in folder.iterdir()}
    assert (FACTS / f"{name}.json").is_file()
    assert f"`{name}`" in GUIDE.read_text("utf-8")


def test_what_prints_the_codes_of_secret_ballots_is_confidential() -> None:
    codes = {name for name, kind in document_types().items() if "annex" in kind.schema["properties"]}
    assert codes == {name for name, kind in document_types().items() if kind.confidential}


@pytest.mark.parametrize("name", TYPES)
def test_schema_is_valid(name: str) -> None:
    Draft202012Validator.check_schema(document_type(name).schema)


@pytest.mark.parametrize("schema", [SHARED_PARTS, *(kind.schema for kind in document_types().values())])
def test_every_object_names_and_requires_exactly_its_keys(schema: dict[str, Any]) -> None:
    objects = [node for node in nodes(schema) if isinstance(node.get("properties"), dict)]
    assert objects
    for node in objects:
        assert sorted(node["required"]) == sorted(node["properties"])
        assert node["additionalProperties"] is False


def test_no_shared_part_is_left_over() -> None:
    schemas = [SHARED_PARTS, *(kind.schema for kind in document_types().values())]
    used = {reference.rpartition("/")[2] for schema in schemas for reference in values(schema, "$ref")}
    assert used == set(SHARED_PARTS["$defs"])


@pytest.mark.parametrize("name", TYPES)
def test_example_is_valid(name: str) -> None:
    check_facts(name, example(name))


@pytest.mark.parametrize("name", TYPES)
def test_each_missing_fact_is_named(name: str) -> None:
    for path in places(example(name)):
        if isinstance(path[-1], str):
            facts = example(name)
            del at(facts, path[:-1])[path[-1]]
            assert faults(name, facts) == [(pointer(path[:-1]), f"{path[-1]!r} is a required property")]


@pytest.mark.parametrize("name", TYPES)
def test_each_wrong_value_is_named_and_not_repeated(name: str) -> None:
    for path in places(example(name)):
        facts = example(name)
        at(facts, path[:-1])[path[-1]] = WRONG
        found = faults(name, facts)
        assert {place for place, _ in found} == {pointer(path)}
        assert not any(str(WRONG) in fault for _, fault in found)


@pytest.mark.parametrize("name", TYPES)
def test_unknown_fact_is_refused(name: str) -> None:
    found = faults(name, example(name) | {"surprise": 1})
    assert found == [("", "Additional properties are not allowed ('surprise' was unexpected)")]


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("decision", ("letterhead", "date"), "2019-02-30"),
        ("decision", ("letterhead", "date"), "05/02/2019"),
        ("decision", ("letterhead", "number"), 0),
        ("decision", ("groups", 0, "lines", 0, "prize"), -1),
        ("decision", ("groups", 0, "lines", 0, "nominee", "kind"), "commune"),
        ("decision", ("act",), "   "),
        ("vote_count", ("session", "opened"), "2019-12-12T25:00"),
        ("vote_count", ("session", "closed"), "2019-02-30T08:00"),
        ("refusal_notice", ("grounds",), []),
    ],
)
def test_impossible_values_are_refused(name: str, path: tuple[Any, ...], value: Any) -> None:
    facts = example(name)
    at(facts, path[:-1])[path[-1]] = value
    with pytest.raises(FactsError) as refused:
        render(name, facts)
    assert refused.value.document == name
    assert {place for place, _ in refused.value.faults} == {pointer(path)}
    assert pointer(path) in str(refused.value)


@pytest.mark.parametrize("name", ["_base", "ticket", "../decision", "decision/..", ""])
def test_unknown_type_is_refused(name: str) -> None:
    with pytest.raises(UnknownDocumentError):
        render(name, {})


def faults(name: str, facts: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(FactsError) as refused:
        check_facts(name, facts)
    return refused.value.faults


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from nodes(child)


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value; of a list the first item stands for all."""
    if path:
        yield path
    children = (
        node.items() if isinstance(node, dict) else enumerate(node[:1]) if isinstance(node, list) else ()
    )
    for key, child in children:
        yield from places(child, (*path, key))


def at(node: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        node = node[key]
    return node


def pointer(path: tuple[Any, ...]) -> str:
    return "".join(f"/{key}" for key in path)
