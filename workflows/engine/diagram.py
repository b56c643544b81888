"""Reads diagrams as XML: lanes, places, stages and sequence flows that the engine's specs do not keep."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from workflows.values import Deployment, WorkflowFault

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
NAMESPACES = {"bpmn": BPMN, "spiff": SPIFF}
CLOCK = re.compile(r"due\(['\"](\w+)['\"]\)")
"""A timer that waits for a clock of the rule set."""

NOT_FLOW_NODES = frozenset(
    "sequenceFlow laneSet property extensionElements documentation incoming outgoing".split()
)


@dataclass(frozen=True)
class Element:
    """A flow node of a diagram; ``lane`` is the id of the innermost lane that names it.

    ``clocks`` are those of the rule set that the timers on its border wait for; ``called`` is the process that a
    call activity calls.
    """

    id: str
    type: str
    name: str
    lane: str | None
    properties: Mapping[str, str] = field(default_factory=dict)
    clocks: tuple[str, ...] = ()
    called: str | None = None


@dataclass(frozen=True)
class Lane:
    """A lane: its id is the role, optionally ``role__anything`` when a diagram has the role at two places."""

    id: str
    name: str
    place: str

    @property
    def role(self) -> str:
        return self.id.partition("__")[0]


@dataclass(frozen=True)
class Process:
    """One process of a deployment, as drawn."""

    id: str
    name: str
    path: str
    elements: Mapping[str, Element]
    lanes: Mapping[str, Lane]
    flows: Mapping[tuple[str, str], str]
    called: tuple[str, ...]

    def lane_of(self, element: str) -> Lane:
        """The lane a user task stands in; linted at deployment, so absence is a fault."""
        lane = self.elements[element].lane
        if lane is None:
            raise WorkflowFault(f"{self.id}.{element} stands in no lane")
        return self.lanes[lane]


@dataclass(frozen=True)
class Drawing:
    """All processes of a deployment."""

    processes: Mapping[str, Process]

    def clocks_of(self, process: str, element: str) -> tuple[str, ...]:
        """The clocks of an element; where it has none, those of what calls its process, which bears its name."""
        own = self.processes[process].elements[element].clocks
        callers = (each.elements[process] for each in self.processes.values() if process in each.elements)
        return own or next((each.clocks for each in callers), ())

    @cached_property
    def by_path(self) -> dict[str, Process]:
        return {process.path: process for process in self.processes.values()}


def parse_xml(content: bytes) -> etree._Element:
    """Parse hardened: no DTD, no entities, no network. Raises WorkflowFault for anything else."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise WorkflowFault(f"not well-formed XML: {fault}") from fault
    if root.getroottree().docinfo.doctype:
        raise WorkflowFault("a document type declaration is not allowed")
    return root


def read_drawing(deployment: Deployment) -> Drawing:
    """Read every diagram of a deployment."""
    processes = {}
    for path, content in deployment.files.items():
        if path.endswith(".bpmn"):
            for node in parse_xml(content).iterfind("bpmn:process", NAMESPACES):
                process = _read_process(node, path)
                processes[process.id] = process
    return Drawing(processes)


def _read_process(node: etree._Element, path: str) -> Process:
    lanes = {
        lane.get("id", ""): Lane(
            lane.get("id", ""), lane.get("name", ""), properties_of(lane).get("place", "submitter")
        )
        for lane in node.iter(f"{{{BPMN}}}lane")
    }
    lane_of = {
        (reference.text or "").strip(): lane.get("id", "")
        for lane in node.iter(f"{{{BPMN}}}lane")
        for reference in lane.iterfind("bpmn:flowNodeRef", NAMESPACES)
    }
    return Process(
        id=node.get("id", ""),
        name=node.get("name", ""),
        path=path,
        elements=_read_elements(node, lane_of),
        lanes=lanes,
        flows={
            (flow.get("sourceRef", ""), flow.get("targetRef", "")): flow.get("id", "")
            for flow in node.iter(f"{{{BPMN}}}sequenceFlow")
        },
        called=tuple(called.get("calledElement", "") for called in node.iter(f"{{{BPMN}}}callActivity")),
    )


def _read_elements(node: etree._Element, lane_of: Mapping[str, str]) -> dict[str, Element]:
    elements = {}
    clocks = _clocks(node)
    for child in node.iter(f"{{{BPMN}}}*"):
        kind = etree.QName(child).localname
        identity = child.get("id")
        parent = child.getparent()
        if identity is None or parent is None or kind in NOT_FLOW_NODES:
            continue
        if etree.QName(parent).localname in {"process", "subProcess"}:
            elements[identity] = Element(
                identity,
                kind,
                child.get("name", ""),
                lane_of.get(identity),
                properties_of(child),
                tuple(clocks[identity]),
                child.get("calledElement"),
            )
    return elements


def _clocks(node: etree._Element) -> Mapping[str, list[str]]:
    """By element the clocks its timers wait for; timers that wait for an instant of the data have none."""
    found = defaultdict(list)
    for event in node.iter(f"{{{BPMN}}}boundaryEvent"):
        asked = event.findtext("bpmn:timerEventDefinition/bpmn:timeDate", "", NAMESPACES).strip()
        if clock := CLOCK.fullmatch(asked):
            found[event.get("attachedToRef", "")].append(clock[1])
    return found


def properties_of(node: etree._Element) -> dict[str, str]:
    """The extension properties of an element."""
    found = node.iterfind("bpmn:extensionElements/spiff:properties/spiff:property", NAMESPACES)
    return {item.get("name", ""): item.get("value", "") for item in found}
