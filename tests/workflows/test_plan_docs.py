"""docs/plans.md describes exactly the fields the schema has, and its example is a valid part of a plan."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from workflows.plan import SCHEMA, SHIPPED_PLANS, parse_plan

TEXT = (Path(__file__).parents[2] / "docs" / "plans.md").read_text("utf-8")
SECTION = re.compile(
    r"^### (?:`(?P<path>[a-z_/]+)`|The plan)$(?P<body>.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL
)
ROW = re.compile(r"^\| `(?P<field>[a-z_]+)` \| (?P<need>must|may) \| (?P<said>[^|]+) \|", re.MULTILINE)


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    return {**SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], **schema}


def groups(path: str, group: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield path, group
    for name, field in group["properties"].items():
        inner = resolved(field)
        inner = resolved(inner["items"]) if inner.get("type") == "array" else inner
        if inner.get("type") == "object":
            yield from groups(f"{path}/{name}".lstrip("/"), inner)


GROUPS = dict(groups("", SCHEMA))
DOCUMENTED = {match["path"] or "": match["body"] for match in SECTION.finditer(TEXT)}


def test_every_group_of_fields_has_its_section() -> None:
    assert set(DOCUMENTED) == set(GROUPS)


@pytest.mark.parametrize("path", GROUPS, ids=lambda path: path or "plan")
def test_every_field_is_documented_and_no_other(path: str) -> None:
    group = GROUPS[path]
    rows = {row["field"]: (row["need"], row["said"]) for row in ROW.finditer(DOCUMENTED[path])}
    assert rows == {
        name: ("must" if name in group["required"] else "may", resolved(field)["description"])
        for name, field in group["properties"].items()
    }


def test_every_word_a_field_may_hold_is_documented() -> None:
    words = re.findall(r'"enum": \[([^\]]+)\]', str(SCHEMA).replace("'", '"'))
    assert words
    assert all(f"`{word}`" in TEXT for group in words for word in re.findall(r'"([a-z_]+)"', group))


def test_the_example_is_taken_from_a_shipped_plan() -> None:
    example = yaml.safe_load(TEXT.split("```yaml")[1].split("```")[0])
    plan = parse_plan((SHIPPED_PLANS / "tinh-bien-vi-nguoi-ngheo-2020.yaml").read_text("utf-8"))
    (strand,), (round_,), (pool,) = example["strands"], example["rounds"], example["pools"]
    assert plan.strand(strand["code"]).name == strand["name"]
    assert plan.round(round_["code"]).submit_by == round_["submit_by"]
    assert pool["code"] in {p.code for p in plan.pools}
    assert plan.assumption_at(example["assumptions"][0]["concerns"][0]) is not None
