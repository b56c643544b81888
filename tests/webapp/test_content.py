"""Every text written in Vietnamese – diagrams, forms, laws, plans – has its English."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po
from defusedxml.ElementTree import parse

from tests.conftest import ROOT
from webapp.documents.certificates import certificate_types
from webapp.i18n import TRANSLATIONS

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
# Names that only the engine reads: messages, data and the properties of a task.
UNSEEN = {"message", "inputDataItem", "dataInput", "dataOutput", "dataObject", "property"}
Text = tuple[str, str]


def vietnamese(text: str) -> bool:
    return "đ" in text.lower() or any(map(unicodedata.combining, unicodedata.normalize("NFD", text)))


def of_diagrams() -> Iterator[Text]:
    for file in sorted((ROOT / "workflows" / "diagrams").rglob("*.bpmn")):
        for element in parse(file).iter():
            kind = element.tag.removeprefix(BPMN)
            if kind != element.tag and kind not in UNSEEN and element.get("name"):
                yield file.name, element.get("name", "")


def of_forms() -> Iterator[Text]:
    for file in sorted((ROOT / "forms").rglob("*.json")):
        yield from titles(file, json.loads(file.read_text(encoding="utf-8")))
    for kind in certificate_types().values():
        yield from ((kind.name, text) for text in (kind.title, kind.citation))
        yield from ((kind.name, field.label) for field in kind.variable)


def titles(file: Path, node: Any) -> Iterator[Text]:
    if isinstance(node, dict):
        yield from (
            (file.name, node[key]) for key in ("title", "description") if isinstance(node.get(key), str)
        )
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from titles(file, each)


def of_laws_and_plans() -> Iterator[Text]:
    for folder in ("law", "plans", "criteria"):
        for file in sorted((ROOT / "workflows" / folder).glob("*.yaml")):
            yield from strings(file, yaml.safe_load(file.read_text(encoding="utf-8")))


def strings(file: Path, node: Any) -> Iterator[Text]:
    if isinstance(node, str) and vietnamese(node):
        yield file.name, node
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from strings(file, each)


@pytest.fixture(scope="module")
def english() -> set[str]:
    with (TRANSLATIONS / "en" / "LC_MESSAGES" / "content.po").open("rb") as file:
        return {str(message.id) for message in read_po(file) if message.string}


@pytest.mark.parametrize("source", [of_diagrams, of_forms, of_laws_and_plans])
def test_every_content_text_has_its_english(source, english: set[str]) -> None:
    texts = list(source())
    assert len(texts) > 100
    assert sorted({(file, text) for file, text in texts if text not in english}) == []


def test_english_is_not_vietnamese_again() -> None:
    with (TRANSLATIONS / "en" / "LC_MESSAGES" / "content.po").open("rb") as file:
        same = [str(message.id) for message in read_po(file) if message.id and message.id == message.string]
    assert [text for text in same if vietnamese(text)] == []
