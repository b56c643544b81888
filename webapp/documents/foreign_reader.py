"""A program of its own that reads one foreign PDF from its input and writes its pages as JSON; `foreign_text` runs it.

It knows nothing of the application, and takes no more memory and time than a decision needs: a file of some kilobytes
can be made to unfold to many gigabytes.
"""

from __future__ import annotations

import json
import resource
import sys
import unicodedata

import pypdfium2
from pypdfium2 import raw

MOST_PAGES = 200
"""Pages that are read; a decision with its lists has fewer."""

MEMORY = 2**30
SECONDS = 20

FEW = 400
"""Signs beside a picture: a stamp of a signature or of a number, and not the text of the page."""


def _limit() -> None:
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # not every system limits everything; who waits for us has a clock, too
            continue


def _page(page: pypdfium2.PdfPage) -> dict[str, object]:
    text = unicodedata.normalize("NFC", page.get_textpage().get_text_bounded()).strip()
    return {"text": text, "scanned": not text or (len(text) < FEW and _is_picture(page))}


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether one picture fills half of a page."""
    size = page.get_width() * page.get_height()
    pictures = page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4)
    bounds = (picture.get_bounds() for picture in pictures)
    return any((right - left) * (top - bottom) > size / 2 for left, bottom, right, top in bounds)


if __name__ == "__main__":
    _limit()
    with pypdfium2.PdfDocument(sys.stdin.buffer.read()) as document:
        read = [_page(document[number]) for number in range(min(len(document), MOST_PAGES))]
    json.dump(read, sys.stdout)
