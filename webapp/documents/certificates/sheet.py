"""A sheet to be printed on plain paper and laid over a blank: rulers, the place of each field, and sample texts."""

from __future__ import annotations

from dataclasses import replace

from webapp.documents.certificates.catalogue import CertificateType, Size
from webapp.documents.certificates.faces import face
from webapp.documents.certificates.layout import POINT, Blank, Placed, place

SMALL = 6.0
GREY = "#555555"
LONG, MIDDLE, SHORT = 5.0, 3.5, 2.0


def marks(size: Size) -> list[Placed]:
    """The numbers of the rulers, one for each centimetre along the upper and the left edge."""
    across = [_text(f"{at}", at - 1.5, LONG + 2.5) for at in range(10, int(size[0]), 10)]
    down = [_text(f"{at}", LONG + 0.7, at + 0.8) for at in range(10, int(size[1]), 10)]
    return across + down


def labels(kind: CertificateType, blank: Blank) -> list[Placed]:
    """The name of each field and how far it is moved, in an upper corner of its place, where no text begins."""
    found = []
    for field in kind.variable:
        if field.name not in blank.hidden:
            left, top, width, _height = _moved(kind, blank, field.name)
            dx, dy = blank.shifts.get(field.name, (0.0, 0.0))
            moved = f" ({_signed(dx)}; {_signed(dy)} mm)" if dx or dy else ""
            label = _text(f"{field.label}{moved}", left + 0.5, top + 2.2)
            aside = width - label.width - 1 if field.align == "left" else 0.0
            found.append(replace(label, x=label.x + aside))
    return found


def strokes(kind: CertificateType, blank: Blank) -> str:
    """Operators of a page in pt: rulers along all four edges, and the frame of each place."""
    width, height = blank.size
    parts = ["0.33 G 0.4 w"]
    for at in range(1, int(width)):
        long = _tick(at)
        parts += [_line(at, 0, at, long, height), _line(at, height - long, at, height, height)]
    for at in range(1, int(height)):
        long = _tick(at)
        parts += [_line(0, at, long, at, height), _line(width - long, at, width, at, height)]
    for field in kind.variable:
        if field.name not in blank.hidden:
            left, top, wide, high = _moved(kind, blank, field.name)
            edges = (left, height - top - high, wide, high)
            parts.append(f"{' '.join(f'{edge / POINT:.2f}' for edge in edges)} re S")
    return "\n".join(parts)


def _moved(kind: CertificateType, blank: Blank, name: str) -> tuple[float, float, float, float]:
    field = next(each for each in kind.variable if each.name == name)
    left, top, width, height = place(field, kind.own_size, blank.size)
    dx, dy = blank.shifts.get(name, (0.0, 0.0))
    return left + dx, top + dy, width, height


def _tick(at: int) -> float:
    return LONG if at % 10 == 0 else MIDDLE if at % 5 == 0 else SHORT


def _line(x: float, y: float, to_x: float, to_y: float, height: float) -> str:
    points = (x, height - y, to_x, height - to_y)
    x1, y1, x2, y2 = (f"{edge / POINT:.2f}" for edge in points)
    return f"{x1} {y1} m {x2} {y2} l S"


def _text(text: str, x: float, y: float) -> Placed:
    return Placed("ruler", text, x, y, face("Regular").width(text, SMALL) * POINT, SMALL, "Regular", GREY)


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace(".", ",")
