"""Lints a deployment before it may run: everything the library would find out too late, or never.

A faulty deployment is refused with each fault named; what runs keeps running.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from lxml import etree

from workflows import bulk, forms
from workflows.engine.diagram import BPMN, parse_xml, properties_of
from workflows.engine.lint_faults import FAULTS, Fault
from workflows.engine.lint_meaning import Surroundings, meaning_faults
from workflows.engine.lint_shape import Sheet, shape_faults
from workflows.engine.lint_tables import decisions, table_faults
from workflows.engine.spec import parse
from workflows.values import Deployment, WorkflowFault

__all__ = ["FAULTS", "Fault", "lint"]


def lint(deployment: Deployment, *, roles: Collection[str], effects: Collection[str]) -> list[Fault]:
    """The faults of a deployment, file by file; empty when it may run.

    ``roles`` are the lane ids that somebody can hold, ``effects`` what a service task may ask for.
    """
    roots, faults = _parsed(deployment.files)
    sheets = []
    for path, root in roots.items():
        if path.endswith(".bpmn"):
            found = list(root.iter(f"{{{BPMN}}}process"))
            faults += _process_faults(path, found)
            sheets += [Sheet(path, root, process) for process in found[:1]]
        else:
            faults += table_faults(path, root)
    known = _surroundings(deployment, roots, sheets, roles, effects)
    if deployment.process not in known.processes:
        faults.append(Fault("", "", "root_missing", {"process": deployment.process}))
    for sheet in sheets:
        faults += (*shape_faults(sheet), *meaning_faults(sheet, known))
        faults += _bulk_faults(deployment, sheet, known)
    faults += _circles(sheets)
    return faults or list(_engine_faults(deployment))


def _parsed(files: Mapping[str, bytes]) -> tuple[dict[str, etree._Element], list[Fault]]:
    roots: dict[str, etree._Element] = {}
    faults = []
    for path in sorted(files):
        if path.endswith((".bpmn", ".dmn")):
            try:
                roots[path] = parse_xml(files[path])
            except WorkflowFault as fault:
                faults.append(Fault(path, "", "not_xml" if fault.__cause__ else "doctype"))
    return roots, faults


def _process_faults(path: str, found: list[etree._Element]) -> Iterator[Fault]:
    if len(found) != 1:
        yield Fault(path, "", "process_count", {"number": str(len(found))})
    for process in found[:1]:
        name = process.get("id", "")
        if path != f"diagrams/{name}/{name}.bpmn":
            expected = path.rpartition("/")[2].removesuffix(".bpmn")
            yield Fault(path, name, "process_id", {"expected": expected})
        if process.get("isExecutable") != "true":
            yield Fault(path, name, "not_executable")


def _surroundings(
    deployment: Deployment,
    roots: Mapping[str, etree._Element],
    sheets: list[Sheet],
    roles: Collection[str],
    effects: Collection[str],
) -> Surroundings:
    tables = [root for path, root in roots.items() if path.endswith(".dmn")]
    return Surroundings(
        roles=roles,
        effects=effects,
        processes={sheet.process.get("id", "") for sheet in sheets},
        decisions={decision.get("id", "") for root in tables for decision in decisions(root)},
        forms=_form_reasons(deployment.files),
    )


def _schemas(files: Mapping[str, bytes], reasons: dict[str, str | None]) -> dict[str, Any]:
    """The forms by their path without ``.json``; ``reasons`` learns of those that are no JSON."""
    schemas: dict[str, Any] = {}
    for path in files:
        if path.startswith("forms/") and path.endswith(".json"):
            try:
                schemas[path.removesuffix(".json")] = json.loads(files[path])
            except ValueError as fault:
                reasons[path.removesuffix(".json")] = str(fault)
    return schemas


def _form_reasons(files: Mapping[str, bytes]) -> dict[str, str | None]:
    """Each form by its path without ``.json``: None, or why it cannot be used."""
    reasons: dict[str, str | None] = {}
    schemas = _schemas(files, reasons)
    for name in schemas:
        try:
            reasons[name] = _schema_reason(json.dumps(forms.resolve(schemas, name)))
        except forms.FormError as fault:
            reasons[name] = str(fault)
    return reasons


@lru_cache(maxsize=512)
def _schema_reason(schema: str) -> str | None:
    """Why a schema, as JSON, is none. Deployments share most of their forms, and looking takes long."""
    try:
        Draft202012Validator.check_schema(json.loads(schema))
    except SchemaError as fault:
        return str(fault.message)
    return None


def _bulk_faults(deployment: Deployment, sheet: Sheet, known: Surroundings) -> Iterator[Fault]:
    """Decisions for many at once ask for no answers of each."""
    for task in sheet.nodes("userTask"):
        path = f"forms/{sheet.process.get('id')}/{task.get('id')}"
        decisions = bulk.offered_decisions(properties_of(task))
        if decisions and known.forms.get(path, "") is None:
            for decision in bulk.unsuited(forms.resolve(_schemas(deployment.files, {}), path), decisions):
                yield sheet.fault(task, "bulk_unsuited", decision=decision)


def _circles(sheets: list[Sheet]) -> Iterator[Fault]:
    calls = {
        sheet.process.get("id", ""): [call.get("calledElement", "") for call in sheet.nodes("callActivity")]
        for sheet in sheets
    }
    for sheet in sheets:
        process = sheet.process.get("id", "")
        if path := _way_back(calls, process, (process,)):
            yield Fault(sheet.path, process, "call_circle", {"path": " → ".join(path)})


def _way_back(calls: Mapping[str, list[str]], wanted: str, trail: tuple[str, ...]) -> tuple[str, ...] | None:
    for called in calls.get(trail[-1], []):
        if called == wanted:
            return (*trail, called)
        if called not in trail and (path := _way_back(calls, wanted, (*trail, called))):
            return path
    return None


def _engine_faults(deployment: Deployment) -> Iterator[Fault]:
    """What the library itself finds; asked last, because a fault with a code says more than its words."""
    try:
        parse(deployment)
    except WorkflowFault as fault:
        yield Fault("", "", "engine_refuses", {"reason": str(fault)})
