"""A decision table as a DMN 1.3 file, for whoever reads or models decisions with other tools."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


@dataclass(frozen=True)
class Row:
    """What is decided for one value of the input, or for all others (None, the last row); ``because`` is its source."""

    value: str | None
    results: Mapping[str, str]
    because: str


def decision_table(identity: str, name: str, question: str, rows: Sequence[Row]) -> bytes:
    """The table of a decision on one text, ``question``; each value has one row, so that exactly one row fits."""
    definitions = etree.Element(
        "definitions",
        {"id": f"{identity}_definitions", "name": name, "namespace": "urn:thidua"},
        {None: NAMESPACE},
    )
    decision = etree.SubElement(definitions, "decision", id=identity, name=name)
    table = etree.SubElement(decision, "decisionTable", id=f"{identity}_table", hitPolicy="UNIQUE")
    column = etree.SubElement(table, "input", id=f"{identity}_input", label=question)
    _text(etree.SubElement(column, "inputExpression", id=f"{identity}_question", typeRef="string"), question)
    for result in rows[0].results:
        etree.SubElement(table, "output", id=f"{identity}_{result}", name=result, typeRef="string")
    for number, row in enumerate(rows, 1):
        rule = etree.SubElement(table, "rule", id=f"row_{number}")
        etree.SubElement(rule, "description").text = row.because
        entry = etree.SubElement(rule, "inputEntry", id=f"row_{number}_if")
        _text(entry, "-" if row.value is None else _quoted(row.value))
        for result, value in row.results.items():
            _text(etree.SubElement(rule, "outputEntry", id=f"row_{number}_{result}"), _quoted(value))
    written: bytes = etree.tostring(definitions, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _quoted(text: str) -> str:
    """A text as an expression of DMN."""
    return json.dumps(text, ensure_ascii=False)


def _text(node: etree._Element, text: str) -> None:
    etree.SubElement(node, "text").text = text
