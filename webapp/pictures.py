"""Pictures that everybody may see: known by decoding them, copied without what a camera writes beside the picture."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO, cast

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG")
EDGE = 1600
"""Longest side of a public copy, in pixels."""

THUMBNAIL = 800
"""Longest side of a copy that is looked at inside a page, in pixels."""

SMALLEST = 100
"""Pixels along a side of what is put on papers: fewer are a blur there."""

MOST_PIXELS = 80_000_000
"""A picture with more is not opened: decoding it would fill the memory."""

FAULTS = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
"""Whatever the decoders raise for a file that is no picture, or a broken one."""


class NoPicture(ValueError):
    """The file is no JPEG or PNG picture that can be decoded."""


@dataclass(frozen=True)
class PublicCopy:
    """A picture as everybody may see it; width and height in pixels."""

    content: bytes
    media_type: str
    width: int
    height: int


def is_picture(content: BinaryIO) -> bool:
    """Whether the content decodes as a JPEG or PNG picture; it is read from its beginning and rewound."""
    content.seek(0)
    try:
        _decoded(content)
    except NoPicture:
        return False
    finally:
        content.seek(0)
    return True


def public_copy(content: BinaryIO, edge: int = EDGE) -> PublicCopy:
    """The picture upright and at most ``edge`` long, without place, time and name of the camera. Raises NoPicture."""
    picture, kind = _decoded(content, edge)
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    file = io.BytesIO()
    clean.save(file, kind, **({"quality": 85} if kind == "JPEG" else {"optimize": True}))
    return PublicCopy(file.getvalue(), f"image/{kind.lower()}", *clean.size)


def see_through_copy(content: BinaryIO) -> bytes:
    """A picture of a seal or a hand as it is put on papers: a PNG, the paper seen through it, nothing else in the file.

    Raises NoPicture, also for one that would cover what is beneath it.
    """
    picture, kind = _decoded(content)
    if kind != "PNG" or not picture.getchannel("A").histogram()[0] or min(picture.size) < SMALLEST:
        raise NoPicture
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    file = io.BytesIO()
    clean.save(file, kind, optimize=True)
    return file.getvalue()


class _Whole:
    """A file that does not end before the picture in it does.

    The library that draws papers lets Pillow fill up what is missing, for all who use it in the process.
    """

    def __init__(self, content: BinaryIO) -> None:
        self.seek, self.tell, self._read = content.seek, content.tell, content.read

    def read(self, size: int = -1) -> bytes:
        found = self._read(size)
        if size and not found:
            raise OSError("the picture is cut off")
        return found


def _decoded(content: BinaryIO, edge: int = EDGE) -> tuple[Image.Image, str]:
    """The decoded picture, upright and small, and its format."""
    try:
        with Image.open(cast(BinaryIO, _Whole(content)), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NoPicture
            kind = str(opened.format)
            opened.draft("RGB", (edge, edge))
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((edge, edge))
    except FAULTS as fault:
        raise NoPicture from fault
    return picture.convert("RGB" if kind == "JPEG" else "RGBA"), kind
