"""Lints how a diagram is drawn: known elements, readable ids, whole flows, gateways and wrapped blocks.

The reasons are traps of the library: parallel blocks in a row double the task tree, joins and collected lists
lose data, event sub-processes change the shared specification, a gateway without a way out raises as it runs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from workflows.engine.diagram import BPMN, NAMESPACES, SPIFF
from workflows.engine.lint_expressions import READABLE
from workflows.engine.lint_faults import Fault

TASKS = {"userTask", "serviceTask", "businessRuleTask", "callActivity", "subProcess"}
GATEWAYS = {"exclusiveGateway", "parallelGateway"}
EVENTS = {"startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent"}
FLOW_NODES = TASKS | GATEWAYS | EVENTS
CONTAINED = FLOW_NODES | {"sequenceFlow"}
KNOWN = FLOW_NODES | set(
    "definitions collaboration participant message escalation error process property laneSet lane childLaneSet "
    "flowNodeRef documentation extensionElements incoming outgoing sequenceFlow conditionExpression "
    "multiInstanceLoopCharacteristics loopDataInputRef inputDataItem messageEventDefinition "
    "timerEventDefinition timeDate escalationEventDefinition errorEventDefinition textAnnotation text "
    "association".split()
)
OTHER_CODES = {
    "scriptTask": "script_refused",
    "script": "script_refused",
    "timeDuration": "timer_refused",
    "timeCycle": "timer_refused",
    "standardLoopCharacteristics": "loop_refused",
    "loopCardinality": "loop_refused",
    "loopDataOutputRef": "loop_refused",
    "outputDataItem": "loop_refused",
    "completionCondition": "loop_refused",
}
EXTENSIONS = {"properties", "property", "serviceTaskOperator", "parameters", "parameter", "calledDecisionId"}
SCRIPTS = {"preScript", "postScript"}
IDENTIFIED = FLOW_NODES | {"process", "lane", "sequenceFlow", "message", "escalation", "error"}
NAMED = {"process", "userTask", "lane"}
# What drawing programs write where nobody chose an id: Activity_0x1y2z3.
GENERATED = re.compile(r"[a-z]+_[01][a-z0-9]{6}")


@dataclass(frozen=True)
class Sheet:
    """One diagram under the lint: where it lies, and its process."""

    path: str
    root: etree._Element
    process: etree._Element

    def fault(self, node: etree._Element, code: str, **params: str) -> Fault:
        """A fault at the nearest element around ``node`` that has an id."""
        while node.get("id") is None and (parent := node.getparent()) is not None:
            node = parent
        return Fault(self.path, node.get("id", ""), code, params)

    def drawn(self) -> Iterator[tuple[str, etree._Element]]:
        """Every element with its kind (empty for another namespace), without the geometry."""
        for node in self.root.iter("*"):
            name = etree.QName(node)
            if name.namespace in (BPMN, SPIFF) or not _is_geometry(node):
                yield (name.localname if name.namespace == BPMN else ""), node

    def nodes(self, *kinds: str) -> Iterator[etree._Element]:
        """The elements of the given kinds."""
        return (node for kind, node in self.drawn() if kind in kinds)

    def containers(self) -> Iterator[etree._Element]:
        """The process and its embedded sub-processes."""
        return self.nodes("process", "subProcess")


def kind_of(node: etree._Element) -> str:
    """The local name of an element."""
    return str(etree.QName(node).localname)


def flow_nodes(container: etree._Element) -> list[etree._Element]:
    """The flow nodes that stand directly in a process or sub-process."""
    return [node for node in container.iterchildren(f"{{{BPMN}}}*") if kind_of(node) in FLOW_NODES]


def is_multi_instance(node: etree._Element) -> bool:
    """Whether an element is done once for each item of a list."""
    return node.find("bpmn:multiInstanceLoopCharacteristics", NAMESPACES) is not None


def shape_faults(sheet: Sheet) -> Iterator[Fault]:
    """All faults of drawing."""
    yield from _vocabulary(sheet)
    yield from _ids(sheet)
    for container in sheet.containers():
        yield from _flows(sheet, container)
        yield from _connections(sheet, container)
        yield from _parallel_block(sheet, container)
    for gateway in sheet.nodes("exclusiveGateway"):
        yield from _choice(sheet, gateway)


def _is_geometry(node: etree._Element) -> bool:
    return any(kind_of(around) == "BPMNDiagram" for around in (node, *node.iterancestors()))


def _vocabulary(sheet: Sheet) -> Iterator[Fault]:
    for kind, node in sheet.drawn():
        name = kind_of(node)
        if not kind and (name in SCRIPTS or name not in EXTENSIONS or etree.QName(node).namespace != SPIFF):
            yield sheet.fault(node, "script_refused" if name in SCRIPTS else "extension_refused", kind=name)
        elif kind and kind not in KNOWN:
            yield sheet.fault(node, OTHER_CODES.get(kind, "element_refused"), kind=kind)
        elif kind in CONTAINED and kind_of(node.getparent()) not in ("process", "subProcess"):
            # The library looks for flows and elements anywhere, also where nobody sees them drawn.
            yield sheet.fault(node, "element_refused", kind=kind)
        elif kind == "subProcess" and node.get("triggeredByEvent") == "true":
            yield sheet.fault(node, "event_subprocess")
        elif kind == "multiInstanceLoopCharacteristics":
            yield from _loop(sheet, node)


def _loop(sheet: Sheet, node: etree._Element) -> Iterator[Fault]:
    if node.get("isSequential") == "true":
        yield sheet.fault(node, "loop_refused", kind="isSequential")
    activity = node.getparent()
    if kind_of(activity) != "subProcess" and kind_of(activity.getparent()) != "subProcess":
        yield sheet.fault(node, "multi_instance_not_wrapped")


def _ids(sheet: Sheet) -> Iterator[Fault]:
    """The library looks elements up by id among *all* ids of the process, so a parameter's counts too."""
    taken = Counter(node.get("id") for kind, node in sheet.drawn() if kind and kind != "inputDataItem")
    inside = {node.get("id") for kind, node in sheet.drawn() if not kind}
    for kind, node in sheet.drawn():
        identity = node.get("id", "")
        if kind in IDENTIFIED:
            if not READABLE.fullmatch(identity) or GENERATED.fullmatch(identity):
                yield sheet.fault(node, "unreadable_id")
            if taken[identity] > 1 or (kind in FLOW_NODES and identity in inside):
                yield sheet.fault(node, "duplicate_id")
        if kind in NAMED and not node.get("name", "").strip():
            yield sheet.fault(node, "name_missing")


