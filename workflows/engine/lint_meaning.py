"""Lints what a diagram refers to: roles, forms, effects, messages, called processes, and its expressions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from workflows.engine.diagram import BPMN, NAMESPACES, properties_of
from workflows.engine.lint_expressions import is_condition, is_instant, is_name
from workflows.engine.lint_faults import Fault
from workflows.engine.lint_shape import EVENTS, Sheet, flow_nodes, is_multi_instance, kind_of
from workflows.values import UNIT_ITEMS

PLACES = frozenset({"submitter", "district", "organiser", "province", "each"})
TRIGGERS = {
    "startEvent": {""},
    "endEvent": {"", "escalation", "error"},
    "boundaryEvent": {"timer", "message", "escalation", "error"},
    "intermediateCatchEvent": {"timer", "message"},
    "intermediateThrowEvent": {"escalation"},
}
REFERENCES = {
    "messageEventDefinition": ("messageRef", "message"),
    "escalationEventDefinition": ("escalationRef", "escalation"),
    "errorEventDefinition": ("errorRef", "error"),
}


@dataclass(frozen=True)
class Surroundings:
    """What a diagram may refer to."""

    roles: Collection[str]
    effects: Collection[str]
    processes: Collection[str]
    decisions: Collection[str]
    forms: Mapping[str, str | None]
    """Path without ``.json`` → None, or the reason why the form cannot be used."""


def meaning_faults(sheet: Sheet, known: Surroundings) -> Iterator[Fault]:
    """All faults of reference."""
    yield from _lanes(sheet, known)
    for task in sheet.nodes("userTask"):
        yield from _user_task(sheet, task, known)
    for task in sheet.nodes("serviceTask"):
        yield from _service_task(sheet, task, known)
    yield from _calls(sheet, known)
    yield from _events(sheet)
    yield from _definitions(sheet)
    yield from _expressions(sheet)


def _lanes(sheet: Sheet, known: Surroundings) -> Iterator[Fault]:
    drawn = {node.get("id") for container in sheet.containers() for node in flow_nodes(container)}
    for lane in sheet.nodes("lane"):
        role = lane.get("id", "").partition("__")[0]
        if role not in known.roles:
            yield sheet.fault(lane, "role_unknown", role=role)
        if (place := properties_of(lane).get("place", "")) not in PLACES:
            yield sheet.fault(lane, "place_unknown", place=place)
        for reference in lane.iterfind("bpmn:flowNodeRef", NAMESPACES):
            if (name := (reference.text or "").strip()) not in drawn:
                yield sheet.fault(lane, "reference_missing", reference=name)


def _user_task(sheet: Sheet, task: etree._Element, known: Surroundings) -> Iterator[Fault]:
    lanes = [lane for lane in sheet.nodes("lane") if task.get("id") in _members(lane)]
    if not lanes:
        yield sheet.fault(task, "lane_missing")
    elif properties_of(lanes[-1]).get("place") == "each" and UNIT_ITEMS.isdisjoint(_items_around(task)):
        yield sheet.fault(task, "item_missing")
    path = f"forms/{sheet.process.get('id')}/{task.get('id')}"
    if path not in known.forms:
        yield sheet.fault(task, "form_missing", path=f"{path}.json")
    elif reason := known.forms[path]:
        yield sheet.fault(task, "form_broken", reason=reason)


def _members(lane: etree._Element) -> set[str]:
    return {(reference.text or "").strip() for reference in lane.iterfind("bpmn:flowNodeRef", NAMESPACES)}


def _items_around(task: etree._Element) -> set[str]:
    around = [node for node in (task, *task.iterancestors()) if is_multi_instance(node)]
    path = "bpmn:multiInstanceLoopCharacteristics/bpmn:inputDataItem"
    return {item.get("id", "") for node in around for item in node.iterfind(path, NAMESPACES)}


def _service_task(sheet: Sheet, task: etree._Element, known: Surroundings) -> Iterator[Fault]:
    operators = list(task.iterfind("bpmn:extensionElements/spiff:serviceTaskOperator", NAMESPACES))
    if len(operators) != 1:
        yield sheet.fault(task, "effect_missing")
        return
    if (effect := operators[0].get("id", "")) not in known.effects:
        yield sheet.fault(task, "effect_unknown", effect=effect)
    if operators[0].get("resultVariable"):
        yield sheet.fault(task, "result_refused")
    for parameter in operators[0].iterfind(".//spiff:parameter", NAMESPACES):
        if not is_condition(text := parameter.get("value", "")):
            yield sheet.fault(task, "expression_refused", expression=text)


def _calls(sheet: Sheet, known: Surroundings) -> Iterator[Fault]:
    for call in sheet.nodes("callActivity"):
        if (called := call.get("calledElement", "")) not in known.processes:
            yield sheet.fault(call, "call_missing", called=called)
    for task in sheet.nodes("businessRuleTask"):
        path = "bpmn:extensionElements/spiff:calledDecisionId"
        called = [node.text or "" for node in task.iterfind(path, NAMESPACES)]
        if len(called) != 1 or called[0] not in known.decisions:
            yield sheet.fault(task, "call_missing", called=", ".join(called))


def _events(sheet: Sheet) -> Iterator[Fault]:
    for event in sheet.nodes(*EVENTS):
        definitions = [
            node for node in event.iterchildren(f"{{{BPMN}}}*") if kind_of(node).endswith("EventDefinition")
        ]
        kinds = [kind_of(node).removesuffix("EventDefinition") for node in definitions] or [""]
        if len(kinds) > 1 or kinds[0] not in TRIGGERS[kind_of(event)]:
            yield sheet.fault(event, "event_refused", kind=" ".join(kinds))
        if kind_of(event) == "boundaryEvent":
            siblings = {node.get("id") for node in flow_nodes(event.getparent())}
            if (attached := event.get("attachedToRef", "")) not in siblings:
                yield sheet.fault(event, "reference_missing", reference=attached)
        for node in definitions:
            if reference := REFERENCES.get(kind_of(node)):
                yield from _reference(sheet, event, node.get(reference[0], ""), reference[1])


def _reference(sheet: Sheet, event: etree._Element, reference: str, kind: str) -> Iterator[Fault]:
    if reference not in [node.get("id") for node in sheet.nodes(kind)]:
        yield sheet.fault(event, "reference_missing", reference=reference)


def _definitions(sheet: Sheet) -> Iterator[Fault]:
    for message in sheet.nodes("message"):
        if not is_name(message.get("name", "")):
            yield sheet.fault(message, "message_without_name")
    for node in sheet.nodes("escalation", "error"):
        if not node.get(f"{kind_of(node)}Code"):
            yield sheet.fault(node, "code_missing")


def _expressions(sheet: Sheet) -> Iterator[Fault]:
    rules: dict[str, Any] = {
        "conditionExpression": is_condition,
        "timeDate": is_instant,
        "loopDataInputRef": is_name,
    }
    for node in sheet.nodes(*rules):
        if not rules[kind_of(node)](text := node.text or ""):
            yield sheet.fault(node, "expression_refused", expression=text)
    for timer in sheet.nodes("timerEventDefinition"):
        if timer.find("bpmn:timeDate", NAMESPACES) is None:
            yield sheet.fault(timer, "timer_refused")
    for loop in sheet.nodes("multiInstanceLoopCharacteristics"):
        items = [item.get("id", "") for item in loop.iterfind("bpmn:inputDataItem", NAMESPACES)]
        if len(items) != 1 or not is_name(items[0]) or loop.find("bpmn:loopDataInputRef", NAMESPACES) is None:
            yield sheet.fault(loop, "expression_refused", expression=" ".join(items))
