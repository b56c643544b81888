"""The text of PDF files that others made. Nothing of them is run; pages that are pictures have no text."""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

MOST_PAGES = 200
"""Pages that are read; a decision with its lists has fewer."""
FEW = 400
"""Signs beside a picture: a stamp of a signature or of a number, and not the text of the page."""

TURN = threading.Lock()
"""PDFium is not safe among threads: whoever uses it waits for this."""


class Illegible(Exception):
    """The file is no PDF, is locked, or is not built as PDFs have to be."""


@dataclass(frozen=True)
class ForeignPage:
    """The text of a page in reading order, composed (NFC). ``scanned``: it is a picture, it cannot be read here."""

    text: str
    scanned: bool


def pages_of(pdf: bytes) -> list[ForeignPage]:
    """The pages of a file. Raises Illegible."""
    try:
        with TURN, pypdfium2.PdfDocument(pdf) as read:
            return [_page(read[number]) for number in range(min(len(read), MOST_PAGES))]
    except pypdfium2.PdfiumError as fault:
        raise Illegible from fault


def _page(page: pypdfium2.PdfPage) -> ForeignPage:
    text = unicodedata.normalize("NFC", page.get_textpage().get_text_bounded()).strip()
    return ForeignPage(text, not text or (len(text) < FEW and _is_picture(page)))


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether one picture fills half of a page."""
    size = page.get_width() * page.get_height()
    pictures = page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4)
    bounds = (picture.get_bounds() for picture in pictures)
    return any((right - left) * (top - bottom) > size / 2 for left, bottom, right, top in bounds)
