"""Diagrams are drawn with care: complete, in their lanes, apart from one another, with straight lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from tests.workflows.diagrams.geometry import (
    EVENTS,
    GATEWAYS,
    TASKS,
    Box,
    Drawing,
    Line,
    Segment,
    Shape,
    read_drawing,
)

DIAGRAMS = sorted((Path(__file__).parents[3] / "workflows" / "diagrams").rglob("*.bpmn"))
SPACING = 50
PAGE = 1900
SIZES = {
    **dict.fromkeys(TASKS, (100, 80)),
    **dict.fromkeys(EVENTS, (36, 36)),
    **dict.fromkeys(GATEWAYS, (50, 50)),
}


@pytest.fixture(params=DIAGRAMS, ids=lambda path: path.stem)
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return read_drawing(request.param)


def test_there_are_diagrams_named_like_their_process() -> None:
    assert DIAGRAMS
    assert [path.stem for path in DIAGRAMS] == [path.parent.name for path in DIAGRAMS]


def test_each_element_is_drawn_once(drawing: Drawing) -> None:
    assert Counter(drawing.drawn) == Counter(drawing.modelled)


def test_elements_have_their_usual_size(drawing: Drawing) -> None:
    odd = [n.id for n in drawing.nodes if n.kind in SIZES and (n.box.width, n.box.height) != SIZES[n.kind]]
    assert odd == []


def test_elements_do_not_overlap(drawing: Drawing) -> None:
    assert overlapping(drawing) == []


def test_elements_keep_their_distance(drawing: Drawing) -> None:
    free = [node for node in drawing.nodes if node.host is None]
    pairs = [(a, b) for a, b in combinations(free, 2) if a.parent == b.parent]
    assert [(a.id, b.id, a.box.gap(b.box)) for a, b in pairs if a.box.gap(b.box) < SPACING] == []


def test_boundary_events_sit_on_their_host(drawing: Drawing) -> None:
    attached = [(node, drawing.shapes[node.host]) for node in drawing.nodes if node.host]
    assert [node.id for node, host in attached if not host.borders(node.box.middle)] == []


def test_nothing_leaves_its_lane_or_sub_process(drawing: Drawing) -> None:
    assert outside(drawing) == []


def test_each_task_stands_in_a_lane(drawing: Drawing) -> None:
    assert [node.id for node in drawing.nodes if node.kind in TASKS and node.lane is None] == []


def test_lanes_lie_on_one_another_without_gap(drawing: Drawing) -> None:
    lanes = sorted(drawing.lanes, key=lambda lane: lane.box.y)
    assert lanes
    for upper, lower in pairwise(lanes):
        assert (upper.box.x, upper.box.right, upper.box.bottom) == (lower.box.x, lower.box.right, lower.box.y)


def test_lines_start_and_end_on_borders(drawing: Drawing) -> None:
    loose = [
        line.id
        for line in drawing.lines.values()
        if not drawing.shapes[line.source].borders(line.points[0])
        or not drawing.shapes[line.target].borders(line.points[-1])
    ]
    assert loose == []


def test_lines_run_straight_along_the_axes(drawing: Drawing) -> None:
    assert slanting(drawing) == []


def test_lines_pass_beside_elements(drawing: Drawing) -> None:
    assert running_through(drawing) == []


def test_lines_do_not_cross(drawing: Drawing) -> None:
    assert crossing(drawing) == []


def test_labels_stand_free(drawing: Drawing) -> None:
    assert covered_labels(drawing) == []


def test_what_is_named_outside_its_shape_has_a_label(drawing: Drawing) -> None:
    named = [n for n in drawing.nodes if n.kind in EVENTS | GATEWAYS] + list(drawing.lines.values())
    assert [item.id for item in named if item.name and item.label is None] == []


def test_diagram_fits_a_page(drawing: Drawing) -> None:
    pool = drawing.pool.box
    assert pool.width <= PAGE
    assert all(pool.contains(label) for _, label in drawing.labels())


def test_faults_are_seen() -> None:
    """The checks themselves: a crooked drawing fails each of them."""
    left = Shape("left", "userTask", "", Box(0, 0, 100, 80), label=Box(10, 15, 20, 10))
    right = Shape("right", "userTask", "", Box(90, 0, 100, 80), lane="lane")
    lane = Shape("lane", "lane", "", Box(0, 0, 150, 200))
    pool = Shape("pool", "participant", "", Box(0, 0, 200, 200))
    through = Line("through", "", "left", "left", ((-50, 20), (250, 20)))
    down = Line("down", "", "right", "right", ((40, -50), (40, 250), (41, 260)))
    crooked = Drawing({s.id: s for s in (left, right, lane, pool)}, {"through": through, "down": down})
    assert overlapping(crooked) == [("left", "right")]
    assert outside(crooked) == ["right"]
    assert slanting(crooked) == ["down"]
    assert running_through(crooked) == [("through", "right"), ("down", "left")]
    assert crossing(crooked) == [("through", "down")]
    assert covered_labels(crooked) == [("left", "left"), ("left", "through")]
    assert not replace(left, kind="startEvent").borders((0, 0))


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    """Pairs that lie on one another without need."""
    return [
        (a.id, b.id)
        for a, b in combinations(drawing.nodes, 2)
        if a.box.gap(b.box) < 0
        and b.id not in drawing.around(a)
        and a.id not in drawing.around(b)
        and a.id != b.host
        and b.id != a.host
    ]


def outside(drawing: Drawing) -> list[str]:
    """What sticks out of its lane, its sub-process or the pool; a boundary event counts as its host."""
    found = []
    for shape in drawing.shapes.values():
        inner = drawing.shapes[shape.host].box if shape.host else shape.box
        holders = [drawing.pool.id, *drawing.around(shape), *([shape.lane] if shape.lane else [])]
        if not all(drawing.shapes[holder].box.contains(inner) for holder in holders):
            found.append(shape.id)
    return found


def slanting(drawing: Drawing) -> list[str]:
    return [
        line.id
        for line in drawing.lines.values()
        if not all(segment.horizontal or segment.vertical for segment in line.segments)
    ]


def running_through(drawing: Drawing) -> list[tuple[str, str]]:
    """Lines over elements that are neither their ends nor around them; touching an own end does not count."""
    found = []
    for line in drawing.lines.values():
        ends = {line.source, line.target, drawing.shapes[line.source].host}
        frames = set(drawing.around(drawing.shapes[line.source]))
        for node in drawing.nodes:
            if node.id not in ends | frames and any(s.box.gap(node.box) < 0 for s in line.segments):
                found.append((line.id, node.id))
    return found


def crossing(drawing: Drawing) -> list[tuple[str, str]]:
    """Lines that cross, or run on one another though they do not end in the same element."""
    return [
        (a.id, b.id)
        for a, b in combinations(drawing.lines.values(), 2)
        if a.target != b.target and any(_meet(s, t) for s in a.segments for t in b.segments)
    ]


def _meet(one: Segment, other: Segment) -> bool:
    return one.box.gap(other.box) <= 0


def covered_labels(drawing: Drawing) -> list[tuple[str, str]]:
    """Labels under an element, a line or another label."""
    found = []
    for owner, label in drawing.labels():
        frames = {node.id for node in drawing.nodes if node.kind == "subProcess" and node.box.contains(label)}
        hidden = [n.id for n in drawing.nodes if n.id not in frames and n.covers(label)]
        hidden += [
            line.id for line in drawing.lines.values() if any(label.gap(s.box) < 0 for s in line.segments)
        ]
        hidden += [other for other, box in drawing.labels() if other > owner and label.gap(box) < 0]
        found += [(owner, other) for other in hidden]
    return found
