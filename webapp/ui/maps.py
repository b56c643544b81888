"""A small map of communes, drawn on the server: where each mark lies, and on which side its name stands free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from webapp.queries.exemplar_areas import Area, Commune

WIDTH = 320
"""Units of the drawing; about the pixels of a telephone, so that letters keep their size there."""

MARGIN_X, MARGIN_Y = 46, 36
LOWEST, HIGHEST = 200, 460
RADIUS, LETTER, LINE = 13, 7.0, 16
BADGE = 20
"""How far the number of those applied reaches beside and above a mark."""

FEWEST = 2
SMALLEST = 0.01
"""Degrees a map spans at least; places at one point would not be a map."""

KINDS_OF_PLACE = ("xã ", "thị trấn ", "phường ")

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Mark:
    """A commune on the map; the name stands at ``text_x``, ``text_y`` with the SVG ``anchor``."""

    commune: Commune
    x: float
    y: float
    name: str
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True)
class CommuneMap:
    """The drawing; ``missing`` are names of communes whose place is not known."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    missing: tuple[str, ...]


def mapped(areas: Iterable[Area]) -> list[tuple[Area, CommuneMap | None]]:
    """Each area with its map."""
    return [(area, commune_map(area.communes)) for area in areas]


def commune_map(communes: Iterable[Commune]) -> CommuneMap | None:
    """The map of communes; None where fewer than two have a place."""
    named = [one for one in communes if one.code]
    placed = [one for one in named if one.latitude is not None and one.longitude is not None]
    if len(placed) < FEWEST:
        return None
    height, points = _projected([(one.latitude or 0.0, one.longitude or 0.0) for one in placed])
    missing = tuple(one.name for one in named if one not in placed)
    return CommuneMap(WIDTH, height, tuple(_marks(placed, points, height)), missing)


def _projected(places: Sequence[tuple[float, float]]) -> tuple[int, list[tuple[float, float]]]:
    """Height of the drawing and a point for each place: north is up, and a kilometre as long in both directions."""
    north, south = max(lat for lat, _ in places), min(lat for lat, _ in places)
    west, east = min(lon for _, lon in places), max(lon for _, lon in places)
    narrow = cos(radians((north + south) / 2))
    across, down = max((east - west) * narrow, SMALLEST), max(north - south, SMALLEST)
    scale = min((WIDTH - 2 * MARGIN_X) / across, (HIGHEST - 2 * MARGIN_Y) / down)
    height = max(LOWEST, round(down * scale) + 2 * MARGIN_Y)
    left, top = (WIDTH - across * scale) / 2, (height - down * scale) / 2
    return height, [
        (round(left + (lon - west) * narrow * scale, 1), round(top + (north - lat) * scale, 1))
        for lat, lon in places
    ]


def _marks(communes: Sequence[Commune], points: Sequence[tuple[float, float]], height: int) -> list[Mark]:
    """Each name on the first side where it covers no mark and no other name."""
    taken: list[Box] = [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in points]
    taken += [
        (x, y - BADGE, x + BADGE, y) for one, (x, y) in zip(communes, points, strict=True) if one.applied
    ]
    marks = []
    for commune, (x, y) in zip(communes, points, strict=True):
        name = _short(commune.name)
        sides = _sides(x, y, len(name) * LETTER)
        free = (side for side in sides if _is_free(side[0], taken, height))
        box, text_x, text_y, anchor = next(free, sides[0])
        taken.append(box)
        marks.append(Mark(commune, x, y, name, round(text_x, 1), round(text_y, 1), anchor))
    return marks


def _sides(x: float, y: float, width: float) -> list[tuple[Box, float, float, str]]:
    """Below, above, right and left of a mark: the box of the name, where its text begins, how it is anchored."""
    half, gap = width / 2, RADIUS + 3
    below, above = y + gap, y - gap - LINE
    return [
        ((x - half, below, x + half, below + LINE), x, below + LINE - 3, "middle"),
        ((x - half, above, x + half, above + LINE), x, above + LINE - 3, "middle"),
        ((x + gap, y - LINE / 2, x + gap + width, y + LINE / 2), x + gap, y + 4, "start"),
        ((x - gap - width, y - LINE / 2, x - gap, y + LINE / 2), x - gap, y + 4, "end"),
    ]


def _is_free(box: Box, taken: Iterable[Box], height: int) -> bool:
    left, top, right, bottom = box
    inside = left >= 0 and right <= WIDTH and top >= 0 and bottom <= height
    return inside and not any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in taken
    )


def _short(name: str) -> str:
    """The name without the kind of place before it."""
    return next((name.removeprefix(kind) for kind in KINDS_OF_PLACE if name.startswith(kind)), name)
