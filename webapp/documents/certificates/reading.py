"""Reads certificates back: every text that was to be printed is found again in the finished file."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pypdfium2

from webapp.documents.certificates.layout import Placed
from webapp.documents.errors import UnreadableError

TURN = threading.Lock()
"""PDFium is not safe among threads: whoever uses it waits for this."""

HYPHENS = dict.fromkeys(map(ord, "-\x02\xad\ufffe"))
"""PDFium takes a dash at the end of a line for a hyphen, and reads it in one of these ways or not at all."""


def check_read_back(pdf: bytes, pages: Sequence[Sequence[Placed]]) -> None:
    """Raise UnreadableError naming the first field of which a line is not on its page as people copy and search it."""
    with TURN, pypdfium2.PdfDocument(pdf) as read:
        for page, lines in zip(read, pages, strict=True):
            said = _squeezed(page.get_textpage().get_text_range())
            for line in lines:
                if _squeezed(line.text) not in said:
                    raise UnreadableError(line.field)


def _squeezed(text: str) -> str:
    """Without white space and dashes, which readers put where they see fit."""
    return "".join(text.split()).translate(HYPHENS)
