"""Where each text of a certificate stands: a pure calculation that the PDF and the picture on the screen share."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from webapp.documents.certificates.catalogue import CertificateType, Field, Size
from webapp.documents.certificates.faces import Face, face
from webapp.documents.errors import LetterMissingError, TextTooLongError

POINT = 25.4 / 72
LEADING = 1.2
STEP = 0.5
CODE = "code"
"""The field under the square: its code in letters."""


@dataclass(frozen=True)
class Blank:
    """Sheets that are printed on: their size in mm and how each field moves on them, ``{field: (dx, dy)}`` in mm.

    ``ground``: frame, emblem and fixed words are printed, too. ``hidden``: fields that the sheet has already.
    ``rulers``: it is a test sheet.
    """

    size: Size
    shifts: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    ground: bool = False
    code: bool = False
    rulers: bool = False


@dataclass(frozen=True)
class Placed:
    """One line of text: ``x`` and ``y`` of the beginning of its base line in mm from the upper left, size in pt."""

    field: str
    text: str
    x: float
    y: float
    width: float
    size: float
    face: str
    colour: str


def laid_out(
    kind: CertificateType, size: Size, printed: Mapping[str, str], blank: Blank | None = None
) -> list[Placed]:
    """The lines of a certificate on a sheet of this size. Texts that are missing or empty leave their place empty.

    A text that fits in no allowed size raises TextTooLongError, a letter that the fonts have not
    LetterMissingError; both name the field. Nothing ever reaches out of its place.
    """
    found: list[Placed] = []
    for each in kind.fields:
        text = each.fixed if each.fixed is not None else printed.get(each.name, "")
        if not text.strip() or (blank is not None and _left_out(each, blank)):
            continue
        dx, dy = blank.shifts.get(each.name, (0.0, 0.0)) if blank is not None else (0.0, 0.0)
        found += _placed(each, unicodedata.normalize("NFC", text), kind.own_size, size, (dx, dy))
    return found


def _left_out(field: Field, blank: Blank) -> bool:
    if field.name == CODE and not blank.code:
        return True
    return field.name in blank.hidden or (field.fixed is not None and not blank.ground)


def place(field: Field, own: Size, size: Size) -> tuple[float, float, float, float]:
    """x, y, width and height in mm of a field on a sheet of another size than its type's own."""
    across, down = size[0] / own[0], size[1] / own[1]
    return field.x * across, field.y * down, field.width * across, field.height * down


def code_place(kind: CertificateType, size: Size) -> tuple[float, float, float]:
    """x, y and side in mm of the code on a sheet of this size."""
    left, top, side = kind.code
    own = kind.own_size
    return left * size[0] / own[0], top * size[1] / own[1], side * scale(own, size)


def scale(own: Size, size: Size) -> float:
    """How much larger letters are on a sheet of another size."""
    return min(size[0] / own[0], size[1] / own[1])


def _placed(field: Field, text: str, own: Size, size: Size, shift: tuple[float, float]) -> list[Placed]:
    written = text.upper() if field.upper else text
    left, top, width, height = place(field, own, size)
    letters = face(field.face)
    _check_letters(field, written, letters)
    points, lines = _fitted(field, written, width, height, scale(own, size))
    step = points * POINT * LEADING
    free = height - step * len(lines) if field.middle else 0.0
    first = top + free / 2 + _base_line(letters, points, step)
    found = []
    for number, line in enumerate(lines):
        wide = letters.width(line, points) * POINT
        aside = {"left": 0.0, "center": (width - wide) / 2, "right": width - wide}[field.align]
        x, y = left + aside + shift[0], first + step * number + shift[1]
        found.append(Placed(field.name, line, x, y, wide, points, field.face, field.colour))
    return found


def _base_line(letters: Face, points: float, step: float) -> float:
    """How far below the upper edge of its line a base line lies: what is above and below letters is shared."""
    high = (letters.ascent + letters.descent) * points * POINT
    return (step - high) / 2 + letters.ascent * points * POINT


def _check_letters(field: Field, text: str, letters: Face) -> None:
    unknown = next((one for one in text if one not in letters.widths and one != "\n"), None)
    if unknown is not None:
        raise LetterMissingError(field.name, unknown)


@lru_cache(maxsize=8192)
def _fitted(
    field: Field, text: str, width: float, height: float, larger: float
) -> tuple[float, tuple[str, ...]]:
    """The largest allowed size in pt at which a text fits its place, and its lines."""
    letters = face(field.face)
    points = field.largest
    while points >= field.smallest:
        size = points * larger
        most = min(field.lines, int(height / (size * POINT * LEADING) + 1e-6))
        lines = _wrapped(letters, text, size, width)
        if lines is not None and len(lines) <= most:
            return size, _balanced(letters, text, size, width, len(lines))
        points -= STEP
    raise TextTooLongError(field.name)


def _wrapped(letters: Face, text: str, size: float, width: float) -> tuple[str, ...] | None:
    """The lines of a text within a width; None where a word alone is wider. Only spaces part lines."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if not word:
                continue
            longer = f"{line} {word}" if line else word
            if letters.width(longer, size) * POINT <= width:
                line = longer
            elif letters.width(word, size) * POINT > width:
                return None
            else:
                lines.append(line)
                line = word
        lines.append(line)
    return tuple(line for line in lines if line)


def _balanced(letters: Face, text: str, size: float, width: float, count: int) -> tuple[str, ...]:
    """The same number of lines, as equal in length as they can be: no single word stands on the last."""
    lines = _wrapped(letters, text, size, width) or ()
    if count == 1 or "\n" in text:
        return lines
    narrow, wide = width / count, width
    for _ in range(8):
        between = (narrow + wide) / 2
        tried = _wrapped(letters, text, size, between)
        if tried is not None and len(tried) == count:
            lines, wide = tried, between
        else:
            narrow = between
    return lines
