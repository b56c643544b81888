"""Pictures that people of the demo hand in: small landscapes, painted the same on every run, plainly no photographs."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import pi, sin
from zlib import crc32

from PIL import Image, ImageDraw

SIZE = WIDTH, HEIGHT = 1200, 675
HORIZON = 300
SKY, SUN = ((196, 224, 240), (250, 240, 215)), (255, 214, 120)
HILLS = ((150, 178, 160), (118, 156, 128))
GROUND = ((150, 186, 104), (92, 140, 72))
TRUNK, WALL, ROOF, DOOR = (110, 78, 52), (240, 224, 196), (176, 74, 52), (120, 84, 60)
COW, PATCH = (168, 110, 70), (240, 232, 220)

Colour = tuple[int, int, int]
Draw = ImageDraw.ImageDraw


@dataclass(frozen=True)
class Painting:
    """A picture for an introduction; ``scene`` is one of SCENES."""

    scene: str
    filename: str
    kind: str = "picture"

    def content(self) -> bytes:
        """The picture as JPEG; equal pictures have equal bytes."""
        return _painted(self.scene)


@cache
def _painted(scene: str) -> bytes:
    picture = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(picture)
    _shade(draw, 0, HORIZON, *SKY)
    draw.circle((940, 120), 56, fill=SUN)
    for number, colour in enumerate(HILLS):
        _hill(
            draw,
            colour,
            HORIZON - 90 + 45 * number,
            34 - 10 * number,
            number * 2.1 + crc32(scene.encode()) % 7,
        )
    _shade(draw, HORIZON, HEIGHT, *GROUND)
    SCENES[scene](draw)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=82)
    return file.getvalue()


def _shade(draw: Draw, top: int, bottom: int, above: Colour, below: Colour) -> None:
    """A band that goes from one colour over to another."""
    for y in range(top, bottom):
        part = (y - top) / (bottom - top)
        draw.line(
            [(0, y), (WIDTH, y)], tuple(round(a + (b - a) * part) for a, b in zip(above, below, strict=True))
        )


def _hill(draw: Draw, colour: Colour, height: int, swing: int, phase: float) -> None:
    edge = [(x, height + swing * sin(phase + x / WIDTH * 2.5 * pi)) for x in range(0, WIDTH + 20, 20)]
    draw.polygon([*edge, (WIDTH, HORIZON), (0, HORIZON)], fill=colour)


def _tree(draw: Draw, x: int, y: int, size: float, crown: Colour) -> None:
    draw.rectangle((x - 6 * size, y - 60 * size, x + 6 * size, y), fill=TRUNK)
    for across, up, radius in ((-34, 84, 36), (32, 80, 38), (0, 112, 44)):
        draw.circle((x + across * size, y - up * size), radius * size, fill=crown)


def _house(draw: Draw, x: int, y: int, size: float) -> None:
    draw.rectangle((x, y - 90 * size, x + 190 * size, y), fill=WALL)
    roof = [(x - 22 * size, y - 88 * size), (x + 95 * size, y - 160 * size), (x + 212 * size, y - 88 * size)]
    draw.polygon(roof, fill=ROOF)
    draw.rectangle((x + 76 * size, y - 62 * size, x + 114 * size, y), fill=DOOR)


def _cow(draw: Draw, x: int, y: int, size: float, coat: Colour) -> None:
    for leg in (12, 30, 84, 102):
        draw.rectangle((x + leg * size, y - 34 * size, x + (leg + 9) * size, y), fill=coat)
    draw.rounded_rectangle((x, y - 82 * size, x + 120 * size, y - 26 * size), 22 * size, fill=coat)
    draw.ellipse((x + 106 * size, y - 102 * size, x + 150 * size, y - 66 * size), fill=coat)
    draw.ellipse((x + 34 * size, y - 74 * size, x + 74 * size, y - 48 * size), fill=PATCH)


def _orchard(draw: Draw) -> None:
    """Cocoa below rows of cashew trees."""
    for row, (y, size) in enumerate(((372, 0.7), (470, 1.0), (600, 1.4))):
        for x in range(60 + 70 * (row % 2), WIDTH, round(170 * size)):
            _tree(draw, x, y, size, (70, 122 - 8 * row, 58))
            draw.circle((x + 62 * size, y - 14 * size), 24 * size, fill=(124, 92, 48))


def _herd(draw: Draw) -> None:
    """Cows before a stable."""
    _house(draw, 820, 420, 1.3)
    _tree(draw, 160, 420, 1.3, (78, 126, 66))
    for number, (x, y, size) in enumerate(
        ((250, 430, 0.8), (470, 500, 1.1), (140, 590, 1.4), (640, 610, 1.5))
    ):
        _cow(draw, x, y, size, COW if number % 2 else (196, 150, 104))


def _garden(draw: Draw) -> None:
    """A new house with beds of vegetables."""
    _house(draw, 180, 420, 1.7)
    _tree(draw, 1010, 430, 1.5, (86, 132, 70))
    for bed in range(5):
        top = 450 + 44 * bed
        draw.rounded_rectangle((120 + 40 * bed, top, 1120, top + 24), 10, fill=(112, 84, 58))
        for x in range(140 + 40 * bed, 1110, 46):
            draw.circle((x, top + 6), 15, fill=(64, 138 - 6 * bed, 60))


SCENES: dict[str, Callable[[Draw], None]] = {"orchard": _orchard, "herd": _herd, "garden": _garden}
"""What can be painted."""