def _flows(sheet: Sheet, container: etree._Element) -> Iterator[Fault]:
    here = {node.get("id") for node in flow_nodes(container)}
    pairs: set[tuple[str, str]] = set()
    for flow in container.iterfind("bpmn:sequenceFlow", NAMESPACES):
        source, target = pair = flow.get("sourceRef", ""), flow.get("targetRef", "")
        if source not in here or target not in here:
            yield sheet.fault(flow, "flow_broken")
        if pair in pairs:
            yield sheet.fault(flow, "duplicate_flow", source=source, target=target)
        pairs.add(pair)


def _connections(sheet: Sheet, container: etree._Element) -> Iterator[Fault]:
    flows = list(container.iterfind("bpmn:sequenceFlow", NAMESPACES))
    leaving, arriving = Counter(f.get("sourceRef") for f in flows), Counter(f.get("targetRef") for f in flows)
    starts = 0
    for node in flow_nodes(container):
        kind, into, out = kind_of(node), arriving[node.get("id")], leaving[node.get("id")]
        starts += kind == "startEvent"
        if bool(into) == (kind in ("startEvent", "boundaryEvent")) or bool(out) == (kind == "endEvent"):
            yield sheet.fault(node, "not_connected")
        if out > 1 and kind not in GATEWAYS:
            yield sheet.fault(node, "implicit_split")
    if starts != 1:
        yield sheet.fault(container, "start_count", number=str(starts))


def _parallel_block(sheet: Sheet, container: etree._Element) -> Iterator[Fault]:
    """One split and at most one join, in a sub-process."""
    gateways = [node for node in flow_nodes(container) if kind_of(node) == "parallelGateway"]
    flows = list(container.iterfind("bpmn:sequenceFlow", NAMESPACES))
    splits = Counter(flow.get("sourceRef") for flow in flows)
    joins = Counter(flow.get("targetRef") for flow in flows)
    counts = (
        sum(splits[gateway.get("id")] > 1 for gateway in gateways),
        sum(joins[gateway.get("id")] > 1 for gateway in gateways),
    )
    if gateways and (kind_of(container) != "subProcess" or counts not in ((1, 0), (1, 1))):
        yield sheet.fault(gateways[0], "and_not_wrapped")


def _choice(sheet: Sheet, gateway: etree._Element) -> Iterator[Fault]:
    flows = [
        flow
        for flow in gateway.getparent().iterfind("bpmn:sequenceFlow", NAMESPACES)
        if flow.get("sourceRef") == gateway.get("id")
    ]
    if len(flows) < 2:
        return
    default = gateway.get("default")
    if default not in [flow.get("id") for flow in flows]:
        yield sheet.fault(gateway, "default_missing")
    for flow in flows:
        if flow.get("id") != default and flow.find("bpmn:conditionExpression", NAMESPACES) is None:
            yield sheet.fault(flow, "condition_missing")
