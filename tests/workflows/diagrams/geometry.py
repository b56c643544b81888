"""Reads what a diagram looks like: boxes, lines and labels, each with the element it draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import hypot
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"

TASKS = {"userTask", "serviceTask", "callActivity", "businessRuleTask"}
EVENTS = {"startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent"}
GATEWAYS = {"exclusiveGateway", "parallelGateway"}
NODES = TASKS | EVENTS | GATEWAYS | {"subProcess"}
TOUCH = 0.51  # half a pixel of rounding

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels; y grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def contains(self, other: Box) -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def gap(self, other: Box) -> float:
        """How far apart two boxes are along the axis that parts them most; negative when they overlap."""
        across = max(other.x - self.right, self.x - other.right)
        down = max(other.y - self.bottom, self.y - other.bottom)
        return max(across, down)


@dataclass(frozen=True)
class Segment:
    """One straight piece of a line."""

    start: Point
    end: Point

    @property
    def box(self) -> Box:
        (ax, ay), (bx, by) = self.start, self.end
        return Box(min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by))

    @property
    def horizontal(self) -> bool:
        return self.start[1] == self.end[1]

    @property
    def vertical(self) -> bool:
        return self.start[0] == self.end[0]


@dataclass(frozen=True)
class Shape:
    """A drawn flow node, lane or pool.

    ``parent`` is the sub-process it stands in, ``host`` what a boundary event is attached to.
    """

    id: str
    kind: str
    name: str
    box: Box
    label: Box | None = None
    parent: str | None = None
    host: str | None = None
    lane: str | None = None

    def borders(self, point: Point) -> bool:
        """True when the point lies on the drawn outline: a circle, a diamond or a rectangle."""
        x, y = point
        cx, cy = self.box.middle
        across, down = abs(x - cx), abs(y - cy)
        half_width, half_height = self.box.width / 2, self.box.height / 2
        if self.kind in EVENTS:
            return abs(hypot(across, down) - half_width) < TOUCH
        if self.kind in GATEWAYS:
            return abs(across / half_width + down / half_height - 1) * half_width < TOUCH
        on_side = abs(across - half_width) < TOUCH and down <= half_height
        return on_side or (abs(down - half_height) < TOUCH and across <= half_width)

    def covers(self, box: Box) -> bool:
        """True when the drawn outline (not only its box) lies over part of the given box."""
        if self.box.gap(box) >= 0:
            return False
        cx, cy = self.box.middle
        across = max(box.x - cx, cx - box.right, 0)
        down = max(box.y - cy, cy - box.bottom, 0)
        if self.kind in EVENTS:
            return hypot(across, down) < self.box.width / 2
        if self.kind in GATEWAYS:
            return across / self.box.width + down / self.box.height < 0.5
        return True


@dataclass(frozen=True)
class Line:
    """A drawn sequence flow."""

    id: str
    name: str
    source: str
    target: str
    points: tuple[Point, ...]
    label: Box | None = None

    @property
    def segments(self) -> list[Segment]:
        return [Segment(start, end) for start, end in pairwise(self.points)]


@dataclass(frozen=True)
class Drawing:
    """A diagram as it is seen. ``drawn`` and ``modelled`` are ids, to be compared."""

    shapes: dict[str, Shape]
    lines: dict[str, Line]
    drawn: list[str] = field(default_factory=list)
    modelled: list[str] = field(default_factory=list)

    @cached_property
    def nodes(self) -> list[Shape]:
        return [shape for shape in self.shapes.values() if shape.kind in NODES]

    @property
    def lanes(self) -> list[Shape]:
        return [shape for shape in self.shapes.values() if shape.kind == "lane"]

    @property
    def pool(self) -> Shape:
        return next(shape for shape in self.shapes.values() if shape.kind == "participant")

    def around(self, shape: Shape) -> Iterator[str]:
        """Ids of the sub-processes around a shape, innermost first."""
        parent = shape.parent
        while parent is not None:
            yield parent
            parent = self.shapes[parent].parent

    def labels(self) -> Iterator[tuple[str, Box]]:
        items: list[Shape | Line] = [*self.shapes.values(), *self.lines.values()]
        for item in items:
            if item.label is not None:
                yield item.id, item.label


def read_drawing(path: Path) -> Drawing:
    """Read one diagram; the XML is parsed hardened."""
    root = fromstring(path.read_bytes(), forbid_dtd=True)
    boxes = {item.get("bpmnElement", ""): item for item in root.iter(f"{BPMNDI}BPMNShape")}
    edges = {item.get("bpmnElement", ""): item for item in root.iter(f"{BPMNDI}BPMNEdge")}
    shapes: dict[str, Shape] = {}
    lines: dict[str, Line] = {}
    modelled = []
    for element, parent in _elements(root):
        identity = element.get("id", "")
        modelled.append(identity)
        if identity in boxes:
            shapes[identity] = _shape(element, parent, boxes[identity], _lanes(root))
        if identity in edges:
            lines[identity] = _line(element, edges[identity])
    pictures = [*root.iter(f"{BPMNDI}BPMNShape"), *root.iter(f"{BPMNDI}BPMNEdge")]
    return Drawing(shapes, lines, [item.get("bpmnElement", "") for item in pictures], modelled)


def _elements(node: Element, parent: str | None = None) -> Iterator[tuple[Element, str | None]]:
    """Everything that must be drawn, with the sub-process it stands in."""
    for child in node:
        kind = child.tag.removeprefix(BPMN)
        if kind in NODES | {"participant", "lane", "sequenceFlow"}:
            yield child, parent
        yield from _elements(child, child.get("id") if kind == "subProcess" else parent)


def _lanes(root: Element) -> dict[str, str]:
    return {
        (reference.text or "").strip(): lane.get("id", "")
        for lane in root.iter(f"{BPMN}lane")
        for reference in lane.findall(f"{BPMN}flowNodeRef")
    }


def _shape(element: Element, parent: str | None, drawn: Element, lanes: dict[str, str]) -> Shape:
    box = _box(drawn.find(f"{DC}Bounds"))
    if box is None:
        raise ValueError(f"{element.get('id')} has no bounds")
    return Shape(
        id=element.get("id", ""),
        kind=element.tag.removeprefix(BPMN),
        name=element.get("name", ""),
        box=box,
        label=_box(drawn.find(f"{BPMNDI}BPMNLabel/{DC}Bounds")),
        parent=parent,
        host=element.get("attachedToRef"),
        lane=lanes.get(element.get("id", "")),
    )


def _line(element: Element, drawn: Element) -> Line:
    return Line(
        id=element.get("id", ""),
        name=element.get("name", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        points=tuple((float(p.get("x", "")), float(p.get("y", ""))) for p in drawn.findall(f"{DI}waypoint")),
        label=_box(drawn.find(f"{BPMNDI}BPMNLabel/{DC}Bounds")),
    )


def _box(bounds: Element | None) -> Box | None:
    if bounds is None:
        return None
    x, y, width, height = (float(bounds.get(name, "")) for name in ("x", "y", "width", "height"))
    return Box(x, y, width, height)
