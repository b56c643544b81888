"""Papers that people of the demo hand in: one short page each as a scanner sees it, drawn once for each text."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import cos, pi, sin
from unicodedata import normalize
from zlib import crc32

from PIL import Image, ImageDraw, ImageFont

from webapp.documents.catalogue import FONTS
from webapp.documents.errors import FontsMissingError

NOTE = "Giấy tờ giả định, chỉ dùng để trình diễn phần mềm."
COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"

RESOLUTION = 100
"""Dots per inch; all places and lengths below are in dots, from the upper left corner of the page."""

A4 = 827, 1169
LEFT, RIGHT, TOP, INDENT = 110, 760, 90, 40
ISSUING, NATIONAL, MIDDLE, SIGNING = 230, 585, 435, 540
PAPER, INK, STAMP = 249, 35, 150
"""Shades of grey; 255 is white."""


@dataclass(frozen=True)
class Sheet:
    """A paper of a kind (a paper type of the rule sets) with who made it, a title and its paragraphs."""

    kind: str
    filename: str
    issuer: str
    title: str
    subject: str
    lines: tuple[str, ...]

    def content(self) -> bytes:
        """The file as it is handed in."""
        return self.pdf()

    def pdf(self) -> bytes:
        """The paper as PDF, a picture of a page; equal papers have equal bytes. Raises FontsMissingError."""
        return _scanned(self)


@dataclass(frozen=True)
class Finished:
    """A file that is handed in as it is."""

    kind: str
    filename: str
    made: bytes

    def content(self) -> bytes:
        return self.made


@cache
def _scanned(sheet: Sheet) -> bytes:
    page = _Page()
    page.letterhead(sheet.issuer)
    page.centred(sheet.title.upper(), "Bold", 20, MIDDLE, 600)
    page.centred(sheet.subject, "Bold", 19, MIDDLE, 560)
    page.y += 22
    for line in sheet.lines:
        page.paragraph(line, "Regular")
    page.paragraph(NOTE, "Italic")
    page.sign(crc32(sheet.issuer.encode()))
    return page.pdf()


class _Page:
    """A page that is written from the top; ``y`` is where the next line begins."""

    def __init__(self) -> None:
        self.picture = Image.new("L", A4, PAPER)
        self.draw = ImageDraw.Draw(self.picture)
        self.y = TOP

    def pdf(self) -> bytes:
        """The page as the one picture of a PDF without a date."""
        file, never = io.BytesIO(), time.gmtime(0)
        self.picture.save(file, "PDF", resolution=RESOLUTION, quality=50, creationDate=never, modDate=never)
        return file.getvalue()

    def letterhead(self, issuer: str) -> None:
        """Who issues it on the left, the country and its motto on the right."""
        self.centred(issuer.upper(), "Bold", 17, ISSUING, 240)
        self._rule(ISSUING, 40)
        below, self.y = self.y, TOP
        self.centred(COUNTRY, "Bold", 17, NATIONAL, 400)
        self.centred(MOTTO, "Bold", 18, NATIONAL, 400)
        self._rule(NATIONAL, 110)
        self.y = max(below, self.y) + 60

    def centred(self, text: str, face: str, size: int, middle: int, width: int) -> None:
        """Lines of at most this width around a middle."""
        for line in _lines(text, face, size, width):
            self._write(line, middle - _width(line, size) // 2, size)

    def paragraph(self, text: str, face: str) -> None:
        """Lines from margin to margin, the first of them indented."""
        x = LEFT + INDENT
        for line in _lines(text, face, 19, RIGHT - x):
            self._write(line, x, 19)
            x = LEFT
        self.y += 8

    def sign(self, hand: int) -> None:
        """A round stamp, and a stroke across it that differs from ``hand`` to hand."""
        x, y = SIGNING, self.y + 95
        for radius, width in ((62, 4), (54, 1), (30, 1)):
            self.draw.circle((x, y), radius, outline=STAMP, width=width)
        self.draw.polygon([_star(x, y, corner) for corner in range(10)], fill=STAMP)
        heights = [(hand >> 3 * place) % 8 * 8 - 28 for place in range(10)]
        stroke = [(x - 30 + 16 * place, y + height) for place, height in enumerate(heights)]
        self.draw.line(stroke, INK + 30, 3, joint="curve")

    def _write(self, line: list[_Word], x: int, size: int) -> None:
        for word in line:
            self.picture.paste(INK, (x, self.y), word.shape)
            x += word.width + size // 4
        self.y += size * 13 // 10

    def _rule(self, middle: int, half: int) -> None:
        self.draw.line([(middle - half, self.y + 3), (middle + half, self.y + 3)], INK, 1)


@dataclass(frozen=True)
class _Word:
    """A word as it looks: where it is black, and how far the next one begins, without the space."""

    shape: Image.Image
    width: int


@cache
def _word(text: str, face: str, size: int) -> _Word:
    """Words come again and again; to draw one takes as long as a page to put together."""
    font = _font(face, size)
    width = round(font.getlength(text))
    shape = Image.new("L", (width + size // 3, size * 3 // 2))
    ImageDraw.Draw(shape).text((0, 0), text, 255, font)
    return _Word(shape, width)


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    file = FONTS / f"Tinos-{face}.ttf"
    if not file.is_file():
        raise FontsMissingError(f"{file} not found: `make assets` builds it")
    return ImageFont.truetype(file, size)


def _lines(text: str, face: str, size: int, width: int) -> Iterator[list[_Word]]:
    """The text in lines of at most this width, broken between words."""
    line: list[_Word] = []
    for part in normalize("NFC", text).split():
        word = _word(part, face, size)
        if line and _width([*line, word], size) > width:
            yield line
            line = []
        line.append(word)
    yield line


def _width(line: list[_Word], size: int) -> int:
    return sum(word.width for word in line) + (len(line) - 1) * (size // 4)


def _star(x: int, y: int, corner: int) -> tuple[float, float]:
    """A corner of the five-pointed star of a stamp; every second one lies inside."""
    radius, angle = (10 if corner % 2 else 26), pi * (corner / 5 - 0.5)
    return x + radius * cos(angle), y + radius * sin(angle)
