"""The letters of certificates: widths measured in Tinos, and one subset a file that all its pages share."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from threading import RLock

from fontTools.ttLib import TTFont

from webapp.documents.catalogue import FONTS
from webapp.documents.errors import FontsMissingError

FACES = ("Regular", "Bold", "Italic", "BoldItalic")
USUAL = frozenset(
    chr(code)
    for code in (
        *range(0x20, 0x7F),
        *range(0xA0, 0x180),
        0x1A0,
        0x1A1,
        0x1AF,
        0x1B0,
        *range(0x1EA0, 0x1EFA),
        0x2013,
        0x2014,
        0x2018,
        0x2019,
        0x201C,
        0x201D,
        0x2022,
        0x2026,
    )
)
"""Letters of every Vietnamese text, and those of its neighbours: with these alone all files share one subset."""


CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{ranges}endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


@dataclass(frozen=True)
class Face:
    """One face: advance of each letter in thousandths of its size, and how high it reaches."""

    name: str
    widths: Mapping[str, float] = field(repr=False)
    ascent: float
    descent: float

    def width(self, text: str, size: float) -> float:
        """Width of a text in the unit of ``size``; letters the face has not are not counted."""
        return sum(self.widths.get(letter, 0.0) for letter in text) * size / 1000


@dataclass(frozen=True)
class Subset:
    """The letters of a face that a file embeds, ready to be put into it.

    ``packed``: the font, deflated, of ``size`` bytes; ``glyphs``: the number of each letter's glyph; ``letters``: which
    letter each glyph is, as a deflated CMap; ``advances``: the widths as an array of PDF.
    """

    packed: bytes = field(repr=False)
    size: int
    glyphs: Mapping[str, int] = field(repr=False)
    letters: bytes = field(repr=False)
    advances: bytes = field(repr=False)
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    italic: bool


_reading = RLock()
"""An open font decodes its tables when they are first asked for; a second thread would find one half decoded."""


@cache
def face(name: str) -> Face:
    """A face of Tinos by name. Raises FontsMissingError."""
    with _reading:
        font = _font(name)
        unit = 1000 / font["head"].unitsPerEm
        widths = {chr(code): font["hmtx"][glyph][0] * unit for code, glyph in font.getBestCmap().items()}
        return Face(name, widths, font["hhea"].ascent * unit / 1000, -font["hhea"].descent * unit / 1000)


def subset_for(name: str, letters: Iterable[str]) -> Subset:
    """The part of a face that holds the usual letters and these."""
    return _subset(name, frozenset(letters) - USUAL)


@lru_cache(maxsize=32)
def _subset(name: str, more: frozenset[str]) -> Subset:
    from fontTools import subset  # as late as Pango: only who writes certificates needs it

    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    font = _opened(name)
    unit = 1000 / font["head"].unitsPerEm
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(USUAL | more)))
    cutter.subset(font)
    written = io.BytesIO()
    font.save(written)
    places = {glyph: number for number, glyph in enumerate(font.getGlyphOrder())}
    glyphs = {chr(code): places[glyph] for code, glyph in font.getBestCmap().items()}
    numbers = {number: letter for letter, number in sorted(glyphs.items(), reverse=True)}
    widths, head = face(name).widths, font["head"]
    advances = " ".join(f"{number} [{widths[letter]:.3f}]" for number, letter in sorted(numbers.items()))
    return Subset(
        zlib.compress(written.getvalue(), 9),
        len(written.getvalue()),
        glyphs,
        zlib.compress(_mapping(numbers).encode(), 9),
        f"[{advances}]".encode(),
        tuple(round(edge * unit) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)),
        round(font["hhea"].ascent * unit),
        round(font["hhea"].descent * unit),
        "Italic" in name,
    )


def _mapping(numbers: Mapping[int, str]) -> str:
    """Which letter each glyph is, for whoever copies or searches text."""
    pairs = [
        f"<{number:04X}> <{letter.encode('utf-16-be').hex().upper()}>\n" for number, letter in numbers.items()
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    ranges = "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
    return CMAP.format(ranges=ranges)


@lru_cache(maxsize=2048)
def outline(name: str, letter: str) -> str:
    """A letter as an SVG path of its face's own units, upwards positive; empty for a space."""
    from fontTools.pens.svgPathPen import SVGPathPen

    with _reading:
        font = _font(name)
        glyphs = font.getGlyphSet()
        pen = SVGPathPen(glyphs)
        glyphs[font.getBestCmap()[ord(letter)]].draw(pen)
        return str(pen.getCommands())


def units(name: str) -> int:
    """How many of its own units a face has to its size."""
    with _reading:
        return int(_font(name)["head"].unitsPerEm)


@cache
def _font(name: str) -> TTFont:
    return _opened(name)


def _opened(name: str) -> TTFont:
    file = FONTS / f"Tinos-{name}.ttf"
    if not file.is_file():
        raise FontsMissingError(f"Tinos {name} not found in {FONTS}: `make assets` builds it")
    return TTFont(file, recalcTimestamp=False)
